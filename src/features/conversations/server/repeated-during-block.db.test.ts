import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { attemptsOf, block, unblock } from '#features/gate/server/testing.ts';
import { aStage } from './testing/stage.ts';
import { aPhone, aText, aThread, receive } from './testing.ts';

const stage = aStage();

const countOf = async (table: 'message' | 'upstream_heal' | 'dropped_item', where = sql`true`) => {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}
    where workspace_id = ${stage.place.workspaceId} and ${where}`.execute(stage.deps.db);
  return rows[0]?.n;
};

it('what is here already and comes again during the block is no attempt, and is not remembered as dropped', async () => {
  const phone = aPhone();
  const { contactId } = await aThread(stage.deps, stage.place, { phone });
  const before = aText(stage.place, { phone });
  await receive(stage.deps, before);
  const droppedBefore = await countOf('dropped_item');
  const { id } = await block(stage.deps, stage.admin, contactId);
  await receive(stage.deps, before);
  expect(await attemptsOf(stage.deps.db, id)).toEqual({});
  expect(await countOf('dropped_item')).toBe(droppedBefore);
  expect(await countOf('upstream_heal', sql`contact_id = ${contactId}`)).toBe(0);
  // Beside something new, in one batch.
  const fresh = aText(stage.place, { phone });
  await receive(stage.deps, before, fresh);
  expect(await attemptsOf(stage.deps.db, id)).toEqual({ text: 1 });
  expect(await countOf('dropped_item')).toBe((droppedBefore ?? 0) + 1);
  await unblock(stage.deps, stage.admin, contactId);
  await receive(stage.deps, before, fresh);
  expect(await countOf('message', sql`external_id = ${before.externalId}`)).toBe(1);
  expect(await countOf('message', sql`external_id = ${fresh.externalId}`)).toBe(0);
});
