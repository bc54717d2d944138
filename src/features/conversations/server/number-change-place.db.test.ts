import { sql } from 'kysely';
import { expect, it } from 'vitest';
import type { PersonRef } from '#channels/channel.ts';
import { aStage } from './testing/stage.ts';
import { aNumberChange, aPhone, aText, nowInSeconds, receive } from './testing.ts';

const stage = aStage();

const says = (person: PersonRef, text: string, secondsAgo: number) =>
  aText(stage.place, person, {
    content: { kind: 'text', text },
    timestamp: nowInSeconds() - secondsAgo,
  });

/** The lines of the conversation that this message is in, oldest first. */
const linesWith = async (externalId: string): Promise<string[]> => {
  const { rows } = await sql<{ line: string; isAhead: boolean }>`
    select coalesce(m.text, m.payload->>'event') as line, m.at > clock_timestamp() as "isAhead"
      from message m join message o on o.conversation_id = m.conversation_id
     where o.external_id = ${externalId} order by m.at, m.id`.execute(stage.deps.db);
  return rows.map(({ line, isAhead }) => (isAhead ? `${line}, ahead` : line));
};

it.each([
  ['told ten minutes late', 600, 599],
  ['of the same second as what follows', 600, 600],
  ['told by a clock that is ahead', -600, -601],
])(
  'a change of number stands between what was said before and after it: %s',
  async (_, changed, after) => {
    const [person, next] = [{ phone: aPhone() }, { phone: aPhone() }];
    const before = says(person, 'antes', 1_200);
    await receive(stage.deps, before);
    const change = aNumberChange(stage.place, person, next, changed);
    await receive(stage.deps, change, says(next, 'depois', after));
    expect(await linesWith(before.externalId)).toEqual(['antes', 'number-changed', 'depois']);
  },
);

it('a change of number that is told late makes nothing unread and moves no conversation', async () => {
  const person = { phone: aPhone() };
  const text = says(person, 'antes', 1_200);
  await receive(stage.deps, text);
  const state = () =>
    sql`select v.unread_count, v.last_message_id, v.last_activity_at from conversation v
      join message m on m.conversation_id = v.id where m.external_id = ${text.externalId}`.execute(
      stage.deps.db,
    );
  const before = await state();
  await receive(stage.deps, aNumberChange(stage.place, person, { phone: aPhone() }, 600));
  expect(await linesWith(text.externalId)).toEqual(['antes', 'number-changed']);
  expect((await state()).rows).toEqual(before.rows);
});
