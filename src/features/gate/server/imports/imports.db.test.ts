import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { insertContact, learnIdentities, matchKeysOf } from '#features/contacts/server/index.ts';
import { type Actor, systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { listBlocks } from '../list/list-queries.ts';
import { findActiveBlock } from '../queries.ts';
import { requestBlock } from '../requests/request-block.ts';
import { block, unblock } from '../testing.ts';
import { forgetOldImports } from './import-store.ts';
import { cancelImport } from './run-import.ts';
import {
  apply,
  countKept,
  jobsNamed,
  read,
  rowsOf,
  runOnce,
  start,
  stateOf,
} from './testing/import-world.ts';

let deps: TestDeps;
let workspaceId: string;
let admin: Actor;

beforeAll(async () => {
  deps = await openTestDeps();
});
afterAll(() => deps.close());

beforeEach(async () => {
  workspaceId = await aWorkspace(deps.db);
  admin = await aMember(deps.db, workspaceId);
});

const aContact = (phone: string): Promise<string> =>
  deps.db.transaction().execute(async (tx) => {
    const id = await insertContact(tx, { workspaceId, profileName: 'Ana', username: null });
    await learnIdentities(tx, workspaceId, id, matchKeysOf({ phone }));
    return id;
  });

const activeOf = (contactId: string) => findActiveBlock(deps.db, workspaceId, contactId);
const plans = async (id: string) =>
  (await rowsOf(deps, admin, id)).map(({ line, plan, cause, ofLine }) =>
    [line, plan, cause ?? ofLine].filter((part) => part !== null).join(' '),
  );

const many = (count: number, more = ''): string =>
  `número;motivo\n${Array.from({ length: count }, (_, n) => `55119${80_000_000 + n};spam`).join('\n')}\n${more}`;

describe('the preview', () => {
  it('says what each row will do, and does none of it', async () => {
    await aContact('5511981110001');
    const same = await aContact('5511911110002');
    await block(deps, admin, same, { reason: 'spam', note: 'já conhecido' });
    const other = await aContact('5511911110003');
    await block(deps, admin, other, { reason: 'fraud' });
    const file = [
      'Número;Nome;Motivo;Observação',
      '(11) 91111-0000;Nova;Spam;',
      '11 98111-0001;;Ofensa ou ameaça;"duas\nlinhas"',
      '+55 11 91111-0002;;spam;já conhecido',
      '551191111-0003;;Spam;',
      '551181110001;;Golpe;',
      '11911110000;;outro;',
      'abc;;spam;',
    ].join('\r\n');
    const { id, state, rows, planned } = await read(deps, admin, file);
    expect([state, rows]).toEqual(['ready', 7]);
    expect(planned).toEqual({
      'new-contact': 1,
      'known-contact': 1,
      edit: 1,
      unchanged: 1,
      duplicate: 2,
      error: 1,
    });
    expect(await plans(id)).toEqual([
      '2 new-contact',
      '3 known-contact',
      '5 unchanged',
      '6 edit',
      '7 duplicate 3',
      '8 duplicate 2',
      '9 error number-invalid',
    ]);
    expect(
      (await listBlocks(deps.db, workspaceId, { state: 'all', limit: 50 })).items,
    ).toHaveLength(2);
  });

  it('reads an end by the clocks of the workspace; one that is over is a mistake', async () => {
    const file =
      'número,motivo,até\n11911110001,spam,31/12/2099\n11911110002,spam,01/01/2020\n11911110003,spam,\n';
    const { id } = await read(deps, admin, file);
    const [first, second, third] = await rowsOf(deps, admin, id);
    expect(first).toMatchObject({ plan: 'new-contact', expiresAt: '2100-01-01T02:59:59.000Z' });
    expect(second).toMatchObject({ plan: 'error', cause: 'until-past' });
    expect(third).toMatchObject({ plan: 'new-contact', expiresAt: null });
  });

  it('reads what other programs write for never, in a year that every answer can write', async () => {
    const { id } = await read(deps, admin, 'número,motivo,até\n11911110001,spam,31/12/9999\n');
    const last = new Date('9999-12-31T23:59:59.999Z').getTime();
    const [row] = await rowsOf(deps, admin, id);
    expect(new Date(row?.expiresAt ?? '').getTime()).toBeLessThanOrEqual(last);
    await apply(deps, admin, id);
    const { items } = await listBlocks(deps.db, workspaceId, { limit: 2 });
    expect(items).toHaveLength(1);
    expect(new Date(items[0]?.expiresAt ?? '').getTime()).toBeLessThanOrEqual(last);
  });

  it.each([
    ['', 'import-empty'],
    ['número;motivo\n', 'import-empty'],
    ['nome;motivo\nAna;spam\n', 'import-columns-missing'],
    [`número;motivo\n"1;${'x\n'.repeat(20_000)}`, 'import-unreadable'],
  ])('of a file that is none is refused, and nothing is left of it (%#)', async (file, code) => {
    await expect(read(deps, admin, file)).rejects.toMatchObject({ code });
    const { rows } =
      await sql`select 1 from block_import where workspace_id = ${workspaceId}`.execute(deps.db);
    expect(rows).toEqual([]);
  });
});

describe('applying', () => {
  it('blocks as a block by hand does: epoch, jobs, audit, author, end', async () => {
    const known = await aContact('5511911110001');
    const file =
      'número;motivo;nome;até\n11911110001;ofensa;;2099-01-01\n11911110002;fraud;Beto;\n';
    const { id } = await read(deps, admin, file);
    const ended = await apply(deps, admin, id);
    expect(ended).toMatchObject({ state: 'done', done: { blocked: 2 }, stillOnWire: 0 });

    expect(await activeOf(known)).toMatchObject({
      reason: 'offense',
      cause: 'import',
      startedBy: { id: admin.id },
      expiresAt: '2099-01-02T02:59:59.000Z',
    });
    const [, fresh] = await rowsOf(deps, admin, id);
    expect(fresh).toMatchObject({ result: 'blocked', number: null, name: null });
    expect(await activeOf(fresh?.contactId ?? '')).toMatchObject({
      contactName: 'Beto',
      contactPhone: '+5511911110002',
    });
    const { rows } = await sql<{ epoch: number }>`
      select block_epoch as epoch from contact where workspace_id = ${workspaceId}`.execute(
      deps.db,
    );
    expect(rows).toEqual([{ epoch: 1 }, { epoch: 1 }]);
    // Nothing can wait for somebody who was not known a moment ago.
    const stops = await jobsNamed(deps, 'conversations.stop-queued');
    expect(stops.filter((job) => job['workspaceId'] === workspaceId)).toEqual([
      { workspaceId, contactId: known },
    ]);
    const ends = await jobsNamed(deps, 'gate.announce-end');
    expect(ends).toContainEqual({ workspaceId, contactId: known });
    const audited = await sql<{ action: string; details: { cause?: string } }>`
      select action, details from audit_event where workspace_id = ${workspaceId} order by id`.execute(
      deps.db,
    );
    expect(audited.rows.map(({ action }) => action)).toEqual([
      'gate.import-read',
      'gate.import-started',
      'gate.contact-blocked',
      'gate.contact-blocked',
      'gate.import-done',
    ]);
  });

  it('answers a request for the block', async () => {
    const contactId = await aContact('5511911110001');
    const agent = await aMember(deps.db, workspaceId, 'agent');
    await inTx(deps, agent, (ctx) => requestBlock(ctx, { contactId, reason: 'spam', note: null }));
    const { id } = await read(deps, admin, 'número;motivo\n11911110001;spam\n');
    await apply(deps, admin, id);
    const { rows } =
      await sql`select state from block_request where contact_id = ${contactId}`.execute(deps.db);
    expect(rows).toEqual([{ state: 'approved' }]);
  });

  it('of the same file again changes nothing', async () => {
    const file =
      'número;motivo;observação;até\n11911110001;spam;"=1+1";2099-01-01\n11911110002;fraude;;\n';
    const first = await read(deps, admin, file);
    expect((await apply(deps, admin, first.id)).done).toMatchObject({ blocked: 2 });
    const before = await listBlocks(deps.db, workspaceId, { state: 'all', limit: 50 });
    expect(before.items.map(({ note }) => note)).toContain('=1+1');

    const second = await read(deps, admin, file);
    expect(second.planned).toMatchObject({ unchanged: 2 });
    expect((await apply(deps, admin, second.id)).done).toMatchObject({ unchanged: 2, blocked: 0 });
    expect(await listBlocks(deps.db, workspaceId, { state: 'all', limit: 50 })).toEqual(before);
  });

  it('changes a block where the file says something else, and what it has no column for stays', async () => {
    const contactId = await aContact('5511911110001');
    const expiresAt = new Date(Date.now() + 86_400_000);
    await block(deps, admin, contactId, {
      reason: 'spam',
      note: 'antes',
      expiresAt,
      upstream: false,
    });
    const { id } = await read(deps, admin, 'número;motivo\n11911110001;fraude\n');
    expect((await apply(deps, admin, id)).done).toMatchObject({ edited: 1 });
    expect(await activeOf(contactId)).toMatchObject({
      reason: 'fraud',
      note: 'antes',
      expiresAt: expiresAt.toISOString(),
      cause: 'manual',
    });
  });

  it('goes by what holds when its turn comes, not by what was planned', async () => {
    const a = await aContact('5511911110001');
    const b = await aContact('5511911110002');
    await block(deps, admin, b, { reason: 'spam' });
    const { id } = await read(deps, admin, 'número;motivo\n11911110001;spam\n11911110002;spam\n');
    await block(deps, admin, a, { reason: 'spam' });
    await unblock(deps, admin, b);
    await apply(deps, admin, id);
    const rows = await rowsOf(deps, admin, id);
    expect(rows.map(({ plan, result }) => [plan, result])).toEqual([
      ['known-contact', 'unchanged'],
      ['unchanged', 'blocked'],
    ]);
  });

  it('goes on after a process that died, and two at once do nothing twice', async () => {
    const { id } = await read(deps, admin, many(700, 'x;spam\n'));
    await start(deps, admin, id);
    await Promise.all([runOnce(deps, admin, id), runOnce(deps, admin, id)]);
    while ((await stateOf(deps, admin, id)).state === 'applying') {
      await runOnce(deps, admin, id);
    }
    const ended = await stateOf(deps, admin, id);
    expect(ended).toMatchObject({ state: 'done', done: { blocked: 700, error: 1 } });
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from block where workspace_id = ${workspaceId}`.execute(deps.db);
    expect(rows).toEqual([{ n: 700 }]);
    expect(await countKept(deps, id)).toBe(0);
  });
});

describe('an end before the end', () => {
  it('keeps what was done and names what was not', async () => {
    const { id } = await read(deps, admin, many(3));
    await start(deps, admin, id);
    const cancelled = await inTx(deps, admin, (ctx) => cancelImport(ctx, id));
    expect(cancelled).toMatchObject({ state: 'cancelled', done: { 'not-done': 3, blocked: 0 } });
    await runOnce(deps, admin, id);
    expect(await stateOf(deps, admin, id)).toMatchObject({ done: { 'not-done': 3, blocked: 0 } });
    expect(await countKept(deps, id)).toBe(0);
    await expect(start(deps, admin, id)).rejects.toMatchObject({ code: 'import-not-ready' });
  });

  it('of what was only read is a file discarded, and the log says that', async () => {
    const { id } = await read(deps, admin, many(2));
    await inTx(deps, admin, (ctx) => cancelImport(ctx, id));
    const { rows } = await sql<{ action: string }>`select action from audit_event
      where workspace_id = ${workspaceId} order by id`.execute(deps.db);
    const actions = rows.map(({ action }) => action);
    expect(actions).toEqual(['gate.import-read', 'gate.import-discarded']);
  });

  it('comes by itself after a day, with all that the file said', async () => {
    const { id } = await read(deps, admin, many(3));
    const forget = () => inTx(deps, systemActor(workspaceId), ({ tx }) => forgetOldImports(tx));
    await forget();
    expect(await countKept(deps, id)).toBe(3);
    await sql`update block_import set created_at = created_at - interval '25 hours' where id = ${id}`.execute(
      deps.db,
    );
    await forget();
    expect(await countKept(deps, id)).toBe(0);
    await expect(stateOf(deps, admin, id)).rejects.toThrow('no such import');
  });

  it('is for administrators', async () => {
    const { id } = await read(deps, admin, many(1));
    const moderator = await aMember(deps.db, workspaceId, 'moderator');
    await expect(start(deps, moderator, id)).rejects.toMatchObject({ code: 'forbidden' });
  });
});
