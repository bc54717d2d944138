import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aChannel } from '#features/conversations/server/testing.ts';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { newId } from '#platform/shared/ids.ts';
import type { ProtectionReport } from '../contract.ts';
import { csvLines } from './csv-lines.ts';
import { readProtection } from './read-protection.ts';
import {
  aBlock,
  aBlockRequest,
  aCustomer,
  aLook,
  aMessage,
  aRemovalRequest,
  type History,
  someAttempts,
} from './testing/history.ts';

/** São Paulo is three hours behind: the second of March begins at 03:00 UTC, and the eighth ends at 03:00 of the ninth. */
const from = '2026-03-02';
const to = '2026-03-08';
const noon = '2026-03-05T15:00:00Z';

let deps: TestDeps;
let past: History;
let shop: string;
let workshop: string;

const ask = async (
  facts: Partial<Parameters<typeof aRemovalRequest>[1]> & { at: string; number: number },
): Promise<void> => {
  const { contactId } = await aCustomer(past, []);
  await aRemovalRequest(past, { channelId: shop, contactId, reason: 'offense', ...facts });
};

const tellRequests = async (): Promise<void> => {
  await ask({ number: 1, at: '2026-03-02T02:59:59.999Z', decidedAfter: 1 });
  await ask({ number: 2, at: '2026-03-02T03:00:00Z', decidedAfter: 10, tookMs: 100 });
  await ask({
    ...{ number: 3, at: '2026-03-09T02:59:59.999Z', decidedAfter: 20, tookMs: 200 },
    ...{ channelId: workshop, reason: 'sexual' },
  });
  await ask({ number: 4, at: '2026-03-09T03:00:00Z', decidedAfter: 1 });
  await ask({ number: 5, at: noon, decidedAfter: 30, tookMs: 300 });
  await ask({ number: 6, at: noon, decidedAfter: 40, tookMs: null });
  await ask({ number: 7, at: noon, decidedAfter: 1_000, dueAfter: 60, tookMs: 400 });
  await ask({ number: 8, at: noon, decidedAfter: 0, isAtSight: true, reason: 'sexual' });
  await ask({ number: 9, at: noon, dueAfter: 60, isSuggested: true, reason: 'other' });
};

const tellBlocks = async (): Promise<void> => {
  const walker = await aCustomer(past, [shop, workshop]);
  const [inShop = '', inWorkshop = ''] = walker.conversationIds;
  await aMessage(past, inShop, '2026-03-01T12:00:00Z');
  await aMessage(past, inWorkshop, '2026-03-04T12:00:00Z');
  const { contactId } = walker;
  const first = await aBlock(past, {
    ...{ contactId, at: '2026-03-03T12:00:00Z', liftedAt: '2026-03-04T11:00:00Z' },
  });
  await someAttempts(past, first, 5, ['2026-03-03T13:00:00Z', '2026-03-04T10:00:00Z']);
  // Ended by the clock, which nobody has written down.
  const second = await aBlock(past, {
    ...{ contactId, at: noon, until: '2026-03-06T15:00:00Z', reason: 'spam' },
  });
  await someAttempts(past, second, 10, ['2026-03-05T16:00:00Z', '2026-03-10T00:00:00Z']);
  const unheard = await aCustomer(past, []);
  await aBlock(past, { contactId: unheard.contactId, at: noon, cause: 'import' });
  const merged = await aCustomer(past, []);
  await aBlock(past, { contactId: merged.contactId, at: noon, cause: 'merge' });
  const older = await aCustomer(past, []);
  const before = await aBlock(past, {
    ...{ contactId: older.contactId, at: '2026-02-01T12:00:00Z' },
    ...{ until: '2026-03-07T12:00:00Z', liftedAt: '2026-03-07T12:00:00Z', liftedBy: 'system' },
  });
  // Begun before, going on after: of four, the first and the last are outside.
  await someAttempts(past, before, 4, ['2026-02-02T12:00:00Z', '2026-03-20T12:00:00Z']);
  await aBlockRequest(past, {
    contactId,
    at: '2026-03-03T11:00:00Z',
    blockId: first,
    decidedAfter: 60,
  });
  await aBlockRequest(past, { contactId, at: noon, decidedAfter: 5 });
  await aBlockRequest(past, { contactId: unheard.contactId, at: noon, isLate: true });
};

const tellExposures = async (): Promise<void> => {
  const seen = await aCustomer(past, [shop, workshop]);
  const [inShop = '', inWorkshop = ''] = seen.conversationIds;
  const gone = await aMessage(past, inShop, noon, 5);
  const alsoGone = await aMessage(past, inWorkshop, noon, 3);
  const kept = await aMessage(past, inShop, noon);
  const somebody = newId();
  for (const who of [somebody, newId(), newId(), newId(), newId(), newId()]) {
    await aLook(past, { messageId: gone, at: noon, who });
  }
  for (const at of [noon, '2026-03-05T16:00:00Z']) {
    await aLook(past, { messageId: gone, at, who: somebody, action: 'removals.revealed' });
  }
  await aLook(past, { messageId: alsoGone, at: noon });
  await aLook(past, { messageId: alsoGone, at: noon });
  // A program, one before the period, and one of what was kept.
  await aLook(past, { messageId: gone, at: noon, kind: 'api-key' });
  await aLook(past, { messageId: gone, at: '2026-03-02T02:59:59Z' });
  await aLook(past, { messageId: kept, at: noon });
};

const read = (more: { channelId?: string } = {}): Promise<ProtectionReport> =>
  readProtection(deps.db, past.workspaceId, { from, to, ...more });

beforeAll(async () => {
  deps = await openTestDeps();
  const workspaceId = await aWorkspace(deps.db);
  const { id: memberId } = await aMember(deps.db, workspaceId);
  past = { db: deps.db, workspaceId, memberId: memberId ?? '' };
  shop = (await aChannel(deps.db, workspaceId)).channelId;
  workshop = (await aChannel(deps.db, workspaceId)).channelId;
  await tellRequests();
  await tellBlocks();
  await tellExposures();
});
afterAll(() => deps.close());

describe('the report on protection', () => {
  it('counts what was asked on the days of the workspace’s clock', async () => {
    const { unit, buckets, incidents } = await read();
    expect(unit).toBe('day');
    expect(buckets).toHaveLength(7);
    expect(incidents.removalRequests).toEqual({
      total: 7,
      counts: [1, 0, 0, 5, 0, 0, 1],
      byReason: [
        { reason: 'offense', total: 4, counts: [1, 0, 0, 3, 0, 0, 0] },
        { reason: 'sexual', total: 2, counts: [0, 0, 0, 1, 0, 0, 1] },
        { reason: 'other', total: 1, counts: [0, 0, 0, 1, 0, 0, 0] },
      ],
      byChannel: [
        { channel: { id: shop, name: 'Loja' }, total: 6, counts: [1, 0, 0, 5, 0, 0, 0] },
        { channel: { id: workshop, name: 'Loja' }, total: 1, counts: [0, 0, 0, 0, 0, 0, 1] },
      ],
    });
  });

  it('counts blocks where the person had last written, once each', async () => {
    const { incidents } = await read();
    expect(incidents.blocks).toMatchObject({ total: 3, counts: [0, 1, 0, 2, 0, 0, 0] });
    const byChannel = new Map(
      incidents.blocks.byChannel.map(({ channel, total }) => [channel?.id, total]),
    );
    expect(byChannel).toEqual(
      new Map([
        [shop, 1],
        [workshop, 1],
        [undefined, 1],
      ]),
    );
    expect(incidents.blockRequests).toMatchObject({
      total: 3,
      counts: [0, 1, 0, 2, 0, 0, 0],
      byReason: [{ reason: 'sexual-harassment', total: 3 }],
    });
  });

  it('measures how long it took', async () => {
    const { times } = await read();
    // 100, 200, 300 and 400 ms.
    expect(times.toCover).toEqual({
      ...{ count: 4, medianMs: 250, longestMs: 400, unmeasured: 1 },
      p90Ms: expect.closeTo(370, 5),
    });
    // 10, 20, 30, 40 and 1,000 minutes.
    expect(times.toDecision).toEqual({
      ...{ count: 5, medianMs: 30 * 60_000, waiting: 1, overdue: 2 },
      p90Ms: expect.closeTo(616 * 60_000, 3),
    });
    expect(times.toBlock).toEqual({
      ...{ count: 1, medianMs: null, p90Ms: null, refused: 1, waiting: 1, overdue: 1 },
    });
  });

  it('counts who saw what went, without saying who', async () => {
    const report = await read();
    expect(report.exposures).toEqual({
      answering: 8,
      reviewing: 1,
      byChannel: [{ channel: null, count: 9 }],
    });
    expect(JSON.stringify(report)).not.toContain(past.memberId);
  });

  it('tells apart what ended blocks, and between what the attempts are', async () => {
    const { blocks } = await read();
    expect(blocks).toEqual({
      ...{ made: 3, lifted: 1, endedByClock: 2 },
      attempts: { atLeast: 6, atMost: 5 + 9 + 2 },
    });
  });

  it('of one channel is of that channel', async () => {
    const { incidents, exposures, blocks, channel } = await read({ channelId: workshop });
    expect(channel).toEqual({ id: workshop, name: 'Loja' });
    expect(incidents.removalRequests.total).toBe(1);
    expect(incidents.blocks).toMatchObject({ total: 1, byReason: [{ reason: 'spam', total: 1 }] });
    expect(incidents.blockRequests.total).toBe(1);
    expect(exposures).toMatchObject({ answering: 2, reviewing: 0 });
    expect(blocks).toEqual({
      ...{ made: 1, lifted: 0, endedByClock: 1 },
      attempts: { atLeast: 1, atMost: 9 },
    });
  });

  it('of another workspace has nothing of this one', async () => {
    const other = await aWorkspace(deps.db);
    const report = await readProtection(deps.db, other, { from, to });
    expect(Object.values(report.incidents).map(({ total }) => total)).toEqual([0, 0, 0]);
    expect(report.times.toCover).toMatchObject({ count: 0, medianMs: null, unmeasured: 0 });
    expect(report.exposures).toEqual({ answering: 0, reviewing: 0, byChannel: [] });
    expect(report.blocks.attempts).toEqual({ atLeast: 0, atMost: 0 });
    await expect(readProtection(deps.db, other, { channelId: shop })).rejects.toMatchObject({
      code: 'channel-not-found',
    });
  });

  it('without a period is of the last thirty days, in weeks and months when it is long', async () => {
    const { workspaceId } = past;
    const usual = await readProtection(deps.db, workspaceId, {});
    expect([usual.buckets.length, usual.unit]).toEqual([30, 'day']);
    const weeks = await readProtection(deps.db, workspaceId, { from: '2026-02-04', to });
    expect(weeks.incidents.removalRequests.counts).toEqual([0, 0, 0, 1, 7]);
    const months = await readProtection(deps.db, workspaceId, {
      from: '2025-03-09',
      to: '2026-03-09',
    });
    expect(months.unit).toBe('month');
    expect(months.incidents.removalRequests.counts.at(-1)).toBe(9);
  });

  it('says the same in a file', async () => {
    const lines: string[][] = [];
    for await (const line of csvLines(await read())) {
      lines.push(line);
    }
    const of = (measure: string) => lines.filter(([name]) => name === measure);
    expect(of('removal-requests').map((line) => line[5])).toEqual([...'1005001']);
    expect(of('removal-requests-by-reason')).toHaveLength(21);
    expect(of('time-to-decision-median')).toEqual([
      ['time-to-decision-median', '', '', from, to, '1800000', 'ms'],
    ]);
    expect(of('time-to-block-median')).toEqual([
      ['time-to-block-median', '', '', from, to, '', 'ms'],
    ]);
    expect(of('attempts-at-most')).toEqual([['attempts-at-most', '', '', from, to, '16', '']]);
  });
});
