import { type FileHandle, mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Config } from '#platform/server/config.ts';
import type { Head } from './seal-store.ts';

/**
 * The heads of the chains as they were, hour by hour, outside the database: whoever cuts off the end of a log in the database
 * does not reach them. One JSON object a line.
 */
const lineSchema = z.object({
  at: z.iso.datetime(),
  workspaceId: z.uuid(),
  seq: z.number().int().positive(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});

export interface KeptHead extends Head {
  readonly at: string;
}

export const headsFileOf = ({ dataDir }: Pick<Config, 'dataDir'>): string =>
  join(dataDir, 'audit-heads.jsonl');

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** A full disk or a machine that is lost may leave half a line, which what comes next must not become part of. */
const endsMidLine = async (file: FileHandle): Promise<boolean> => {
  const { size } = await file.stat();
  if (size === 0) {
    return false;
  }
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer.toString() !== '\n';
};

/** Adds a line for each head. */
export const appendHeads = async (
  config: Pick<Config, 'dataDir'>,
  heads: readonly Head[],
): Promise<void> => {
  const at = new Date().toISOString();
  const lines = heads.map(
    ({ workspaceId, seq, hash }) =>
      `${JSON.stringify({ at, workspaceId, seq, hash: hash.toString('hex') })}\n`,
  );
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  const file = await open(headsFileOf(config), 'a+', 0o600);
  try {
    await file.appendFile(`${(await endsMidLine(file)) ? '\n' : ''}${lines.join('')}`);
    await file.sync();
  } finally {
    await file.close();
  }
};

export interface KeptHeads {
  /** Oldest first. */
  readonly heads: readonly KeptHead[];
  /** The numbers of the lines that are none of ours, or no longer whole. */
  readonly unreadable: readonly number[];
}

const headOf = (line: string): KeptHead | undefined => {
  try {
    const { hash, ...head } = lineSchema.parse(JSON.parse(line));
    return { ...head, hash: Buffer.from(hash, 'hex') };
  } catch {
    return undefined;
  }
};

/** @returns what was kept; undefined when there is no such file */
export const readHeads = async (file: string): Promise<KeptHeads | undefined> => {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (isMissing(error)) {
      return undefined;
    }
    throw error;
  });
  if (text === undefined) {
    return undefined;
  }
  const heads: KeptHead[] = [];
  const unreadable: number[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const head = headOf(line);
    if (head !== undefined) {
      heads.push(head);
    } else if (line !== '') {
      unreadable.push(index + 1);
    }
  }
  return { heads, unreadable };
};

/** What was kept of another database says nothing of the one that is here now. @returns the new name, if there was a file */
export const setHeadsAside = async (
  config: Pick<Config, 'dataDir'>,
): Promise<string | undefined> => {
  const file = headsFileOf(config);
  const aside = `${file}.before-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
  try {
    await rename(file, aside);
    return aside;
  } catch (error) {
    if (isMissing(error)) {
      return undefined;
    }
    throw error;
  }
};
