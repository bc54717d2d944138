import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aPhone, aThread, type Place } from '#features/conversations/server/testing.ts';
import { erasureOn } from './testing/erasure-world.ts';
import { startTestApp, type TestApp } from './testing/test-app.ts';

let app: TestApp;
let place: Place;
beforeAll(async () => {
  app = await startTestApp();
  place = { workspaceId: app.a.id, channelId: app.a.number.channelId };
});
afterAll(() => app.close());

const { call, erases } = erasureOn(
  () => app,
  () => place,
);

describe('after a person was erased', () => {
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
