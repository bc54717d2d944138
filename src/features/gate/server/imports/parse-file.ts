import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { AppError } from '#platform/server/errors.ts';
import { importLimits } from '../../imports/contract.ts';

export interface CsvRow {
  /** Where it begins; the first line is 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

const isUtf16 = async (path: string): Promise<boolean> => {
  for await (const chunk of createReadStream(path, { end: 1 })) {
    return (chunk as Buffer).equals(Buffer.from([0xff, 0xfe]));
  }
  return false;
};

/** UTF-8 with or without its mark, UTF-16 as a spreadsheet writes *Unicode text*, or what is left: Windows-1252. */
const encodingOf = async (path: string): Promise<string> => {
  if (await isUtf16(path)) {
    return 'utf-16le';
  }
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of createReadStream(path)) {
      decoder.decode(chunk as Buffer, { stream: true });
    }
    decoder.decode();
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
};

/** With one kind of line break, because files that were put together have several. */
async function* textOf(path: string, encoding: string) {
  const decoder = new TextDecoder(encoding);
  let held = '';
  for await (const chunk of createReadStream(path)) {
    const text = held + decoder.decode(chunk as Buffer, { stream: true });
    held = text.endsWith('\r') ? '\r' : '';
    yield text.slice(0, text.length - held.length).replaceAll('\r\n', '\n');
  }
  yield held + decoder.decode();
}

/** The sign that the line of headings has most of, quoted cells left out. */
const delimiterOf = async (path: string, encoding: string): Promise<string> => {
  let start = '';
  for await (const text of textOf(path, encoding)) {
    start += text;
    if (start.length > importLimits.rowLength || /[\r\n]/.test(start.trimStart())) break;
  }
  const heading = start.trimStart().split(/[\r\n]/, 1)[0] ?? '';
  const bare = heading.replace(/"[^"]*"/g, '');
  const count = (sign: string): number => bare.split(sign).length;
  return [';', ',', '\t'].reduce((most, sign) => (count(sign) > count(most) ? sign : most));
};

const breaksIn = (cells: readonly string[]): number =>
  cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);

/**
 * A mark that nothing closes as it should takes the lines up to the next one: people would be in no row and no error. Of a cell
 * that was written in marks, and begins with one itself, the parser makes the same text: it is told by how it stands in the file.
 */
const hasSwallowed = (cell: string, raw: string): boolean =>
  cell.startsWith('"') && /[\r\n]/.test(cell) && !raw.includes(`"${cell.replaceAll('"', '""')}"`);

interface WithInfo {
  readonly record: string[];
  /** As it stands in the file. */
  readonly raw: string;
  readonly info: { readonly lines: number };
}

/**
 * The rows of a file of separated values, as they come; empty ones are left out and counted as lines. Memory stays flat.
 * @throws AppError import-unreadable (422), with the line, where the rest of the file cannot be told apart into rows
 */
export async function* parseFile(path: string): AsyncIterable<CsvRow> {
  const encoding = await encodingOf(path);
  const parser = parse({
    delimiter: await delimiterOf(path, encoding),
    // Of files that have no mark as of those that have: the decoder takes it away.
    bom: false,
    info: true,
    raw: true,
    relax_column_count: true,
    // A sign of inches in the middle of a cell is nothing to refuse a file for.
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    max_record_size: importLimits.rowLength,
  });
  const source = Readable.from(textOf(path, encoding));
  source.once('error', (error) => parser.destroy(error));
  source.pipe(parser);
  try {
    for await (const { record, raw, info } of parser as AsyncIterable<WithInfo>) {
      const line = info.lines - breaksIn(record);
      if (record.some((cell) => hasSwallowed(cell, raw))) {
        throw new AppError('import-unreadable', 422, { detail: `line ${line}` });
      }
      yield { line, cells: record };
    }
  } catch (error) {
    throw error instanceof CsvError
      ? new AppError('import-unreadable', 422, { detail: `line ${lineOf(error)}` })
      : error;
  } finally {
    source.destroy();
    parser.destroy();
  }
}

const lineOf = (error: CsvError): number => {
  const { lines } = error as CsvError & { readonly lines?: unknown };
  return typeof lines === 'number' ? lines : 1;
};
