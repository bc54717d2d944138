import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../../../simulator/start-simulator.ts';
import type { ListAddress, ListPage } from '../../block-list-port.ts';
import { createBlockListClient } from './block-list.ts';

/** The connector against the simulated WhatsApp: every limit of the sheet, sections 1.3 to 1.7. */
let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ port: 0, webhookUrl: null, handshake: false });
});
afterAll(() => simulator.close());

const channelId = '100000000000001';
const account = { phoneNumberId: channelId, accessToken: 'any-token' };
const waiting = {
  kind: 'refused',
  why: 'waiting-for-message',
  code: 'whatsapp-131047',
} as const;
const done = { kind: 'done' } as const;

const control = async (path: string, body: unknown, method = 'POST'): Promise<void> => {
  const response = await fetch(`${simulator.url}/_sim${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) {
    throw new Error(`${path} answered ${response.status}`);
  }
};
const fault = (what: object) => control('/faults', { on: 'block_users', ...what });

let made = 0;
/** People who have just written to the number. */
const people = async (count: number, more: object = {}): Promise<ListAddress[]> => {
  const numbers = Array.from({ length: count }, () => `55119${70_000_000 + ++made}`);
  const lastInboundAt = new Date().toISOString();
  const phones = numbers.map((number) => ({ number, lastInboundAt, ...more }));
  await control('/phones', { phones });
  return numbers.map((value) => ({ kind: 'phone', value }));
};
const aStranger = (): ListAddress => ({ kind: 'phone', value: `55119${60_000_000 + ++made}` });

const client = () => createBlockListClient({ graphUrl: simulator.url, graphVersion: 'v25.0' });
const change = async (
  verb: 'block' | 'unblock',
  addresses: readonly ListAddress[],
  signal = AbortSignal.timeout(5_000),
) => (await client().change(account, verb, addresses, { signal, attempt: 0 })).outcomes;
const read = (after: string | null = null) =>
  client().readPage(account, after, AbortSignal.timeout(5_000));
const peopleOf = (page: ListPage) => (page.kind === 'page' ? page.people : []);
const listed = () => simulator.world.channels.get(channelId)?.blockList.size;

beforeEach(() => {
  simulator.reset();
  simulator.settings({
    mixedBlockStatus: 400,
    mixedBlockError: 'error',
    removedUsersKey: 'removed_users',
    blockListLimit: 64_000,
  });
});

describe('blocking and unblocking', () => {
  it('adds by number and by business-scoped id, twice without harm, and removes', async () => {
    const [ana] = await people(1);
    const person = simulator.world.people.byPhone(ana?.value ?? '');
    const bsuid = person ? simulator.world.people.userIdFor(person, { portfolio: 'demo' }) : '';
    expect(await change('block', [ana as ListAddress])).toEqual([done]);
    expect(await change('block', [{ kind: 'bsuid', value: bsuid }])).toEqual([done]);
    expect(listed()).toBe(1);
    expect(peopleOf(await read())).toEqual([{ phone: ana?.value, bsuid }]);
    expect(await change('unblock', [ana as ListAddress])).toEqual([done]);
    expect(await change('unblock', [ana as ListAddress])).toEqual([done]);
    expect(listed()).toBe(0);
  });

  it.each([
    { mixedBlockStatus: 400 },
    { mixedBlockStatus: 200 },
    { mixedBlockError: 'errors' },
    { removedUsersKey: 'added_users' },
  ])('reads a mixed result right with %j', async (settings) => {
    await control('/settings', settings, 'PATCH');
    const [ana, rui] = await people(2);
    const all = [ana as ListAddress, aStranger(), rui as ListAddress];
    expect(await change('block', all)).toEqual([done, waiting, done]);
    expect(listed()).toBe(2);
    expect(await change('unblock', all)).toEqual([done, done, done]);
    expect(listed()).toBe(0);
  });

  it('tells whom it never takes, and a list that is full', async () => {
    const own = { kind: 'phone', value: '5511900000000' } as const;
    const [outcome] = await change('block', [own]);
    expect(outcome).toMatchObject({ kind: 'refused', code: 'whatsapp-131021' });
    const [parent] = await change('block', [{ kind: 'bsuid', value: 'BR.ENT.12345' }]);
    expect(parent).toMatchObject({ kind: 'refused', why: 'not-supported' });
    await control('/settings', { blockListLimit: 1 }, 'PATCH');
    const both = await people(2);
    expect(await change('block', both)).toEqual([
      done,
      { kind: 'refused', why: 'list-full', code: 'whatsapp-139101' },
    ]);
  });

  it('asks again later when it is too much at once, too often, or internal', async () => {
    const many = Array.from({ length: 1_001 }, aStranger);
    expect(await change('block', many)).toEqual(
      many.map(() => ({ kind: 'retry', code: 'whatsapp-130429' })),
    );
    const two = await people(2);
    await fault({ error: { code: 139_103 } });
    expect(await change('block', two)).toEqual(
      two.map(() => ({ kind: 'retry', code: 'whatsapp-139103' })),
    );
    await fault({ to: two[0]?.value, error: { code: 139_103, perUser: true } });
    expect(await change('block', two)).toEqual([{ kind: 'retry', code: 'whatsapp-139103' }, done]);
    await fault({ error: { code: 190, httpStatus: 401 } });
    const ofBoth = { kind: 'refused', why: 'failed', code: 'whatsapp-190', isWhole: true };
    expect(await change('block', two)).toEqual([ofBoth, ofBoth]);
  });

  it('does not know what became of what was taken and never answered', async () => {
    const [ana] = await people(1);
    await fault({ reset: 'after-acceptance' });
    expect(await change('block', [ana as ListAddress])).toEqual([{ kind: 'unknown' }]);
    expect(listed()).toBe(1);
    await fault({ hold: 'after-acceptance', method: 'DELETE' });
    const held = await change('unblock', [ana as ListAddress], AbortSignal.timeout(300));
    expect(held).toEqual([{ kind: 'unknown' }]);
    expect(listed()).toBe(0);
    await fault({ http: 500, accepted: true });
    expect(await change('block', [ana as ListAddress])).toEqual([{ kind: 'unknown' }]);
    expect(await change('block', [ana as ListAddress])).toEqual([done]);
  });
});

describe('reading the list', () => {
  const readAll = async (between?: () => Promise<unknown>) => {
    const found: unknown[] = [];
    for (let after: string | null = null, pages = 0; pages < 10; pages += 1) {
      const page = await read(after);
      if (page.kind !== 'page') {
        return page;
      }
      found.push(...page.people);
      if (page.next === null) {
        return found;
      }
      after = page.next;
      await between?.();
    }
    return found;
  };

  it('follows the cursors to the end', async () => {
    expect(await readAll()).toEqual([]);
    await change('block', await people(250));
    expect(await readAll()).toHaveLength(250);
  });

  it('says that the list changed between two pages', async () => {
    const all = await people(150);
    await change('block', all);
    const [first] = all;
    expect(await readAll(() => change('unblock', [first as ListAddress]))).toEqual({
      kind: 'changed',
    });
  });

  it('shows a hidden number by its business-scoped id alone', async () => {
    await change('block', await people(1, { hidden: 'missing' }));
    const [person] = peopleOf(await read());
    expect(person?.phone).toBeUndefined();
    expect(person?.bsuid).toMatch(/^BR\./);
  });

  it.each([
    { http: 200 },
    { http: 503 },
    { reset: 'before' },
    { error: { code: 190, httpStatus: 401 } },
  ])('never takes a broken read for an empty list: %j', async (what) => {
    await fault({ method: 'GET', ...what });
    expect((await read()).kind).toBe('failed');
  });
});
