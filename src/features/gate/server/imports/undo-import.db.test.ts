import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { inTx } from '#platform/server/in-tx.ts';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { eventsOf, expectOneEvent } from '#platform/server/testing/audit-trail.ts';
import { blockContact } from '../block-contact.ts';
import { reviewBlock } from '../list/review-block.ts';
import { findActiveBlock } from '../queries.ts';
import { aContactOf, aGateStage } from '../testing/gate-stage.ts';
import { block, unblock } from '../testing.ts';
import { forgetOldImports } from './import-store.ts';
import { mostTries } from './job-names.ts';
import { cancelImport } from './run-import.ts';
import {
  apply,
  jobsNamed,
  read,
  rowsOf,
  runOnce,
  start,
  startUndoing,
  stateOf,
  undo,
  undoOnce,
} from './testing/import-world.ts';
import { previewUndo } from './undo-queries.ts';

const stage = aGateStage();

const phoneOf = (n: number): string => `551191${String(1_110_000 + n).padStart(7, '0')}`;
const aContact = (phone: string): Promise<string> => aContactOf(stage, [{ phone }]);
const people = (count: number): Promise<string[]> =>
  Promise.all(Array.from({ length: count }, (_, n) => aContact(phoneOf(n))));
const fileOf = (count: number, reason = 'spam', from = 0): string =>
  `número;motivo\n${Array.from({ length: count }, (_, n) => `${phoneOf(from + n)};${reason}`).join('\n')}\n`;

/** A file read and applied. */
const imported = async (file: string, by = stage.admin): Promise<string> => {
  const { id } = await read(stage.deps, by, file);
  await apply(stage.deps, by, id);
  return id;
};
const previewOf = async (id: string) =>
  previewUndo(
    stage.deps.db,
    stage.workspaceId,
    id,
    (await stateOf(stage.deps, stage.admin, id)).done.blocked,
  );
const activeOf = (contactId: string) =>
  findActiveBlock(stage.deps.db, stage.workspaceId, contactId);
const areBlocked = async (contactIds: readonly string[]): Promise<boolean[]> =>
  Promise.all(contactIds.map(async (contactId) => (await activeOf(contactId)) !== null));
const at = (ids: readonly string[], n: number): string => ids[n] ?? '';

describe('undoing an import', () => {
  it('lifts what it made, each as any block is lifted', async () => {
    const ids = await people(2);
    const id = await imported(fileOf(2));
    expect(await previewOf(id)).toEqual({ standing: 2, confirmed: 0, ended: 0, forgotten: 0 });
    const epochs = () =>
      sql`select block_epoch from contact where workspace_id = ${stage.workspaceId}`
        .execute(stage.deps.db)
        .then(({ rows }) => rows);
    const before = await epochs();

    const other = await aMember(stage.deps.db, stage.workspaceId);
    const done = await undo(stage.deps, other, id);
    expect(done).toMatchObject({
      state: 'done',
      done: { blocked: 2 },
      undo: { state: 'done', all: 2, lifted: 2, kept: 0, startedBy: { id: other.id } },
    });
    expect(await areBlocked(ids)).toEqual([false, false]);
    expect(await previewOf(id)).toEqual({ standing: 0, confirmed: 0, ended: 2, forgotten: 0 });
    // The epoch stays where the block put it: what waited when it came does not leave by itself (G4).
    expect(await epochs()).toEqual(before);
    const lifts = await eventsOf(stage.deps.db, stage.workspaceId, 'gate.contact-unblocked');
    expect(lifts.map(({ actor, subject }) => [actor, subject]).sort()).toEqual(
      ids.map((contactId) => [other.id, contactId]).sort(),
    );
    const due = await sql<{ id: string }>`select distinct contact_id as id from journal_contact_due
      where workspace_id = ${stage.workspaceId} order by 1`.execute(stage.deps.db);
    expect(due.rows.map((row) => row.id)).toEqual([...ids].sort());
    const started = { actor: other.id, details: { importId: id, blocks: 2 } };
    await expectOneEvent(stage.deps.db, stage.workspaceId, 'gate.import-undo-started', started, [
      'bloqueios',
    ]);
    const ended = { actor: other.id, details: { importId: id, lifted: 2, kept: 0 } };
    await expectOneEvent(stage.deps.db, stage.workspaceId, 'gate.import-undone', ended, [
      'bloqueios',
    ]);
  });

  it('leaves alone who was blocked before, changed, confirmed, reviewed, lifted or blocked anew since', async () => {
    const ids = await people(10);
    const other = await aMember(stage.deps.db, stage.workspaceId);
    await block(stage.deps, stage.admin, at(ids, 0), { reason: 'spam' });
    await block(stage.deps, stage.admin, at(ids, 1), { reason: 'fraud' });
    const id = await imported(fileOf(10));
    expect((await stateOf(stage.deps, stage.admin, id)).done).toMatchObject({
      blocked: 8,
      edited: 1,
      unchanged: 1,
    });
    // Changed: by somebody else, and by the very person who imported.
    await block(stage.deps, other, at(ids, 2), { reason: 'fraud' });
    await block(stage.deps, stage.admin, at(ids, 3), {
      reason: 'sexual-harassment',
      note: 'este é de verdade',
    });
    // Said by somebody else too, and looked at and kept.
    await block(stage.deps, other, at(ids, 4), { reason: 'spam' });
    await inTx(stage.deps, stage.admin, (ctx) => reviewBlock(ctx, at(ids, 5)));
    // What a colleague asks for is given by whoever imported.
    await block(stage.deps, stage.admin, at(ids, 8), { keepsStanding: true });
    // Lifted, and lifted and made anew.
    await unblock(stage.deps, other, at(ids, 6));
    await unblock(stage.deps, stage.admin, at(ids, 7));
    const anew = await block(stage.deps, stage.admin, at(ids, 7), { reason: 'spam' });

    expect(await previewOf(id)).toEqual({ standing: 1, confirmed: 5, ended: 2, forgotten: 0 });
    expect((await undo(stage.deps, stage.admin, id)).undo).toMatchObject({
      state: 'done',
      all: 1,
      lifted: 1,
    });
    const blocked = [true, true, true, true, true, true, false, true, true, false];
    expect(await areBlocked(ids)).toEqual(blocked);
    expect(await activeOf(at(ids, 7))).toMatchObject({ id: anew.id });
  });

  it('leaves alone whom another import names too, as long as that one is not undone', async () => {
    const ids = await people(4);
    const wrong = await imported(fileOf(3));
    const right = await imported(fileOf(3, 'spam', 1));
    expect(await previewOf(wrong)).toMatchObject({ standing: 1, confirmed: 2 });
    await undo(stage.deps, stage.admin, wrong);
    expect(await areBlocked(ids)).toEqual([false, true, true, true]);
    await undo(stage.deps, stage.admin, right);
    expect(await areBlocked(ids)).toEqual([false, true, true, false]);
    const again = await undo(stage.deps, stage.admin, wrong);
    expect(again.undo).toMatchObject({ state: 'done', all: 3, lifted: 3, kept: 0 });
    expect(await areBlocked(ids)).toEqual([false, false, false, false]);
  });

  it('that somebody is quicker than keeps what they said', async () => {
    const ids = await people(2);
    const other = await aMember(stage.deps.db, stage.workspaceId);
    const id = await imported(fileOf(2));
    await startUndoing(stage.deps, stage.admin, id);
    await block(stage.deps, other, at(ids, 0), { reason: 'spam' });
    await undoOnce(stage.deps, stage.admin, id);
    expect((await stateOf(stage.deps, stage.admin, id)).undo).toMatchObject({
      state: 'done',
      lifted: 1,
    });
    expect(await areBlocked(ids)).toEqual([true, false]);
  });

  it('asks once more with the person locked: a change that commits meanwhile stands', async () => {
    const ids = await people(2);
    const id = await imported(fileOf(2));
    await startUndoing(stage.deps, stage.admin, id);
    let undoing: Promise<void> | undefined;
    await inTx(stage.deps, stage.admin, async (ctx) => {
      const change = { reason: 'fraud', note: null, expiresAt: null } as const;
      await blockContact(ctx, { ...change, contactId: at(ids, 0) });
      undoing = undoOnce(stage.deps, stage.admin, id);
      await sleep(300);
    });
    await undoing;
    const { undo: outcome } = await stateOf(stage.deps, stage.admin, id);
    expect(outcome).toMatchObject({ state: 'done', all: 2, lifted: 1, kept: 1 });
    expect(await areBlocked(ids)).toEqual([true, false]);
  });

  it('of an import that was cancelled half way lifts the half that was done', async () => {
    const { id } = await read(stage.deps, stage.admin, fileOf(200));
    await start(stage.deps, stage.admin, id);
    await expect(startUndoing(stage.deps, stage.admin, id)).rejects.toMatchObject({
      code: 'import-not-ended',
      status: 409,
    });
    await sql`create function fail_from_150() returns trigger language plpgsql as $$
        begin
          if (select count(*) from block where workspace_id = new.workspace_id) >= 150 then raise exception 'no room left'; end if;
          return new;
        end $$;
      create trigger fail_from_150 before insert on block for each row execute function fail_from_150();`.execute(
      stage.deps.db,
    );
    await expect(runOnce(stage.deps, stage.admin, id)).rejects.toThrow('no room left');
    await sql`drop trigger fail_from_150 on block`.execute(stage.deps.db);
    await inTx(stage.deps, stage.admin, (ctx) => cancelImport(ctx, id));
    expect(await previewOf(id)).toMatchObject({ standing: 150 });
    expect((await undo(stage.deps, stage.admin, id)).undo).toMatchObject({ lifted: 150, kept: 0 });
  });
});

describe('a process that dies', () => {
  const breakAfter = (lifts: number) =>
    sql`create or replace function fail_lift() returns trigger language plpgsql as $$
        begin
          if (select count(*) from block where workspace_id = new.workspace_id and lifted_at is not null) >= ${sql.lit(lifts)}
            then raise exception 'gone away'; end if;
          return new;
        end $$;
      create or replace trigger fail_lift before update of lifted_at on block for each row execute function fail_lift();`.execute(
      stage.deps.db,
    );
  const mend = () => sql`drop trigger fail_lift on block`.execute(stage.deps.db);
  const liftsOf = async (): Promise<number> =>
    (await eventsOf(stage.deps.db, stage.workspaceId, 'gate.contact-unblocked')).length;

  it('loses no more than a batch, and the next goes on; twice does nothing twice', async () => {
    const id = await imported(fileOf(130));
    await startUndoing(stage.deps, stage.admin, id);
    await startUndoing(stage.deps, stage.admin, id);
    expect(await jobsNamed(stage.deps, 'gate.undo-import')).toContainEqual({
      workspaceId: stage.workspaceId,
      importId: id,
    });
    await breakAfter(70);
    await expect(undoOnce(stage.deps, stage.admin, id)).rejects.toThrow('gone away');
    await mend();
    expect((await stateOf(stage.deps, stage.admin, id)).undo).toMatchObject({
      state: 'running',
      lifted: 50,
    });
    await Promise.all([
      undoOnce(stage.deps, stage.admin, id),
      undoOnce(stage.deps, stage.admin, id),
    ]);
    const ended = await stateOf(stage.deps, stage.admin, id);
    expect(ended.undo).toMatchObject({ state: 'done', all: 130, lifted: 130, kept: 0 });
    expect(await liftsOf()).toBe(130);
    // Once more: there is nothing to lift, and nothing is told.
    expect(await startUndoing(stage.deps, stage.admin, id)).toEqual(ended);
    await undoOnce(stage.deps, stage.admin, id);
    expect(await eventsOf(stage.deps.db, stage.workspaceId, 'gate.import-undone')).toHaveLength(1);
  });

  it('at every try ends it, and it can be asked for again', async () => {
    const id = await imported(fileOf(60));
    await startUndoing(stage.deps, stage.admin, id);
    await breakAfter(55);
    await expect(undoOnce(stage.deps, stage.admin, id, mostTries)).rejects.toThrow('gone away');
    await mend();
    expect((await stateOf(stage.deps, stage.admin, id)).undo).toMatchObject({
      state: 'failed',
      lifted: 50,
    });
    const failed = { actor: null, details: { importId: id, lifted: 50, kept: 0 } };
    await expectOneEvent(stage.deps.db, stage.workspaceId, 'gate.import-undo-failed', failed);
    expect((await undo(stage.deps, stage.admin, id)).undo).toMatchObject({ all: 60, lifted: 60 });
  });
});

describe('who may, and how long', () => {
  it('is administrators, each in their workspace', async () => {
    const id = await imported(fileOf(1));
    for (const role of ['agent', 'moderator'] as const) {
      const member = await aMember(stage.deps.db, stage.workspaceId, role);
      await expect(startUndoing(stage.deps, member, id)).rejects.toMatchObject({
        code: 'forbidden',
      });
    }
    const foreign = await aMember(stage.deps.db, await aWorkspace(stage.deps.db));
    const theirs = startUndoing(stage.deps, foreign, id);
    await expect(theirs).rejects.toMatchObject({ code: 'block-import-not-found', status: 404 });
    const [row] = await rowsOf(stage.deps, stage.admin, id);
    expect(await areBlocked([row?.contactId ?? ''])).toEqual([true]);
  });

  it('is as long as it is known whom a row was about', async () => {
    const id = await imported(fileOf(3));
    await sql`update block_import set ended_at = ended_at - interval '31 days' where id = ${id}`.execute(
      stage.deps.db,
    );
    await inTx(stage.deps, stage.admin, ({ tx }) => forgetOldImports(tx));
    expect(await previewOf(id)).toEqual({ standing: 0, confirmed: 0, ended: 0, forgotten: 3 });
    expect((await startUndoing(stage.deps, stage.admin, id)).undo).toBeNull();
  });
});
