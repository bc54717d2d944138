import type { Keyed } from '../keyed-hash.ts';

/** What a line says, in a form that the platform does not look into; `seq` counts from 1 without a gap. */
export interface JournalLine {
  readonly seq: number;
  /** Over what it says and the line before it, under a key of the installation. */
  readonly mac: Buffer;
  readonly body: unknown;
}

/** The last line that somebody knows of. */
export type JournalHead = Pick<JournalLine, 'seq' | 'mac'>;

/** A line that is not what was written there: changed, missing, or of another installation. */
export class JournalDamagedError extends Error {
  override readonly name = 'JournalDamagedError';
  readonly seq: number;
  constructor(seq: number) {
    super(`line ${seq} of the journal is not what was written there`);
    this.seq = seq;
  }
}

const macOf = (keyed: Keyed, before: Buffer | undefined, text: string): Buffer =>
  keyed.hash('journal-line', `${before?.toString('hex') ?? '-'}\n${text}`);

const shape = /^([0-9a-f]{64}) (\{.*\})$/;

/** @returns the line as text, and what the next one is signed over */
export const writeLine = (
  keyed: Keyed,
  before: JournalHead | undefined,
  body: object,
): { readonly head: JournalHead; readonly text: string } => {
  const seq = (before?.seq ?? 0) + 1;
  const json = JSON.stringify({ seq, ...body });
  const mac = macOf(keyed, before?.mac, json);
  return { head: { seq, mac }, text: `${mac.toString('hex')} ${json}` };
};

/**
 * Reads lines and compares each with its signature.
 * @param from of the first of these lines
 * @param before the mac of the line before them; undefined when they are the first of all
 * @throws JournalDamagedError at the first that is not what was written
 */
export async function* readLines(
  keyed: Keyed,
  lines: AsyncIterable<string>,
  from: number,
  before: Buffer | undefined,
): AsyncIterable<JournalLine> {
  let seq = from;
  let last = before;
  for await (const line of lines) {
    const [, hex = '', json = ''] = shape.exec(line) ?? [];
    const mac = Buffer.from(hex, 'hex');
    if (json === '' || !mac.equals(macOf(keyed, last, json))) {
      throw new JournalDamagedError(seq);
    }
    const body = JSON.parse(json) as { readonly seq: unknown };
    if (body.seq !== seq) {
      throw new JournalDamagedError(seq);
    }
    yield { seq, mac, body };
    last = mac;
    seq += 1;
  }
}

/** What stands at the beginning of a line, unchecked. */
export const macAtStart = (line: string): Buffer => Buffer.from(line.slice(0, 64), 'hex');
