import { pipeline, Readable } from 'node:stream';
import { stringify } from 'csv-stringify';

const phone = /^\+\d{6,15}$/;
/** Before a formula, where a cell begins: ours, or one of a spreadsheet that splits at other signs than we do. */
const bare = /(?:^|[,;\t\r\n])[ "]*(?='*[=+\-@])/g;
const guarded = /((?:^|[,;\t\r\n])[ "]*)'(?='*[=+\-@])/g;

/**
 * A cell as a spreadsheet shows it: what it would carry out as a formula gets an apostrophe before it, one more where it has some,
 * so that `plainCell` knows which one is ours. A number as `+5511999990000` is left as it is, for it computes nothing.
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export const safeCell = (text: string): string =>
  phone.test(text) ? text : text.replace(bare, "$&'").replace(/^(?='*[\t\r])/, "'");

/** The text that `safeCell` was given. */
export const plainCell = (cell: string): string =>
  cell.replace(/^'(?='*[\t\r])/, '').replace(guarded, '$1');

/**
 * A file for spreadsheets, row by row as they are read: UTF-8 with its mark, semicolons (which a spreadsheet in Portuguese and
 * one in English both find), every cell safe.
 */
export const csvOf = (
  header: readonly string[],
  rows: AsyncIterable<readonly string[]>,
): Readable => {
  const cells = stringify({
    bom: true,
    delimiter: ';',
    record_delimiter: 'windows',
    // It quotes what holds its own end of a line, which a lone break is not.
    quoted_match: /[\r\n]/,
    cast: { string: (text) => safeCell(text) },
  });
  const lines = async function* () {
    yield header;
    yield* rows;
  };
  // Whoever reads sees the error of the stream that is handed out.
  return pipeline(Readable.from(lines()), cells, () => undefined);
};
