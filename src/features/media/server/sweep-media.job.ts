import { z } from 'zod';
import { type Deps, systemActor } from '#platform/server/deps.ts';
import { readKey } from '#platform/server/files/index.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { type AnyJob, forList } from '#platform/server/jobs.ts';
import { dropFileJob, filePayload, sweepMediaJob, sweepOrphansJob } from './job-names.ts';
import { dropFile } from './keep-files.ts';
import { findUnnamed, sweepMedia, takeOrphans } from './sweep-media.ts';

/** Of no workspace: it looks at all of them. */
const nobody = systemActor('00000000-0000-0000-0000-000000000000');

const sweep = async (deps: Deps): Promise<void> => {
  await inTx(deps, nobody, sweepMedia);
  for (;;) {
    const unnamed = await inTx(deps, nobody, findUnnamed);
    let dropped = 0;
    for (const file of unnamed) {
      dropped += (await dropFile(deps, file)) ? 1 : 0;
    }
    // What was named meanwhile stays, and is not looked at for ever.
    if (dropped === 0) {
      break;
    }
  }
  await deps.files.clearSpool();
};

/** Bytes without a row: of a transaction that never came, or newer than a database that was restored. */
const orphanAfterMs = 24 * 3_600_000;
const atOnce = 500;

const sweepOrphans = async (deps: Deps): Promise<void> => {
  let batch: { workspaceId: string; sha256: Buffer }[] = [];
  const dropUnknown = async (): Promise<void> => {
    const files = batch;
    batch = [];
    for (const orphan of await inTx(deps, nobody, (ctx) => takeOrphans(ctx, files))) {
      await dropFile(deps, orphan);
    }
  };
  for await (const { key, modifiedAt } of deps.files.list()) {
    const file = readKey(key);
    if (file !== undefined && Date.now() - modifiedAt.getTime() > orphanAfterMs) {
      batch.push(file);
    }
    if (batch.length >= atOnce) {
      await dropUnknown();
    }
  }
  await dropUnknown();
};

const none = z.unknown();

/** The jobs of media that need no channel. */
export const mediaUpkeepJobs: readonly AnyJob[] = [
  forList({
    ...dropFileJob,
    payload: filePayload,
    run: async ({ workspaceId, sha256 }, { deps }) => {
      await dropFile(deps, { workspaceId, sha256: Buffer.from(sha256, 'hex') });
    },
  }),
  forList({ ...sweepMediaJob, payload: none, run: (_payload, { deps }) => sweep(deps) }),
  forList({ ...sweepOrphansJob, payload: none, run: (_payload, { deps }) => sweepOrphans(deps) }),
];
