import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  aNumberChange,
  aPhone,
  aThread,
  type Place,
  receive,
} from '#features/conversations/server/testing.ts';
import { erasureOn } from './testing/erasure-world.ts';
import { startTestApp, type TestApp } from './testing/test-app.ts';

let app: TestApp;
let place: Place;
beforeAll(async () => {
  app = await startTestApp();
  place = { workspaceId: app.a.id, channelId: app.a.number.channelId };
});
afterAll(() => app.close());

const { call, erases, blocks, writes, left } = erasureOn(
  () => app,
  () => place,
);

describe('after a person was erased', () => {
  it('whoever was blocked is kept out under what the names of one batch lead to', async () => {
    const [phone, next, last] = [aPhone(), aPhone(), aPhone()];
    const { contactId } = await aThread(app.deps, place, { phone });
    await blocks(contactId);
    await erases(contactId);
    // Told of in the other order as well.
    await receive(
      app.deps,
      aNumberChange(place, { phone: next }, { phone: last }),
      aNumberChange(place, { phone }, { phone: next }),
    );
    expect(await writes({ phone: last })).toBeNull();
    expect(await left(phone, next, last)).toEqual([]);
  });

  it('a question whether to block them is shown to nobody', async () => {
    const { contactId } = await aThread(app.deps, place, { phone: aPhone() });
    const asks = { reason: 'fraud', note: 'motivo' };
    const { agent } = app.a.team;
    expect((await call('POST', `contacts/${contactId}/block-requests`, asks, agent)).status).toBe(
      201,
    );
    await erases(contactId);
    for (const by of [agent, app.a.team.administrator]) {
      const listed = await call('GET', 'block-requests?state=all', undefined, by);
      expect(listed.json).toMatchObject({ items: [] });
    }
    const own = await call('GET', 'block-requests/own', undefined, agent);
    expect(own.json).toMatchObject({ items: [] });
  });
});
