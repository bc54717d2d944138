import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Block, BlockDifference, BlockList } from '#features/gate/contract.ts';
import type { Page } from '#platform/server/cursor.ts';
import type { Simulator } from '../../../simulator/start-simulator.ts';
import type { Answer, Caller } from './testing/http-client.ts';
import { aTemplateWorld, patient, type TemplateWorld } from './testing/template-world.ts';
import { aThread } from './testing/test-workspace.ts';

/** WhatsApp's own list from the API to the simulated WhatsApp and back, with the worker in between. */
const aWorld = aTemplateWorld();
let world: TemplateWorld;
let simulator: Simulator;
let admin: Caller;
let path: string;
beforeAll(() => {
  world = aWorld();
  simulator = world.simulator;
  admin = world.workspace.team.administrator;
  path = `/api/v1/channels/${world.workspace.number.channelId}/block-list`;
});

const call = (method: string, where: string, body?: unknown): Promise<Answer> =>
  world.server.http(where, { ...admin, method, ...(body === undefined ? {} : { body }) });
const listed = (): number =>
  simulator.world.channels.get(world.workspace.number.phoneNumberId)?.blockList.size ?? -1;

const control = async (where: string, body: object, method = 'POST'): Promise<void> => {
  const response = await fetch(`${simulator.url}/_sim${where}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(response.ok, await response.clone().text()).toBe(true);
};
/** The person has written to us, as WhatsApp sees it too. */
const known = async (secondsAgo: number) => {
  const { deps, http } = world.server;
  const thread = await aThread(deps, http, world.workspace);
  const lastInboundAt = new Date(Date.now() - secondsAgo * 1_000).toISOString();
  const { phone: number, bsuid: userId } = thread.person;
  await control('/phones', { number, userId, lastInboundAt });
  return thread;
};
const put = (contactId: string, more: object = {}) =>
  call('PUT', `/api/v1/contacts/${contactId}/block`, { reason: 'spam', ...more });
const stateOf = async (contactId: string): Promise<string | undefined> => {
  const { block } = (await call('GET', `/api/v1/contacts/${contactId}/block`)).json as {
    block: Block | null;
  };
  return block?.upstream[0]?.state;
};
const differences = async (side: string): Promise<BlockDifference[]> =>
  ((await call('GET', `${path}/differences?side=${side}`)).json as Page<BlockDifference>).items;
const list = async () => (await call('GET', path)).json as BlockList;

describe('the second layer', () => {
  it('is applied, and taken off again', async () => {
    const { contactId } = await known(60);
    const before = listed();
    const answer = await put(contactId);
    expect(answer.status).toBe(200);
    await vi.waitFor(async () => expect(await stateOf(contactId)).toBe('applied'), patient);
    expect(listed()).toBe(before + 1);
    expect((await call('DELETE', `/api/v1/contacts/${contactId}/block`)).status).toBe(200);
    await vi.waitFor(() => expect(listed()).toBe(before), patient);
  });

  it('waits for who was silent too long, and heals when they write', async () => {
    const { contactId, person } = await known(90_000);
    const before = listed();
    await put(contactId);
    await vi.waitFor(
      async () => expect(await stateOf(contactId)).toBe('waiting-for-message'),
      patient,
    );
    await control('/inbound', { from: person.phone, text: 'ainda aqui', wait: 'delivered' });
    await vi.waitFor(async () => expect(await stateOf(contactId)).toBe('applied'), patient);
    expect(listed()).toBe(before + 1);
  });

  it('shows who is there and not here; taken over or taken off', async () => {
    const one = await known(60);
    const two = await known(60);
    const graph = `${simulator.url}/v25.0/${world.workspace.number.phoneNumberId}/block_users`;
    const block_users = [one, two].map(({ person }) => ({ user: person.phone }));
    await fetch(graph, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer access-token-of-1' },
      body: JSON.stringify({ messaging_product: 'whatsapp', block_users }),
    });
    expect((await call('POST', `${path}/checks`)).status).toBe(202);
    await vi.waitFor(async () => expect(await differences('there')).toHaveLength(2), patient);
    const [first, second] = await differences('there');
    const adopted = await call('POST', `/api/v1/block-differences/${first?.id}/adoption`, {
      reason: 'fraud',
    });
    expect(adopted.json).toMatchObject({
      block: { contactId: first?.contactId, reason: 'fraud', upstream: [{ state: 'applied' }] },
    });
    const before = listed();
    expect((await call('DELETE', `/api/v1/block-differences/${second?.id}`)).status).toBe(204);
    await vi.waitFor(async () => expect(await differences('there')).toEqual([]), patient);
    expect(listed()).toBe(before - 1);
    expect((await list()).onlyThere).toBe(0);
  });

  it('off, leaves nothing of ours on the list; on, everything comes back', async () => {
    await vi.waitFor(async () => expect((await list()).applied).toBeGreaterThan(0), patient);
    const { applied } = await list();
    expect((await call('PATCH', path, { isOn: false })).json).toMatchObject({ isOn: false });
    await vi.waitFor(() => expect(listed()).toBe(0), patient);
    expect((await call('POST', `${path}/checks`)).code).toBe('block-list-off');
    await call('PATCH', path, { isOn: true });
    await vi.waitFor(() => expect(listed()).toBe(applied), patient);
  });
});
