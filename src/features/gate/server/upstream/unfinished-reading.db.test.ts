import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import type { BlockListPort, ListPage } from '#channels/block-list-port.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { checkList } from './check-list.ts';
import { beginReading } from './reading-store.ts';
import { requestCheck } from './set-block-list.ts';
import { aListStage, readingsOf } from './testing/list-stage.ts';

const stage = aListStage();
const { differences, list, applied, longAgo, readId } = readingsOf(stage);

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
    stage.world.list.pages.push(page('5511000000000', 'c1'), answer);
    await stage.world.check().catch(() => undefined);
    await stage.world.apply();
    expect(stage.world.list.calls).toHaveLength(1);
    expect(await stage.world.shownOf(contactId)).toMatchObject([{ state: 'applied' }]);
    expect(await differences('there')).toEqual([]);
    const known = await list();
    expect(known).toMatchObject({ checkedAt: null, isChecking: false });
    expect(known?.failure).toBe(answer.kind === 'failed' ? answer.code : '');
    const { rows } = await sql`select 1 from upstream_listed`.execute(stage.deps.db);
    expect(rows).toEqual([]);
  });

  it('is worth another try of the job when the channel says so', async () => {
    const failed = { kind: 'failed', code: 'whatsapp-139103' } as const;
    stage.world.list.pages.push({ ...failed, isWorthRepeating: true });
    await expect(stage.world.check()).rejects.toThrow('whatsapp-139103');
    stage.world.list.pages.push({ ...failed, isWorthRepeating: false });
    await stage.world.check();
  });

  it('goes on where the step before it ended, and is judged at its end only', async () => {
    const { phone } = await applied();
    await longAgo();
    stage.world.list.pages.push(
      page('5511999990001', 'c1'),
      page('5511999990002', 'c2'),
      page(phone, null),
    );
    for (const isOpen of [true, true, false]) {
      const id = await readId();
      await checkList(
        stage.deps,
        stage.world.list.port,
        { ...stage.world.place, ...(id && { readId: id }) },
        { stepMs: 0 },
      );
      expect((await list())?.isChecking).toBe(isOpen);
      expect(await stage.world.jobsWaiting()).toContain(
        isOpen ? `upstream-check:${stage.world.channelId}` : `upstream:${stage.world.channelId}`,
      );
      expect(await differences('there')).toHaveLength(isOpen ? 0 : 2);
    }
    expect(await list()).toMatchObject({ listed: 3, applied: 1, onlyHere: 0 });
  });

  it('begins anew when the list changed between two pages', async () => {
    const { phone } = await applied();
    stage.world.list.pages.push(page('5511999990001', 'c1'), { kind: 'changed' });
    await stage.world.check();
    expect(await list()).toMatchObject({ listed: 1, failure: null });
    expect(await differences('there')).toEqual([]);
    expect(stage.world.list.listed.has(phone)).toBe(true);
  });

  it('gives up on a list that never stands still', async () => {
    stage.world.list.pages.push(
      ...Array.from({ length: 9 }, (): ListPage => ({ kind: 'changed' })),
    );
    await stage.world.check();
    expect(await list()).toMatchObject({ checkedAt: null, failure: 'whatsapp-139102' });
  });

  it.each<[string, ListPage]>([
    ['its last page', page('5511999990003', null)],
    ['no answer', { kind: 'failed', code: 'network-unreachable', isWorthRepeating: false }],
    ['a change', { kind: 'changed' }],
  ])('leaves the one that was begun while it read alone: %s', async (_name, answer) => {
    const { phone, contactId } = await applied();
    await longAgo();
    stage.world.list.pages.push(page(phone, 'c1'), answer);
    const { port } = stage.world.list;
    const step = (blockList: BlockListPort, id: string | undefined) =>
      checkList(
        stage.deps,
        blockList,
        { ...stage.world.place, ...(id && { readId: id }) },
        { stepMs: 0 },
      );
    await step(port, await readId());
    let begun = '';
    const meanwhile: BlockListPort = {
      ...port,
      readPage: async (...asked) => {
        const found = await port.readPage(...asked);
        begun = await inTx(
          stage.deps,
          stage.world.admin,
          async ({ tx }) => (await beginReading(tx, stage.world.place, 0)).id,
        );
        return found;
      },
    };
    await step(meanwhile, await readId());
    expect(await readId()).toBe(begun);
    expect(await list()).toMatchObject({ isChecking: true, failure: null, checkedAt: null });
    expect(await stage.world.shownOf(contactId)).toMatchObject([{ state: 'applied' }]);
    expect(await differences('there')).toEqual([]);
  });

  it('does not go round for ever', async () => {
    stage.world.list.pages.push(page('5511999990001', 'c1'), page('5511999990001', 'c1'));
    await stage.world.check();
    expect(await list()).toMatchObject({ checkedAt: null, failure: 'unreadable-answer' });
  });
});

describe('a reading that was whole, and that could not be settled', () => {
  /** What our side throws at the end of each try. */
  const breakSettling = () =>
    sql`create function fail_settling() returns trigger language plpgsql as $$
        begin raise exception 'no room left' using errcode = '53100'; end $$;
      create trigger fail_settling before insert on upstream_stranger
        for each statement execute function fail_settling();`.execute(stage.deps.db);
  const mend = () => sql`drop function if exists fail_settling() cascade`.execute(stage.deps.db);
  afterEach(mend);
  const ask = () =>
    inTx(stage.deps, stage.world.admin, (ctx) => requestCheck(ctx, stage.world.channelId));

  it('is tried again from where it was, and after the last try can be asked for anew', async () => {
    await ask();
    await breakSettling();
    const id = await readId();
    for (const attempt of [1, 2, 3, 4, 5]) {
      await expect(stage.world.check(id, attempt)).rejects.toThrow('no room left');
      expect(await list()).toMatchObject({ isChecking: true, failure: null });
    }
    await expect(stage.world.check(id, 6)).rejects.toThrow('no room left');
    const failed = { isChecking: false, checkedAt: null, failure: 'not-settled' };
    expect(await list()).toMatchObject(failed);
    await mend();
    await sql`delete from graphile_worker._private_jobs`.execute(stage.deps.db);
    await ask();
    expect(await stage.world.jobsWaiting()).toEqual([`upstream-check:${stage.world.channelId}`]);
    await stage.world.check(await readId());
    expect(await list()).toMatchObject({ isChecking: false, failure: null });
  });

  it('keeps the reason that WhatsApp gave, where it was WhatsApp', async () => {
    const code = 'whatsapp-139103';
    stage.world.list.pages.push({ kind: 'failed', code, isWorthRepeating: true });
    await expect(stage.world.check(undefined, 6)).rejects.toThrow(code);
    expect(await list()).toMatchObject({ isChecking: false, failure: code });
  });

  it('is not taken for one that was begun meanwhile', async () => {
    await ask();
    const id = await readId();
    await sql`update upstream_list set read_from = read_from - interval '11 minutes'`.execute(
      stage.deps.db,
    );
    await breakSettling();
    const port: BlockListPort = {
      ...stage.world.list.port,
      readPage: async (...asked) => {
        await ask();
        return stage.world.list.port.readPage(...asked);
      },
    };
    const payload = { ...stage.world.place, ...(id && { readId: id }) };
    await checkList(stage.deps, port, payload, { isLastTry: true });
    expect(await list()).toMatchObject({ isChecking: true, failure: null });
    expect(await readId()).not.toBe(id);
  });
});

describe('a reading whose process died in the last try', () => {
  const ask = () =>
    inTx(stage.deps, stage.world.admin, (ctx) => requestCheck(ctx, stage.world.channelId));
  const job = (set: ReturnType<typeof sql>) =>
    sql`update graphile_worker._private_jobs set ${set}`.execute(stage.deps.db);

  it('ends as soon as its job is given back, and not before', async () => {
    await ask();
    await job(sql`attempts = 5`);
    await stage.world.sweep();
    expect(await list()).toMatchObject({ isChecking: true, failure: null });
    await job(sql`attempts = 6, locked_at = now(), locked_by = 'dead'`);
    await stage.world.sweep();
    expect(await list()).toMatchObject({ isChecking: true, failure: null });
    await job(sql`locked_at = null, locked_by = null`);
    await stage.world.sweep();
    expect(await list()).toMatchObject({ isChecking: false, failure: 'not-settled' });
    await ask();
    await stage.world.sweep();
    expect(await list()).toMatchObject({ isChecking: true });
    expect(await stage.world.jobsWaiting()).toEqual([`upstream-check:${stage.world.channelId}`]);
  });
});
