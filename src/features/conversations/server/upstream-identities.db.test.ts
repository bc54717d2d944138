import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { findOrCreatePerson } from '#features/contacts/server/index.ts';
import {
  block,
  blocksShown,
  healUpstream,
  unblock,
  upstreamRunner,
} from '#features/gate/server/testing.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { startConversation } from './start-conversation.ts';
import { anUpstreamStage, holderOf } from './testing/stage.ts';
import { aBsuid, aChannel, aNumberChange, aPhone, aText, receive } from './testing.ts';

/** Whoever is blocked and becomes known under another name is asked for under that name, on every list. */
const stage = anUpstreamStage();

const statesOf = async (contactId: string) =>
  (await blocksShown(stage.deps, stage.place.workspaceId, contactId))[0]?.upstream.map(
    ({ state }) => state,
  );

it('is asked for under the new number on every number of ours', async () => {
  const second = await aChannel(stage.deps.db, stage.place.workspaceId);
  const person = { phone: aPhone(), bsuid: aBsuid() };
  await receive(stage.deps, aText(stage.place, person));
  await receive(stage.deps, aText(second, person));
  const contactId = await holderOf(stage, person.phone);
  const { asked, run } = upstreamRunner(stage.deps);
  await block(stage.deps, stage.admin, contactId);
  await run('gate.apply-upstream', stage.place);
  await run('gate.apply-upstream', second);
  expect(await statesOf(contactId)).toEqual(['applied', 'applied']);
  const next = { phone: aPhone(), bsuid: aBsuid() };
  await receive(stage.deps, aNumberChange(stage.place, person, next));
  expect(await statesOf(contactId)).toEqual(['pending', 'pending']);
  await healUpstream(stage.deps);
  await run('gate.apply-upstream', stage.place);
  await run('gate.apply-upstream', second);
  expect(asked(stage.place.channelId)).toContain(next.phone);
  expect(asked(second.channelId)).toContain(next.phone);
  expect(await statesOf(contactId)).toEqual(['applied', 'applied']);
});

it('also within ten minutes of another try', async () => {
  const person = { phone: aPhone(), bsuid: aBsuid() };
  await receive(stage.deps, aText(stage.place, person));
  const contactId = await holderOf(stage, person.phone);
  const { asked, run } = upstreamRunner(stage.deps);
  await block(stage.deps, stage.admin, contactId);
  await receive(stage.deps, aText(stage.place, person));
  await healUpstream(stage.deps);
  await run('gate.apply-upstream', stage.place);
  const next = { phone: aPhone(), bsuid: aBsuid() };
  await receive(stage.deps, aNumberChange(stage.place, person, next));
  await healUpstream(stage.deps);
  await run('gate.apply-upstream', stage.place);
  expect(asked(stage.place.channelId)).toContain(next.phone);
});

it('by the number that a dropped message taught, on the other number too', async () => {
  const second = await aChannel(stage.deps.db, stage.place.workspaceId);
  const hidden = { bsuid: aBsuid() };
  await receive(stage.deps, aText(stage.place, hidden));
  await receive(stage.deps, aText(second, hidden));
  const contactId = await holderOf(stage, hidden.bsuid);
  const { asked, run } = upstreamRunner(stage.deps);
  await block(stage.deps, stage.admin, contactId);
  await run('gate.apply-upstream', stage.place);
  await run('gate.apply-upstream', second);
  const phone = aPhone();
  await receive(stage.deps, aText(stage.place, { ...hidden, phone }));
  await healUpstream(stage.deps);
  await run('gate.apply-upstream', second);
  expect(asked(second.channelId)).toContain(phone);
});

it('by the daily check, when nobody was told', async () => {
  const person = { phone: aPhone(), bsuid: aBsuid() };
  await receive(stage.deps, aText(stage.place, person));
  const contactId = await holderOf(stage, person.phone);
  const { asked, run } = upstreamRunner(stage.deps);
  await block(stage.deps, stage.admin, contactId);
  await run('gate.apply-upstream', stage.place);
  const next = { phone: aPhone(), bsuid: aBsuid() };
  await receive(stage.deps, aNumberChange(stage.place, person, next));
  await sql`delete from upstream_heal`.execute(stage.deps.db);
  await run('gate.check-list', stage.place);
  await run('gate.apply-upstream', stage.place);
  expect(asked(stage.place.channelId)).toContain(next.phone);
});

it('leaves the try that the next message is good for', async () => {
  const second = await aChannel(stage.deps.db, stage.place.workspaceId);
  const person = { phone: aPhone(), bsuid: aBsuid() };
  await receive(stage.deps, aText(stage.place, person));
  await receive(stage.deps, aText(second, person));
  const contactId = await holderOf(stage, person.phone);
  await block(stage.deps, stage.admin, contactId);
  const next = { phone: aPhone(), bsuid: aBsuid() };
  await receive(stage.deps, aNumberChange(stage.place, person, next));
  await healUpstream(stage.deps);
  await receive(stage.deps, aText(second, next));
  const { rows } = await sql<{
    channelId: string;
  }>`select channel_id as "channelId" from upstream_heal
    where contact_id = ${contactId} and is_due`.execute(stage.deps.db);
  expect(rows).toEqual([{ channelId: second.channelId }]);
});

it('on a number through which the first conversation came during the block', async () => {
  const second = await aChannel(stage.deps.db, stage.place.workspaceId);
  const person = { phone: aPhone(), bsuid: aBsuid() };
  await receive(stage.deps, aText(stage.place, person));
  const contactId = await holderOf(stage, person.phone);
  const { asked, run } = upstreamRunner(stage.deps);
  await block(stage.deps, stage.admin, contactId);
  await run('gate.apply-upstream', stage.place);
  const content = { kind: 'text', text: 'do celular' } as const;
  await receive(stage.deps, aText(second, person, { direction: 'out', content }));
  const third = await aChannel(stage.deps.db, stage.place.workspaceId);
  const input = { phone: `+${person.phone}`, name: null, channelId: third.channelId };
  await inTx(stage.deps, stage.admin, (ctx) => startConversation(ctx, input));
  await healUpstream(stage.deps);
  for (const place of [second, third]) {
    await run('gate.apply-upstream', place);
    expect(asked(place.channelId)).toEqual([person.phone]);
  }
  expect(await statesOf(contactId)).toEqual(['applied', 'applied', 'applied']);
});

it('again where they wrote to us lately without a conversation', async () => {
  const person = { phone: aPhone() };
  const [contactId = ''] = await inTx(stage.deps, stage.admin, (ctx) =>
    findOrCreatePerson(ctx, person),
  );
  const { asked, run } = upstreamRunner(stage.deps);
  await block(stage.deps, stage.admin, contactId);
  await receive(stage.deps, aText(stage.place, person));
  await healUpstream(stage.deps);
  await run('gate.apply-upstream', stage.place);
  expect(asked(stage.place.channelId)).toEqual([person.phone]);
  await unblock(stage.deps, stage.admin, contactId);
  await run('gate.apply-upstream', stage.place);
  await block(stage.deps, stage.admin, contactId);
  await run('gate.apply-upstream', stage.place);
  expect(asked(stage.place.channelId)).toEqual([person.phone, person.phone]);
  expect(await statesOf(contactId)).toEqual(['applied']);
});
