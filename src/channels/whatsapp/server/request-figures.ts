/** How a request to WhatsApp ended: `timed-out` ran out of the time it was given, `lost` was cut off. */
export type RequestEnd = 'answered' | 'unreadable' | 'unreachable' | 'lost' | 'timed-out';

const figures: Record<RequestEnd, number> = {
  answered: 0,
  unreadable: 0,
  unreachable: 0,
  lost: 0,
  'timed-out': 0,
};

/** Of this process since it started, whatever was asked: sends, files, templates, lists, checks. */
export const requestFigures: Readonly<Record<RequestEnd, number>> = figures;

export const noteRequest = (end: RequestEnd): void => {
  figures[end] += 1;
};
