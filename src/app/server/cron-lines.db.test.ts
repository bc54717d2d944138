import { readFile } from 'node:fs/promises';
import { parseCronItems } from 'graphile-worker';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { keepHeadsJob, sealEvents } from '#features/audit/server/index.ts';
import { checkAllListsJob } from '#features/gate/server/index.ts';
import { syncAllTemplatesJob } from '#features/templates/server/index.ts';
import { systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { enqueue } from '#platform/server/jobs.ts';
import { everyWorkspace } from '#platform/shared/ids.ts';
import { aTemplateWorld, patient, type TemplateWorld } from './testing/template-world.ts';
import { cronLines } from './worker.ts';

/** What the clock would enqueue, enqueued now, and run by a real worker. */
const aWorld = aTemplateWorld();
let world: TemplateWorld;
beforeAll(() => {
  world = aWorld();
});

const left = async (name: string) => {
  const { rows } = await sql<{ error: string | null }>`
    select last_error as error from graphile_worker.jobs
     where task_identifier = ${name}`.execute(world.server.deps.db);
  return rows;
};
const strikes = (name: string): Promise<void> =>
  inTx(world.server.deps, systemActor(everyWorkspace), ({ tx }) => enqueue(tx, { name }, {}));

/** To its end, which its first try has to be. */
const isDone = async (name: string): Promise<void> => {
  const errors = new Set<string>();
  await vi.waitFor(async () => {
    const rows = await left(name);
    for (const { error } of rows) if (error !== null) errors.add(error);
    expect(rows).toEqual([]);
  }, patient);
  expect([...errors]).toEqual([]);
};

const perDay = (match: string): number => {
  const [item] = parseCronItems([{ task: 'any', match }]);
  const minutes = Array.from({ length: 24 * 60 }, (_, at) => at);
  const isDue = (at: number) =>
    item?.match({ min: at % 60, hour: Math.floor(at / 60), date: 1, month: 1, dow: 4 });
  return minutes.filter(isDue).length;
};

describe('the clock', () => {
  it('has each line once, as often as it is to come', () => {
    const often = Object.fromEntries(cronLines.map(({ task, match }) => [task, perDay(match)]));
    expect(often).toEqual({
      'gate.forget-traces': 24,
      'media.sweep': 24,
      'media.sweep-orphans': 1,
      'conversations.purge-old': 1,
      'templates.sync-all': 24,
      'audit.keep-heads': 24,
      'webhooks.forget-old': 24,
      'gate.check-all-lists': 1,
      'removals.upkeep': 144,
      'removals.tidy-tables': 24,
    });
    expect(cronLines).toHaveLength(Object.keys(often).length);
  });

  it.each(cronLines)('$task is done by a worker, at its first try', async ({ task }) => {
    await strikes(task);
    await isDone(task);
  });
});

describe('what its jobs do', () => {
  it('WhatsApp’s list of each connected number is read', async () => {
    const { db } = world.server.deps;
    // Nothing of the test before reads it any more.
    await isDone('gate.check-list');
    await sql`update upstream_list set checked_at = null`.execute(db);
    const read = async () =>
      (
        await sql<{ id: string }>`select channel_id as id from upstream_list
          where checked_at is not null and failure is null`.execute(db)
      ).rows;
    expect(await read()).toEqual([]);
    await strikes(checkAllListsJob.name);
    const { channelId: id } = world.workspace.number;
    await vi.waitFor(async () => expect(await read()).toEqual([{ id }]), patient);
  });

  it('the heads of the audit log are written beside the database', async () => {
    await sealEvents(world.server.deps);
    const read = () =>
      readFile(`${world.server.deps.config.dataDir}/audit-heads.jsonl`, 'utf8').catch(() => '');
    const before = await read();
    await strikes(keepHeadsJob.name);
    await vi.waitFor(async () => {
      expect((await read()).slice(before.length)).toContain(world.workspace.id);
    }, patient);
  });

  it('templates are read again', async () => {
    await isDone('templates.sync');
    await sql`delete from template`.execute(world.server.deps.db);
    await strikes(syncAllTemplatesJob.name);
    await vi.waitFor(async () => expect(await world.namesOf()).not.toEqual([]), patient);
  });
});
