import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** A name of ours, safe as the name of a file and in a statement. */
const nameSchema = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/);
const count = z.int().min(0);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What was copied out of a table or a query: how many rows, and the hash of their text in the order of the copy. */
const copiedSchema = z.object({ rows: count, bytes: count, sha256 });

const tableSchema = copiedSchema.extend({
  name: nameSchema,
  columns: z.array(z.string().regex(/^\w{1,63}$/)).min(1),
});

const manifestSchema = z.object({
  format: z.literal(1),
  takenAt: z.iso.datetime(),
  /** Major version of the PostgreSQL that it was taken from; for people, nothing depends on it. */
  postgres: count,
  /** The keyed hash that tells whether an installation has the secret of this backup. */
  secretCheck: sha256,
  migrations: z.array(z.object({ number: count, name: z.string(), hash: z.string() })).min(1),
  tables: z.array(tableSchema).min(1),
  sequences: z.array(z.object({ name: nameSchema, lastValue: count })),
  jobs: copiedSchema,
  files: z.object({
    /** Where the media of the installation lie: in the data directory and so in here, or somewhere else. */
    place: z.enum(['folder', 'elsewhere']),
    /** The list of those that the rows name; null when there was no such table yet. */
    list: copiedSchema.nullable(),
    copied: count,
    bytes: count,
    /** Files that the database named and that were not there. */
    missing: count,
  }),
});

export type Copied = z.infer<typeof copiedSchema>;
export type CopiedTable = z.infer<typeof tableSchema>;
export type Manifest = z.infer<typeof manifestSchema>;

const file = 'manifest.json';

/** Written last and moved into place: a folder without it is no backup. */
export const writeManifest = async (directory: string, manifest: Manifest): Promise<void> => {
  const path = join(directory, file);
  await writeFile(`${path}.new`, `${JSON.stringify(manifest, null, 2)}\n`, {
    mode: 0o600,
    flush: true,
  });
  await rename(`${path}.new`, path);
};

/** @throws Error with a line for people when the folder holds no whole backup */
export const readManifest = async (directory: string): Promise<Manifest> => {
  const text = await readFile(join(directory, file), 'utf8').catch(() => {
    throw new Error(
      `${directory} holds no whole backup: it has no ${file}, which is written last.`,
    );
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error(`${join(directory, file)} is damaged: it is not JSON.`);
  }
  const format = typeof json === 'object' && json !== null && 'format' in json ? json.format : null;
  if (typeof format === 'number' && format > 1) {
    throw new Error(`${directory} was made by a newer Guarita. Restore it with that version.`);
  }
  const manifest = manifestSchema.safeParse(json);
  if (!manifest.success) {
    throw new Error(`${join(directory, file)} is damaged or no manifest of a backup.`);
  }
  return manifest.data;
};
