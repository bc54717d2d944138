import { cutFormatted } from '#platform/shared/cut-formatted.ts';

/** As much of a text as is read for one line of it: what WhatsApp carries, so that it is seen which signs are closed. */
export const previewRead = 4096;

/** What lists and quotations are given of a text. */
export const previewOf = (text: string | null): string | null =>
  text === null ? null : cutFormatted(text, 300);
