import type { IncidentReason, Incidents } from '../contract.ts';

/** A part of each column, and a line of the table beside it. */
export interface ChartLine {
  readonly key: string;
  readonly label: string;
  readonly colour: string;
  readonly total: number;
  readonly counts: readonly number[];
}

/** A reason has the same colour in each chart; those that mean much the same share theirs, and never meet in one. */
const colours: Record<IncidentReason, number> = {
  offense: 1,
  'sexual-harassment': 3,
  sexual: 3,
  discrimination: 4,
  'improper-content': 5,
  'personal-data': 5,
  fraud: 2,
  spam: 7,
  other: 8,
};

const colour = (place: number): string => `var(--chart-${place})`;

export const linesByReason = (
  { byReason }: Incidents,
  label: (reason: IncidentReason) => string,
): ChartLine[] =>
  byReason.map(({ reason, total, counts }) => ({
    key: reason,
    label: label(reason),
    colour: colour(colours[reason]),
    total,
    counts,
  }));

const most = 7;

/** The biggest by their names; what is left as one, and apart from it what has no channel. */
export const linesByChannel = (
  { byChannel, counts }: Incidents,
  words: { nowhere: string; others: string },
): ChartLine[] => {
  const named = byChannel.slice(0, most);
  const rest = byChannel.slice(most);
  const lines = named.map(({ channel, total, counts: each }, place) => ({
    key: channel?.id ?? 'nowhere',
    label: channel?.name ?? words.nowhere,
    colour: channel === null ? colour(8) : colour(place + 1),
    total,
    counts: each,
  }));
  if (rest.length === 0) return lines;
  const others = {
    key: 'others',
    label: words.others,
    colour: colour(8),
    total: rest.reduce((sum, { total }) => sum + total, 0),
    counts: counts.map((_, place) =>
      rest.reduce((sum, { counts: each }) => sum + (each[place] ?? 0), 0),
    ),
  };
  return [...lines, others];
};
