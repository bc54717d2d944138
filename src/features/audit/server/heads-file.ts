import { appendFile, mkdir, readFile, rename } from 'node:fs/promises';
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
  await appendFile(headsFileOf(config), lines.join(''), { mode: 0o600, flush: true });
};

/**
 * @returns what was kept, oldest first; undefined when there is no such file
 * @throws Error naming the line that is none of ours
 */
export const readHeads = async (file: string): Promise<KeptHead[] | undefined> => {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (isMissing(error)) {
      return undefined;
    }
    throw error;
  });
  return text
    ?.split('\n')
    .map((line, index) => [line, index + 1] as const)
    .filter(([line]) => line !== '')
    .map(([line, number]) => {
      try {
        const { hash, ...head } = lineSchema.parse(JSON.parse(line));
        return { ...head, hash: Buffer.from(hash, 'hex') };
      } catch {
        throw new Error(`line ${number} of ${file} is not a head of an audit log`);
      }
    });
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
