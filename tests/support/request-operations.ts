import { askAs, stillOnWireOf, type World } from './operations.ts';
import { fromWall, type Person } from './records.ts';

export const askForBlock = async (world: World, person: Person): Promise<void> => {
  const path = `/contacts/${person.contactId}/block-requests`;
  await askAs(world, 'ask', ['POST', path], { reason: 'fraud' });
};

export const askForReading = async (world: World, channelId: string): Promise<void> => {
  await askAs(world, 'read list', ['POST', `/channels/${channelId}/block-list/checks`]);
};

/** One of the requests that wait is approved, for a while or for good, or refused. */
export const decideRequest = async (world: World, people: readonly Person[]): Promise<void> => {
  const { random } = world;
  const { body } = await askAs(world, 'requests', ['GET', '/block-requests?limit=50']);
  const open = (Array.isArray(body['items']) ? body['items'] : []) as Record<string, unknown>[];
  const known = open.flatMap((request) => {
    const person = people.find((one) => one.contactId === request['contactId']);
    return person === undefined ? [] : [{ id: String(request['id']), person }];
  });
  if (known.length === 0) {
    return;
  }
  const { id, person } = random.pick(known);
  if (random.chance(0.4)) {
    await askAs(world, 'refuse', ['POST', `/block-requests/${id}/refuse`], {});
    return;
  }
  const wall = random.chance(0.5) ? Date.now() + random.between(400, 3_000) : null;
  const answer = await askAs(world, 'approve', ['POST', `/block-requests/${id}/approve`], {
    ...(wall === null ? {} : { expiresAt: new Date(wall).toISOString() }),
  });
  // Decided meanwhile by somebody else: nothing was done.
  if (answer.status === 200) {
    world.records.blocks.push({
      ...{ person, from: answer.from, to: answer.to, status: 200 },
      expiresAt: wall === null ? null : fromWall(wall),
      stillOnWire: stillOnWireOf(answer),
    });
  }
};
