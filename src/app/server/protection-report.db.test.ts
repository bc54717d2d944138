import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProtectionReport } from '#features/reports/contract.ts';
import type { Answer, Caller } from './testing/http-client.ts';
import { startTestApp, type TestApp } from './testing/test-app.ts';
import { aThread, type TestWorkspace } from './testing/test-workspace.ts';

const path = '/api/v1/reports/protection';
let app: TestApp;
let a: TestWorkspace;

const get = (caller: Caller, rest = ''): Promise<Answer> => app.http(`${path}${rest}`, caller);
const reportOf = async (rest = ''): Promise<ProtectionReport> => {
  const answer = await get(a.team.administrator, rest);
  expect(answer.status, answer.text).toBe(200);
  return answer.json as ProtectionReport;
};

beforeAll(async () => {
  app = await startTestApp();
  ({ a } = app);
});
afterAll(() => app.close());

describe('the report on protection over the API', () => {
  it('is for administrators, and for keys that were given it', async () => {
    for (const caller of [a.team.agent, a.team.moderator, a.keys.agent, a.keys.moderator]) {
      for (const rest of ['', '/export']) {
        const answer = await get(caller, rest);
        expect([answer.status, answer.code]).toEqual([403, 'forbidden']);
      }
    }
    expect((await get({})).status).toBe(401);
    expect((await get(a.keys.administrator)).status).toBe(200);
  });

  it('counts what came in by the doors of the product', async () => {
    const before = await reportOf();
    const { messageIds } = await aThread(app.deps, app.http, a);
    const asked = await app.http('/api/v1/messages/removal-requests', {
      ...a.team.agent,
      method: 'POST',
      body: { messageIds: messageIds.slice(0, 1), reason: 'discrimination' },
    });
    expect(asked.status).toBe(201);
    const after = await reportOf();
    expect(after.incidents.removalRequests.total - before.incidents.removalRequests.total).toBe(1);
    expect(after.incidents.removalRequests.counts.at(-1)).toBe(
      (before.incidents.removalRequests.counts.at(-1) ?? 0) + 1,
    );
    const { toCover, toDecision } = after.times;
    expect(toCover.count - before.times.toCover.count).toBe(1);
    // Measured, and at once: a second is long enough for the slowest machine.
    expect(toCover.longestMs).toBeGreaterThan(0);
    expect(toCover.longestMs).toBeLessThan(1_000);
    expect(toDecision.waiting - before.times.toDecision.waiting).toBe(1);
    // The one who is blocked in every test workspace had written on its number.
    expect(after.incidents.blocks).toMatchObject({
      byReason: [{ reason: 'sexual-harassment', total: 1 }],
      byChannel: [{ channel: { id: a.number.channelId }, total: 1 }],
    });
  });

  it('names nobody', async () => {
    const { text } = await get(a.team.administrator);
    const outside = [...a.threads, a.blocked].map(({ person }) => person.name);
    const ours = Object.values(a.team).flatMap(({ email, memberId }) => [email, memberId]);
    for (const name of [...outside, ...ours]) {
      expect(text).not.toContain(name);
    }
    expect(text).not.toContain(a.blocked.contactId);
    expect(text).not.toContain(a.note);
  });

  it('refuses what is no period, and a channel of elsewhere', async () => {
    for (const query of [
      'from=2026-02-02&to=2026-02-01',
      'from=2026-02-02',
      'to=2026-02-02',
      'from=2026-02-30&to=2026-03-01',
      'from=2000-01-01&to=2026-01-01',
      'from=0000-01-01&to=0000-01-02',
      'channelId=loja',
    ]) {
      expect([query, (await get(a.team.administrator, `?${query}`)).status]).toEqual([query, 422]);
    }
    const stranger = await get(a.team.administrator, `?channelId=${app.b.number.channelId}`);
    expect([stranger.status, stranger.code]).toEqual([404, 'channel-not-found']);
    expect((await reportOf(`?channelId=${a.number.channelId}`)).channel?.id).toBe(
      a.number.channelId,
    );
  });

  it('comes as a file that no spreadsheet carries out, and that it did is in the audit log', async () => {
    const trap = '=HYPERLINK("https://alheio.example","Loja")';
    await sql`update channel set name = ${trap} where id = ${a.number.channelId}`.execute(
      app.deps.db,
    );
    const { from, to } = await reportOf();
    const answer = await get(a.team.administrator, '/export');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="protecao-${from}-${to}.csv"`,
    );
    const [head, ...lines] = answer.text.trim().split('\r\n');
    expect(head).toContain('measure;reason;channel;from;to;value;unit');
    const ofChannel = lines.filter((line) => line.startsWith('blocks-by-channel;'));
    expect(ofChannel).toHaveLength(30);
    expect(ofChannel.every((line) => line.includes(';"\'=HYPERLINK('))).toBe(true);
    expect(answer.text).not.toMatch(/;"?[=@]/);
    const { rows } = await sql<{ details: object }>`select details from audit_event
      where workspace_id = ${a.id} and action = 'reports.protection-exported'`.execute(app.deps.db);
    expect(rows).toEqual([{ details: { firstDay: from, lastDay: to } }]);
  });
});
