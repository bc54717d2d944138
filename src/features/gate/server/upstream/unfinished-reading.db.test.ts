import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BlockListPort, ListPage } from '#channels/block-list-port.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { block } from '../testing.ts';
import { checkList } from './check-list.ts';
import { requestCheck } from './set-block-list.ts';
import { anUpstreamWorld, type UpstreamWorld } from './testing/upstream-world.ts';
import { findBlockList, listDifferences } from './upstream-queries.ts';

let deps: TestDeps;
let world: UpstreamWorld;
beforeAll(async () => {
  deps = await openTestDeps();
});
afterAll(() => deps.close());
beforeEach(async () => {
  await sql`delete from graphile_worker._private_jobs`.execute(deps.db);
  world = await anUpstreamWorld(deps);
});

const differences = async (side: 'here' | 'there') =>
  (await listDifferences(deps.db, { ...world.place, side, limit: 50 })).items;
const list = () => findBlockList(deps.db, world.place);
/** A block whose person is on the list. */
const applied = async (): Promise<{ contactId: string; phone: string }> => {
  const phone = world.aPhone();
  const contactId = await world.aContact({ phone });
  await block(deps, world.admin, contactId);
  await world.apply();
  return { contactId, phone };
};
/** So that a reading judges it: what was tried since it began is left alone. */
const longAgo = () =>
  sql`update upstream_block set tried_at = tried_at - interval '1 minute'`.execute(deps.db);

describe('a reading that is not whole', () => {
  const page = (phone: string, next: string | null): ListPage => ({
    kind: 'page',
    people: [{ phone }],
    next,
  });

  it.each<[string, ListPage]>([
    ['no answer', { kind: 'failed', code: 'network-unreachable', isWorthRepeating: true }],
    ['a broken one', { kind: 'failed', code: 'unreadable-answer', isWorthRepeating: true }],
    ['a refusal', { kind: 'failed', code: 'whatsapp-190', isWorthRepeating: false }],
  ])('%s is never taken for an empty list', async (_name, answer) => {
    const { contactId } = await applied();
    await longAgo();
    world.list.pages.push(page('5511000000000', 'c1'), answer);
    await world.check().catch(() => undefined);
    await world.apply();
    expect(world.list.calls).toHaveLength(1);
    expect(await world.shownOf(contactId)).toMatchObject([{ state: 'applied' }]);
    expect(await differences('there')).toEqual([]);
    const known = await list();
    expect(known).toMatchObject({ checkedAt: null, isChecking: false });
    expect(known?.failure).toBe(answer.kind === 'failed' ? answer.code : '');
    const { rows } = await sql`select 1 from upstream_listed`.execute(deps.db);
    expect(rows).toEqual([]);
  });

  it('is worth another try of the job when the channel says so', async () => {
    const failed = { kind: 'failed', code: 'whatsapp-139103' } as const;
    world.list.pages.push({ ...failed, isWorthRepeating: true });
    await expect(world.check()).rejects.toThrow('whatsapp-139103');
    world.list.pages.push({ ...failed, isWorthRepeating: false });
    await world.check();
  });

  it('goes on where the step before it ended, and is judged at its end only', async () => {
    const { phone } = await applied();
    await longAgo();
    const readId = async (): Promise<string | undefined> => {
      const { rows } = await sql<{ id: string | null }>`select read_id as id from upstream_list
        where channel_id = ${world.channelId}`.execute(deps.db);
      return rows[0]?.id ?? undefined;
    };
    world.list.pages.push(
      page('5511999990001', 'c1'),
      page('5511999990002', 'c2'),
      page(phone, null),
    );
    for (const isOpen of [true, true, false]) {
      const id = await readId();
      await checkList(
        deps,
        world.list.port,
        { ...world.place, ...(id && { readId: id }) },
        { stepMs: 0 },
      );
      expect((await list())?.isChecking).toBe(isOpen);
      expect(await world.jobsWaiting()).toContain(
        isOpen ? `upstream-check:${world.channelId}` : `upstream:${world.channelId}`,
      );
      expect(await differences('there')).toHaveLength(isOpen ? 0 : 2);
    }
    expect(await list()).toMatchObject({ listed: 3, applied: 1, onlyHere: 0 });
  });

  it('begins anew when the list changed between two pages', async () => {
    const { phone } = await applied();
    world.list.pages.push(page('5511999990001', 'c1'), { kind: 'changed' });
    await world.check();
    expect(await list()).toMatchObject({ listed: 1, failure: null });
    expect(await differences('there')).toEqual([]);
    expect(world.list.listed.has(phone)).toBe(true);
  });

  it('gives up on a list that never stands still', async () => {
    world.list.pages.push(...Array.from({ length: 9 }, (): ListPage => ({ kind: 'changed' })));
    await world.check();
    expect(await list()).toMatchObject({ checkedAt: null, failure: 'whatsapp-139102' });
  });

  it('does not go round for ever', async () => {
    world.list.pages.push(page('5511999990001', 'c1'), page('5511999990001', 'c1'));
    await world.check();
    expect(await list()).toMatchObject({ checkedAt: null, failure: 'unreadable-answer' });
  });
});

describe('a reading that was whole, and that could not be settled', () => {
  /** What our side throws at the end of each try. */
  const breakSettling = () =>
    sql`create function fail_settling() returns trigger language plpgsql as $$
        begin raise exception 'no room left' using errcode = '53100'; end $$;
      create trigger fail_settling before insert on upstream_stranger
        for each statement execute function fail_settling();`.execute(deps.db);
  const mend = () => sql`drop function if exists fail_settling() cascade`.execute(deps.db);
  afterEach(mend);
  const ask = () => inTx(deps, world.admin, (ctx) => requestCheck(ctx, world.channelId));
  const readId = async (): Promise<string | undefined> =>
    (
      await sql<{ id: string | null }>`select read_id as id from upstream_list
        where channel_id = ${world.channelId}`.execute(deps.db)
    ).rows[0]?.id ?? undefined;

  it('is tried again from where it was, and after the last try can be asked for anew', async () => {
    await ask();
    await breakSettling();
    const id = await readId();
    for (const attempt of [1, 2, 3, 4, 5]) {
      await expect(world.check(id, attempt)).rejects.toThrow('no room left');
      expect(await list()).toMatchObject({ isChecking: true, failure: null });
    }
    await expect(world.check(id, 6)).rejects.toThrow('no room left');
    const failed = { isChecking: false, checkedAt: null, failure: 'not-settled' };
    expect(await list()).toMatchObject(failed);
    await mend();
    await sql`delete from graphile_worker._private_jobs`.execute(deps.db);
    await ask();
    expect(await world.jobsWaiting()).toEqual([`upstream-check:${world.channelId}`]);
    await world.check(await readId());
    expect(await list()).toMatchObject({ isChecking: false, failure: null });
  });

  it('keeps the reason that WhatsApp gave, where it was WhatsApp', async () => {
    const code = 'whatsapp-139103';
    world.list.pages.push({ kind: 'failed', code, isWorthRepeating: true });
    await expect(world.check(undefined, 6)).rejects.toThrow(code);
    expect(await list()).toMatchObject({ isChecking: false, failure: code });
  });

  it('is not taken for one that was begun meanwhile', async () => {
    await ask();
    const id = await readId();
    await sql`update upstream_list set read_from = read_from - interval '11 minutes'`.execute(
      deps.db,
    );
    await breakSettling();
    const port: BlockListPort = {
      ...world.list.port,
      readPage: async (...asked) => {
        await ask();
        return world.list.port.readPage(...asked);
      },
    };
    const payload = { ...world.place, ...(id && { readId: id }) };
    await expect(checkList(deps, port, payload, { isLastTry: true })).rejects.toThrow();
    expect(await list()).toMatchObject({ isChecking: true, failure: null });
    expect(await readId()).not.toBe(id);
  });
});

describe('a reading whose process died in the last try', () => {
  const ask = () => inTx(deps, world.admin, (ctx) => requestCheck(ctx, world.channelId));
  const job = (set: ReturnType<typeof sql>) =>
    sql`update graphile_worker._private_jobs set ${set}`.execute(deps.db);

  it('ends as soon as its job is given back, and not before', async () => {
    await ask();
    await job(sql`attempts = 5`);
    await world.sweep();
    expect(await list()).toMatchObject({ isChecking: true, failure: null });
    await job(sql`attempts = 6, locked_at = now(), locked_by = 'dead'`);
    await world.sweep();
    expect(await list()).toMatchObject({ isChecking: true, failure: null });
    await job(sql`locked_at = null, locked_by = null`);
    await world.sweep();
    expect(await list()).toMatchObject({ isChecking: false, failure: 'not-settled' });
    await ask();
    await world.sweep();
    expect(await list()).toMatchObject({ isChecking: true });
    expect(await world.jobsWaiting()).toEqual([`upstream-check:${world.channelId}`]);
  });
});
