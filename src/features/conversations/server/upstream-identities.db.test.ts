import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { block, blocksShown, healUpstream, upstreamRunner } from '#features/gate/server/testing.ts';
import type { Actor } from '#platform/server/deps.ts';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { aBsuid, aChannel, aNumberChange, aPhone, aText, type Place, receive } from './testing.ts';

/** Whoever is blocked and becomes known under another name is asked for under that name, on every list. */
let deps: TestDeps;
let place: Place;
let admin: Actor;
beforeAll(async () => {
  deps = await openTestDeps();
});
afterAll(() => deps.close());
beforeEach(async () => {
  const workspaceId = await aWorkspace(deps.db);
  place = await aChannel(deps.db, workspaceId);
  admin = await aMember(deps.db, workspaceId);
  await sql`delete from graphile_worker._private_jobs`.execute(deps.db);
  await sql`delete from upstream_heal`.execute(deps.db);
});

const holderOf = async (value: string): Promise<string> => {
  const { rows } = await sql<{ id: string }>`select contact_id as id from contact_identity
    where workspace_id = ${place.workspaceId} and value = ${value}`.execute(deps.db);
  return rows[0]?.id ?? '';
};
const statesOf = async (contactId: string) =>
  (await blocksShown(deps, place.workspaceId, contactId))[0]?.upstream.map(({ state }) => state);

it('is asked for under the new number on every number of ours', async () => {
  const second = await aChannel(deps.db, place.workspaceId);
  const person = { phone: aPhone(), bsuid: aBsuid() };
  await receive(deps, aText(place, person));
  await receive(deps, aText(second, person));
  const contactId = await holderOf(person.phone);
  const { asked, run } = upstreamRunner(deps);
  await block(deps, admin, contactId);
  await run('gate.apply-upstream', place);
  await run('gate.apply-upstream', second);
  expect(await statesOf(contactId)).toEqual(['applied', 'applied']);
  const next = { phone: aPhone(), bsuid: aBsuid() };
  await receive(deps, aNumberChange(place, person, next));
  expect(await statesOf(contactId)).toEqual(['pending', 'pending']);
  await healUpstream(deps);
  await run('gate.apply-upstream', place);
  await run('gate.apply-upstream', second);
  expect(asked(place.channelId)).toContain(next.phone);
  expect(asked(second.channelId)).toContain(next.phone);
  expect(await statesOf(contactId)).toEqual(['applied', 'applied']);
});

it('also within ten minutes of another try', async () => {
  const person = { phone: aPhone(), bsuid: aBsuid() };
  await receive(deps, aText(place, person));
  const contactId = await holderOf(person.phone);
  const { asked, run } = upstreamRunner(deps);
  await block(deps, admin, contactId);
  await receive(deps, aText(place, person));
  await healUpstream(deps);
  await run('gate.apply-upstream', place);
  const next = { phone: aPhone(), bsuid: aBsuid() };
  await receive(deps, aNumberChange(place, person, next));
  await healUpstream(deps);
  await run('gate.apply-upstream', place);
  expect(asked(place.channelId)).toContain(next.phone);
});

it('by the number that a dropped message taught, on the other number too', async () => {
  const second = await aChannel(deps.db, place.workspaceId);
  const hidden = { bsuid: aBsuid() };
  await receive(deps, aText(place, hidden));
  await receive(deps, aText(second, hidden));
  const contactId = await holderOf(hidden.bsuid);
  const { asked, run } = upstreamRunner(deps);
  await block(deps, admin, contactId);
  await run('gate.apply-upstream', place);
  await run('gate.apply-upstream', second);
  const phone = aPhone();
  await receive(deps, aText(place, { ...hidden, phone }));
  await healUpstream(deps);
  await run('gate.apply-upstream', second);
  expect(asked(second.channelId)).toContain(phone);
});

it('by the daily check, when nobody was told', async () => {
  const person = { phone: aPhone(), bsuid: aBsuid() };
  await receive(deps, aText(place, person));
  const contactId = await holderOf(person.phone);
  const { asked, run } = upstreamRunner(deps);
  await block(deps, admin, contactId);
  await run('gate.apply-upstream', place);
  const next = { phone: aPhone(), bsuid: aBsuid() };
  await receive(deps, aNumberChange(place, person, next));
  await sql`delete from upstream_heal`.execute(deps.db);
  await run('gate.check-list', place);
  await run('gate.apply-upstream', place);
  expect(asked(place.channelId)).toContain(next.phone);
});

it('leaves the try that the next message is good for', async () => {
  const second = await aChannel(deps.db, place.workspaceId);
  const person = { phone: aPhone(), bsuid: aBsuid() };
  await receive(deps, aText(place, person));
  await receive(deps, aText(second, person));
  const contactId = await holderOf(person.phone);
  await block(deps, admin, contactId);
  const next = { phone: aPhone(), bsuid: aBsuid() };
  await receive(deps, aNumberChange(place, person, next));
  await healUpstream(deps);
  await receive(deps, aText(second, next));
  const { rows } = await sql<{
    channelId: string;
  }>`select channel_id as "channelId" from upstream_heal
    where contact_id = ${contactId} and is_due`.execute(deps.db);
  expect(rows).toEqual([{ channelId: second.channelId }]);
});
