import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { attemptsOf, block, unblock } from '#features/gate/server/testing.ts';
import { aStage } from './testing/stage.ts';
import { aPhone, aText, aThread, nowInSeconds, receive } from './testing.ts';

const stage = aStage();

const rowsOf = async (table: 'message' | 'upstream_heal', where: ReturnType<typeof sql>) => {
  const { rows } =
    await sql`select 1 from ${sql.table(table)} where workspace_id = ${stage.place.workspaceId} and ${where}`.execute(
      stage.deps.db,
    );
  return rows.length;
};

it('an import of what they wrote before the block is dropped, no attempt, and no reason to ask WhatsApp again', async () => {
  const phone = aPhone();
  const { contactId } = await aThread(stage.deps, stage.place, { phone });
  const { id } = await block(stage.deps, stage.admin, contactId);
  const imported = (secondsAgo: number) =>
    aText(stage.place, { phone }, { isHistory: true, timestamp: nowInSeconds() - secondsAgo });
  const [old, recent] = [imported(86_400), imported(-1)];
  await receive(stage.deps, old, recent);
  expect(await attemptsOf(stage.deps.db, id)).toEqual({ text: 1 });
  expect(await rowsOf('upstream_heal', sql`contact_id = ${contactId}`)).toBe(0);
  // What a block dropped stays dropped, however often it is imported.
  await unblock(stage.deps, stage.admin, contactId);
  await receive(stage.deps, old);
  expect(await rowsOf('message', sql`external_id = ${old.externalId}`)).toBe(0);
});
