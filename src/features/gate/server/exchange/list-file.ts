import { z } from 'zod';
import { AppError } from '#platform/server/errors.ts';
import { type BlockReason, blockReasonSchema } from '../../contract.ts';
import { exchangeLimits } from '../../exchange/contract.ts';

export interface ListEntry {
  readonly stretched: Buffer;
  readonly reason: BlockReason;
}

export interface ListFile {
  readonly keyCheck: Buffer;
  readonly entries: readonly ListEntry[];
}

const format = 'guarita-exchange-list';
const bytes16 = z.string().regex(/^[A-Za-z0-9_-]{22}$/);
const headSchema = z.object({
  format: z.literal(format),
  version: z.literal(1),
  kdf: z.literal('scrypt-4096-8-1'),
  keyCheck: bytes16,
});

/** The first line says how it was made; then a line for each entry, in no order that tells anything. */
export async function* writeList(
  keyCheck: Buffer,
  entries: AsyncIterable<ListEntry>,
): AsyncIterable<string> {
  const head = {
    format,
    version: 1,
    kdf: 'scrypt-4096-8-1',
    keyCheck: keyCheck.toString('base64url'),
  };
  yield `${JSON.stringify(head)}\n`;
  for await (const { stretched, reason } of entries) {
    yield `${stretched.toString('base64url')} ${reason}\n`;
  }
}

const unreadable = (line: number): AppError =>
  new AppError('exchange-list-unreadable', 422, { detail: `line ${line}` });

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const readEntry = (text: string, line: number): ListEntry => {
  const [stretched, reason] = text.split(' ');
  const [bytes, why] = [bytes16.safeParse(stretched), blockReasonSchema.safeParse(reason)];
  if (!(bytes.success && why.success)) {
    throw unreadable(line);
  }
  return { stretched: Buffer.from(bytes.data, 'base64url'), reason: why.data };
};

/** @throws AppError exchange-list-unreadable, with the line */
export const readList = (text: string): ListFile => {
  const [first = '', ...lines] = text.replaceAll('\r\n', '\n').trimEnd().split('\n');
  const head = headSchema.safeParse(parseJson(first));
  if (!head.success || lines.length > exchangeLimits.entries) {
    throw unreadable(1);
  }
  const entries = new Map<string, ListEntry>();
  for (const [index, line] of lines.entries()) {
    const entry = readEntry(line, index + 2);
    entries.set(entry.stretched.toString('hex'), entry);
  }
  return {
    keyCheck: Buffer.from(head.data.keyCheck, 'base64url'),
    entries: [...entries.values()],
  };
};
