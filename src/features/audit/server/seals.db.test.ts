import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { audit } from '#platform/server/audit.ts';
import { systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { PatientPool } from '#platform/server/patient-pool.ts';
import { aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { newId } from '#platform/shared/ids.ts';
import { sealEvents } from './seal-events.ts';
import { listHeads } from './seal-store.ts';
import { type Fault, verifySeals } from './verify-seals.ts';

let deps: TestDeps;
let workspaceId: string;

const does = (action = 'accounts.signed-in', place = workspaceId): Promise<void> =>
  inTx(deps, systemActor(place), (ctx) =>
    audit(ctx, {
      action,
      subject: { kind: 'contact', id: newId() },
      maskedNumber: '+55 •• ••••-0001',
      details: { reason: 'offense', count: 2, isBlocked: true, until: null },
    }),
  );

const tables = ['audit_event', 'audit_seal'];

/** As whoever owns the database can: past the triggers. */
const tamper = async (statement: string, ...values: unknown[]): Promise<void> => {
  const client = await deps.pool.connect();
  try {
    await client.query('begin');
    for (const table of tables) await client.query(`alter table ${table} disable trigger user`);
    await client.query(statement, values);
    for (const table of tables) await client.query(`alter table ${table} enable trigger user`);
    await client.query('commit');
  } finally {
    client.release();
  }
};

/** And past the foreign keys, for good. */
const dropForeignKeys = () =>
  sql`
    alter table audit_seal drop constraint audit_seal_workspace_id_event_id_fkey;
    alter table audit_unsealed drop constraint audit_unsealed_workspace_id_event_id_fkey`.execute(
    deps.db,
  );

const faultsHere = async (kept = [] as Parameters<typeof verifySeals>[1]): Promise<Fault[]> => {
  const { faults } = await verifySeals(deps, kept);
  return faults.filter((fault) => fault.workspaceId === workspaceId);
};

const headHere = async () => {
  const [head] = await listHeads(deps.db, [workspaceId]);
  if (head === undefined) throw new Error('nothing is sealed');
  return { ...head, at: new Date().toISOString() };
};

beforeAll(async () => {
  deps = await openTestDeps();
});
beforeEach(async () => {
  workspaceId = await aWorkspace(deps.db);
});
afterAll(() => deps.close());

describe('an event', () => {
  it('is sealed once, each workspace in a chain of its own', async () => {
    const other = await aWorkspace(deps.db);
    await does();
    await does('accounts.signed-in', other);
    await does();
    await sealEvents(deps);
    expect(await sealEvents(deps)).toBe(0);
    const heads = await listHeads(deps.db, [workspaceId, other]);
    expect(heads.map(({ seq }) => seq).sort()).toEqual([1, 2]);
    expect(await faultsHere()).toEqual([]);
  });

  it('of a transaction that ends late takes its place when it ends', async () => {
    let finish = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const late = inTx(deps, systemActor(workspaceId), async (ctx) => {
      await audit(ctx, { action: 'gate.contact-blocked' });
      await gate;
    });
    await does('gate.contact-unblocked');
    await sealEvents(deps);
    expect((await headHere()).seq).toBe(1);
    finish();
    await late;
    await sealEvents(deps);
    expect((await headHere()).seq).toBe(2);
    expect(await faultsHere()).toEqual([]);
  });

  it('is sealed once however many seal at the same time', async () => {
    await Promise.all(Array.from({ length: 30 }, () => does()));
    await Promise.all(Array.from({ length: 6 }, () => sealEvents(deps)));
    await sealEvents(deps);
    expect((await headHere()).seq).toBe(30);
    expect(await faultsHere()).toEqual([]);
  });

  it('and its seal are refused to be changed by anybody who keeps to the rules', async () => {
    await does();
    await sealEvents(deps);
    for (const table of ['audit_event', 'audit_seal']) {
      await expect(sql`delete from ${sql.table(table)}`.execute(deps.db)).rejects.toThrow(
        'append-only',
      );
      await expect(
        sql`update ${sql.table(table)} set workspace_id = workspace_id`.execute(deps.db),
      ).rejects.toThrow('append-only');
    }
  });
});

describe('a log that was tampered with', () => {
  beforeAll(dropForeignKeys);
  beforeEach(async () => {
    for (let n = 0; n < 5; n += 1) await does();
    await sealEvents(deps);
    expect(await faultsHere()).toEqual([]);
  });

  const idAt = async (seq: number): Promise<string> => {
    const { rows } = await sql<{ id: string }>`
      select event_id as id from audit_seal where workspace_id = ${workspaceId} and seq = ${seq}`.execute(
      deps.db,
    );
    return rows[0]?.id ?? '';
  };

  it.each([
    ["action = 'accounts.signed-out'"],
    ["at = at + interval '1 hour'"],
    ["actor_kind = 'member'"],
    ['actor_id = gen_random_uuid()'],
    ['subject_id = gen_random_uuid()'],
    ["subject_kind = 'member'"],
    ["masked_number = '+55 •• ••••-0002'"],
    [`details = details || '{"reason": "spam"}'`],
  ])('shows an event whose %s', async (change) => {
    const id = await idAt(3);
    await tamper(
      `update audit_event set ${change} where workspace_id = $1 and id = $2`,
      ...[workspaceId, id],
    );
    expect(await faultsHere()).toEqual([{ workspaceId, kind: 'changed', seq: 3, eventId: id }]);
  });

  it('shows an event that is gone', async () => {
    const id = await idAt(2);
    await tamper('delete from audit_event where workspace_id = $1 and id = $2', workspaceId, id);
    expect(await faultsHere()).toEqual([
      { workspaceId, kind: 'event-missing', seq: 2, eventId: id },
    ]);
  });

  it('shows a gap where event and seal are gone, and goes on behind it', async () => {
    const id = await idAt(3);
    await tamper('delete from audit_seal where workspace_id = $1 and seq = 3', workspaceId);
    await tamper('delete from audit_event where workspace_id = $1 and id = $2', workspaceId, id);
    expect(await faultsHere()).toEqual([{ workspaceId, kind: 'gap', seq: 3 }]);
  });

  it('shows two events that changed places', async () => {
    const [second, third] = [await idAt(2), await idAt(3)];
    const put = (seq: number, id: string) =>
      tamper(
        'update audit_seal set event_id = $3 where workspace_id = $1 and seq = $2',
        ...[workspaceId, seq, id],
      );
    await put(2, newId());
    await put(3, second);
    await put(2, third);
    expect((await faultsHere()).map(({ kind }) => kind)).toContain('changed');
  });

  it('shows an end that was cut off, by the head that was kept outside', async () => {
    const head = await headHere();
    await tamper('delete from audit_seal where workspace_id = $1 and seq > 3', workspaceId);
    await tamper(
      'delete from audit_event e where workspace_id = $1 and not exists (select from audit_seal s where s.event_id = e.id)',
      workspaceId,
    );
    expect(await faultsHere()).toEqual([]);
    expect(await faultsHere([head])).toEqual([
      { workspaceId, kind: 'cut', seq: 4, headAt: head.at },
    ]);
  });

  it('shows a chain that was made anew, by the head that was kept outside', async () => {
    const head = await headHere();
    await tamper('delete from audit_seal where workspace_id = $1', workspaceId);
    await tamper(
      "update audit_event set action = 'accounts.signed-out' where workspace_id = $1",
      workspaceId,
    );
    await tamper(
      'insert into audit_unsealed (workspace_id, event_id) select workspace_id, id from audit_event where workspace_id = $1',
      workspaceId,
    );
    await sealEvents(deps);
    expect(await faultsHere([head])).toEqual([
      { workspaceId, kind: 'other-chain', seq: 5, headAt: head.at },
    ]);
  });

  it('shows an end that another one took the place of, however many heads were kept of it since', async () => {
    const before = { ...(await headHere()), at: '2026-11-25T12:00:00.000Z' };
    const id = await idAt(5);
    await tamper('delete from audit_seal where workspace_id = $1 and seq = 5', workspaceId);
    await tamper('delete from audit_event where workspace_id = $1 and id = $2', workspaceId, id);
    await does('accounts.signed-out');
    await sealEvents(deps);
    const since = { ...(await headHere()), at: '2026-11-25T13:00:00.000Z' };
    expect(since.seq).toBe(before.seq);
    const shown = [{ workspaceId, kind: 'other-chain', seq: 5, headAt: before.at }];
    expect(await faultsHere([before, since])).toEqual(shown);
    // Of another machine's file, and of every quiet hour: the same head again says nothing more.
    const quietHour = { ...since, at: '2026-11-25T14:00:00.000Z' };
    expect(await faultsHere([since, before, quietHour])).toEqual(shown);
  });

  it('shows events that were kept from being sealed', async () => {
    await does();
    await tamper('delete from audit_unsealed where workspace_id = $1', workspaceId);
    expect(await faultsHere()).toEqual([{ workspaceId, kind: 'unsealed', count: 1 }]);
  });
});

describe('events that wait for their seal', () => {
  const since = '2026-11-25T12:00:00.000Z';
  const wait = async () => {
    await does();
    await tamper('update audit_event set at = $2 where workspace_id = $1', workspaceId, since);
    await does();
  };
  const waitingHere = async () =>
    (await verifySeals(deps, [])).waiting.filter((some) => some.workspaceId === workspaceId);

  it('are told as such where no worker runs, how many and since when, and are no fault', async () => {
    await wait();
    expect(await waitingHere()).toEqual([{ workspaceId, count: 2, since }]);
    expect(await faultsHere()).toEqual([]);
    await sealEvents(deps);
    expect(await waitingHere()).toEqual([]);
  });

  it('are a fault after a minute where one runs', async () => {
    await wait();
    const worker = new PatientPool(deps.databaseUrl, deps.log, 1);
    try {
      await worker.query('select 1');
      expect(await faultsHere()).toEqual([{ workspaceId, kind: 'overdue', count: 1, since }]);
      expect(await waitingHere()).toEqual([]);
    } finally {
      await worker.end();
    }
    await sealEvents(deps);
  });

  it('include those whose seals somebody deleted, which a kept head shows', async () => {
    await wait();
    await sealEvents(deps);
    const head = await headHere();
    await tamper('delete from audit_seal where workspace_id = $1', workspaceId);
    await sql`insert into audit_unsealed (workspace_id, event_id)
      select workspace_id, id from audit_event where workspace_id = ${workspaceId}`.execute(
      deps.db,
    );
    expect(await waitingHere()).toEqual([{ workspaceId, count: 2, since }]);
    expect(await faultsHere([head])).toEqual([
      { workspaceId, kind: 'cut', seq: 1, headAt: head.at },
    ]);
    await sealEvents(deps);
  });
});
