import { join, resolve } from 'node:path';
import { sealEvents, setHeadsAside } from '#features/audit/server/index.ts';
import { doubtWaiting } from '#features/conversations/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import {
  loadDatabase,
  loadFiles,
  type Manifest,
  markUnfinished,
  readManifest,
  type Say,
  withConnection,
} from '#platform/server/backup/index.ts';
import type { Config } from '#platform/server/config.ts';
import { createDb, createPool, noLimits } from '#platform/server/db.ts';
import { type Deps, systemActor } from '#platform/server/deps.ts';
import { openFiles } from '#platform/server/files/index.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { findSecret, secretCheckOf } from '#platform/server/instance-secret.ts';
import { createKeyed, type Keyed } from '#platform/server/keyed-hash.ts';
import { createLog } from '#platform/server/log.ts';
import { assertKnownMigrations, migrate } from '#platform/server/migrate.ts';
import { projectPath } from '../project-path.ts';
import { type EmptyPlace, openEmptyPlace } from './empty-place.ts';
import { endRestore, listWorkspaceIds } from './restore-store.ts';
import { mediaFolderOf } from './stored-files.ts';

export interface RestoreOptions {
  /** What waited to leave when the backup was taken leaves now: nothing ran on the original since. */
  readonly sendsWaiting: boolean;
  readonly say: Say;
}

const migrations = (): string => projectPath('migrations');

/** The secret is asked for before anything is made: without it the restored data would be refused at every start. */
const keyedOf = async (config: Config, manifest: Manifest): Promise<Keyed> => {
  const secret = await findSecret(config);
  const file = join(config.dataDir, 'secret');
  if (secret === undefined) {
    throw new Error(
      `the secret of the installation is needed, which is not in the backup. Put the file "secret" that was kept into ` +
        `${config.dataDir} (${file}), or set GUARITA_SECRET.`,
    );
  }
  const keyed = createKeyed(secret);
  if (secretCheckOf(keyed).toString('hex') !== manifest.secretCheck) {
    const place = config.secret === undefined ? file : 'GUARITA_SECRET';
    throw new Error(`this backup belongs to another secret than ${place}. Nothing was restored.`);
  }
  return keyed;
};

/** @throws Error when the media of a backup have no folder to go to */
const assertPlaceForFiles = (config: Config, { files }: Manifest): void => {
  if (files.copied > 0 && mediaFolderOf(config) === undefined) {
    throw new Error(
      'this backup has its media with it, and they are restored into a folder: leave out S3_* now, and copy ' +
        'media/files into the bucket afterwards. Nothing was restored.',
    );
  }
};

/** What a restore changes of what it restored, and the end of it, in one transaction. */
const finish = (deps: Deps, manifest: Manifest, options: RestoreOptions): Promise<number> =>
  inTx(deps, systemActor('00000000-0000-0000-0000-000000000000'), async (ctx) => {
    const doubted = options.sendsWaiting ? 0 : await doubtWaiting(ctx);
    for (const workspaceId of await listWorkspaceIds(ctx.tx)) {
      // Whatever happened after the backup is missing in the log: it says so itself.
      await audit(
        { ...ctx, actor: systemActor(workspaceId) },
        { action: 'installation.restored', details: { backupTakenAt: manifest.takenAt } },
      );
    }
    await endRestore(ctx.tx);
    return doubted;
  });

const fill = async (
  config: Config,
  place: EmptyPlace,
  directory: string,
  manifest: Manifest,
  keyed: Keyed,
  options: RestoreOptions,
): Promise<number> => {
  const { databaseUrl } = place;
  const log = createLog('error');
  const pool = createPool(databaseUrl, log, 2, noLimits);
  try {
    await withConnection(databaseUrl, markUnfinished);
    const upTo = manifest.migrations.at(-1)?.number ?? 0;
    await migrate(pool, migrations(), log, { upTo });
    await loadDatabase({ databaseUrl, directory, manifest, say: options.say });
    await migrate(pool, migrations(), log, {});
    const folder = mediaFolderOf(config);
    if (folder !== undefined) {
      await loadFiles(directory, manifest, folder);
    }
    const files = openFiles(config);
    const deps: Deps = { config, log, pool, db: createDb(pool), keyed, files };
    const doubted = await finish(deps, manifest, options);
    // What is restored is not given up for what a worker does too.
    await sealEvents(deps).catch((err: unknown) =>
      log.error({ err }, 'the audit log could not be sealed'),
    );
    return doubted;
  } finally {
    await pool.end();
  }
};

const waitingText = (doubted: number): string[] =>
  doubted === 0
    ? []
    : [
        `${doubted} ${doubted === 1 ? 'message' : 'messages'} waited to leave when the backup was taken. They may have left since, so they are not sent: ` +
          'each stands in its conversation as of unknown end, for a person to look at.',
      ];

/**
 * Fills an empty place from a backup: the data directory with the embedded database, or the database of DATABASE_URL.
 * @returns what to print at the end
 * @throws Error with a line for people; then the place is left empty
 */
export const restore = async (
  config: Config,
  folder: string,
  options: RestoreOptions,
): Promise<string> => {
  const directory = resolve(folder);
  const manifest = await readManifest(directory);
  await assertKnownMigrations(migrations(), manifest.migrations);
  assertPlaceForFiles(config, manifest);
  const keyed = await keyedOf(config, manifest);
  const place = await openEmptyPlace(config);
  let doubted: number;
  try {
    doubted = await fill(config, place, directory, manifest, keyed, options);
  } catch (error) {
    await place.discard();
    throw error;
  }
  await place.close();
  const aside = await setHeadsAside(config);
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  return [
    `restored from ${directory}, as it was at ${manifest.takenAt}: ${manifest.tables.length} tables, ${rows} rows, ` +
      `${manifest.files.copied} files; all counts and hashes are those of the backup`,
    ...(manifest.files.place === 'elsewhere'
      ? ['The media were in S3 when it was taken; Guarita looks for them in the bucket of S3_*.']
      : []),
    ...waitingText(doubted),
    ...(aside === undefined
      ? []
      : [`The heads of the audit log that was here before are kept in ${aside}.`]),
    'Start Guarita as usual.',
  ].join('\n');
};
