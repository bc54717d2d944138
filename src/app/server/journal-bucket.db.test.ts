import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { aPhone, aText, receive } from '#features/conversations/server/testing.ts';
import { unblock } from '#features/gate/server/testing.ts';
import { mediaUpkeepJobs } from '#features/media/server/index.ts';
import type { Deps } from '#platform/server/deps.ts';
import { keyOf, openFiles } from '#platform/server/files/index.ts';
import { verify } from './commands/journal.ts';
import { finishes, pictureArrives } from './testing/journal-files.ts';
import { type JournalWorld, openJournalWorld } from './testing/journal-world.ts';

let world: JournalWorld;

beforeEach(async () => {
  world = await openJournalWorld('bucket');
  await world.starts(world.deps);
});
afterEach(() => world.close());

const dayMs = 24 * 3_600_000;

/** Looks for files that no row names, a day later than they were written. */
const sweepsTomorrow = async (deps: Deps): Promise<void> => {
  const older = async function* () {
    for await (const { key, modifiedAt } of deps.files.list()) {
      yield { key, modifiedAt: new Date(modifiedAt.getTime() - dayMs - 60_000) };
    }
  };
  const tomorrow = { ...deps, files: { ...deps.files, list: older } };
  const job = mediaUpkeepJobs.find(({ name }) => name === 'media.sweep-orphans');
  await job?.runUnparsed({}, { deps: tomorrow, log: deps.log, attempt: 1 });
};

it('media and journal in one bucket outlive the database: the whole drill', async () => {
  const { deps, otherNode } = world;
  const [sender, blocked, freed] = [aPhone(), aPhone(), aPhone()];
  const picture = await pictureArrives(world, deps, sender);
  const held = await world.says(deps, sender, 'canário antigo');
  const toBlock = await world.contactOf(deps, (await world.says(deps, blocked, 'oi')).id);
  const toFree = await world.contactOf(deps, (await world.says(deps, freed, 'oi')).id);
  await world.blocks(deps, toFree);
  await world.writes(deps);
  const stays = await pictureArrives(world, deps, aPhone(), '#aa2200');
  const files = await world.journal.others();
  const saved = await world.saves();

  // Two nodes at once: each acts, and each writes what is due.
  const later = await world.says(otherNode, sender, 'canário novo');
  const acts = [
    async () => finishes(deps, world.place.workspaceId, await world.removes(deps, picture)),
    () => world.blocks(otherNode, toBlock),
    () => world.removes(deps, held.id),
    () => unblock(otherNode, world.admin, toFree),
    () => world.removes(otherNode, later.id),
  ];
  await Promise.all(
    acts.map(async (act, n) => {
      await act();
      await world.writes(n % 2 === 0 ? otherNode : deps);
    }),
  );
  const newer = await pictureArrives(world, otherNode, aPhone(), '#119933');
  expect(await world.writes(deps)).toBe(0);
  const lines = await world.journal.lines();
  expect(await verify(deps.config)).toContain(`is whole: ${lines.length} lines`);
  const left = await world.journal.others();
  // The picture and its thumbnail are gone from the bucket; another one came.
  expect(files.filter((key) => !left.includes(key))).toHaveLength(2);
  expect(left.filter((key) => !files.includes(key))).toHaveLength(2);

  const back = await world.comesBack(saved);
  expect(await world.starts(back)).toMatchObject({ messages: 2, blocked: 1, lifted: 1 });
  const gone = `id in ('${picture}', '${held.id}') and text is null and removal_number > 0`;
  expect(await world.countOf(back, 'message', gone)).toBe(2);
  for (const { externalId } of [held, later]) {
    const again = { externalId, content: { kind: 'text', text: 'outra vez' } } as const;
    await receive(back, aText(world.place, { phone: sender }, again));
  }
  // What comes from the second of the lift is of the time before it.
  await sleep(1_100);
  await receive(back, aText(world.place, { phone: blocked }));
  await world.says(back, freed, 'de volta');
  expect(await world.countOf(back, 'message', `text = 'outra vez'`)).toBe(0);
  const open = await world.rows(back, 'select contact_id as id from block where lifted_at is null');
  expect(open).toEqual([{ id: toBlock }]);
  expect(await world.countOf(back, 'message', `contact_id = '${toBlock}'`)).toBe(1);
  expect(await world.countOf(back, 'message', `text = 'de volta'`)).toBe(1);
  expect(await world.starts(back)).toBeNull();

  // Of the picture that the older database does not know nobody asks: its files go a day later, the others stay.
  expect(await world.countOf(back, 'message', `id = '${newer}'`)).toBe(0);
  await sweepsTomorrow(back);
  const swept = await world.journal.others();
  expect(left.filter((key) => !swept.includes(key))).toHaveLength(2);
  expect(swept.every((key) => files.includes(key))).toBe(true);
  expect(await world.countOf(back, 'message_media', `message_id = '${stays}'`)).toBe(1);
  expect(await world.journal.lines()).toEqual(lines);
}, 60_000);

it('files of a workspace that this database does not know are nobody else’s to sweep', async () => {
  const file = await world.deps.files.spool([Buffer.from('de outra')], 100);
  const key = keyOf(randomUUID(), file.sha256);
  await world.deps.files.put(key, file);
  await sweepsTomorrow(world.deps);
  expect(await world.journal.others()).toEqual([key]);
});

it('a bucket that is away makes the checklist red, and it turns green when it is back', async () => {
  const { deps } = world;
  const requestId = await world.removes(deps, await pictureArrives(world, deps, aPhone()));
  const unreachable = { endpoint: 'http://127.0.0.1:1' };
  const { s3 } = deps.config;
  const config = s3 && { ...deps.config, s3: { ...s3, ...unreachable } };
  const away = config && {
    ...deps,
    config: { ...config, journal: { s3: config.s3 } },
    files: openFiles(config),
  };
  const checks = () =>
    world.rows(
      deps,
      `select step, state, error_code as code from removal_check
        where request_id = '${requestId}' and step in ('files', 'journal') order by step`,
    );
  await finishes(away ?? deps, world.place.workspaceId, requestId);
  expect(await checks()).toEqual([
    { step: 'files', state: 'failed', code: 'storage-unreachable' },
    { step: 'journal', state: 'failed', code: 'journal-unreachable' },
  ]);
  expect(await world.journal.others()).toHaveLength(2);
  await finishes(deps, world.place.workspaceId, requestId);
  expect(await checks()).toEqual([
    { step: 'files', state: 'done', code: null },
    { step: 'journal', state: 'done', code: null },
  ]);
  expect(await world.journal.others()).toEqual([]);
});
