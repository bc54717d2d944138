import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type NumbersApp, numbersPath, startNumbersApp } from './testing/numbers-app.ts';
import { changeFor, deliver, type TestNumber } from './testing/signed-webhook.ts';

let numbers: NumbersApp;

beforeAll(async () => {
  numbers = await startNumbersApp();
});
afterAll(() => numbers.close());

/** As the number stands at the simulated WhatsApp. */
const atMeta = async (number: TestNumber, patch: object): Promise<void> => {
  const response = await fetch(`${numbers.simulator.url}/_sim/channels/${number.phoneNumberId}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(patch),
  });
  expect(response.status).toBe(200);
};
const ask = (id: string, part: string) =>
  numbers.asAdministrator('POST', `/${id}/app-sync`, { part });
const never = { historyAskedAt: null, contactsAskedAt: null, contactsAt: null };

describe('what the Business app knows', () => {
  it('is told apart from a number that is not on it', async () => {
    const { view, test } = await numbers.connected();
    const inspect = async () =>
      (await numbers.asAdministrator('POST', `/${view.id}/inspection`)).json;
    expect(await inspect()).toMatchObject({ check: { facts: { isOnBusinessApp: false } } });
    expect((await ask(view.id, 'history')).code).toBe('not-on-business-app');
    await atMeta(test, { coexistence: true });
    expect(await inspect()).toMatchObject({ check: { facts: { isOnBusinessApp: true } } });
    expect((await numbers.read(view.id)).appSync).toEqual(never);
  });

  it('is asked for, each part by itself, noted and audited, and once', async () => {
    const { view, test } = await numbers.connected();
    await atMeta(test, { coexistence: true });
    expect((await ask(view.id, 'history')).status).toBe(204);
    const after = await numbers.read(view.id);
    expect(after.appSync).toMatchObject({ historyAskedAt: expect.any(String), contactsAt: null });
    expect(after.appSync.contactsAskedAt).toBeNull();
    expect((await ask(view.id, 'contacts')).status).toBe(204);
    expect((await numbers.read(view.id)).appSync.contactsAskedAt).not.toBeNull();
    const again = await ask(view.id, 'history');
    expect([again.status, again.code]).toEqual([409, 'sync-already-asked']);

    const entry = {
      type: 'contact',
      action: 'add',
      contact: { full_name: 'Rita do ateliê', phone_number: '5511977770001' },
      metadata: { timestamp: String(Math.floor(Date.now() / 1000)) },
    };
    const { http } = numbers.app;
    await deliver(http, test, changeFor(test, 'smb_app_state_sync', { state_sync: [entry] }));
    expect((await numbers.read(view.id)).appSync.contactsAt).not.toBeNull();
  });

  // No source tells which of WhatsApp's two codes says which.
  it.each(['as-guessed', 'swapped'] as const)('is told why not, codes %s', async (syncRefusals) => {
    numbers.simulator.settings({ syncRefusals });
    const { view, test } = await numbers.connected();
    await atMeta(test, { coexistence: true });
    expect((await ask(view.id, 'history')).status).toBe(204);
    const again = await ask(view.id, 'history');
    const joinedAt = new Date(Date.now() - 25 * 3_600_000).toISOString();
    await atMeta(test, { coexistence: true, joinedAt });
    const late = await ask(view.id, 'contacts');
    expect([again.status, again.code]).toEqual([409, 'sync-already-asked']);
    expect([late.status, late.code]).toEqual([422, 'sync-too-late']);
    numbers.simulator.settings({ syncRefusals: 'as-guessed' });
  });

  it('is refused a day after joining, and to others', async () => {
    const { view, test } = await numbers.connected();
    const joinedAt = new Date(Date.now() - 25 * 3_600_000).toISOString();
    await atMeta(test, { coexistence: true, joinedAt });
    expect((await ask(view.id, 'contacts')).code).toBe('sync-too-late');
    expect((await numbers.read(view.id)).appSync).toEqual(never);
    const path = `${numbersPath}/${view.id}/app-sync`;
    const body = { part: 'history' };
    const other = await numbers.call(numbers.app.b.team.administrator, 'POST', path, body);
    expect(other.status).toBe(404);
    const agent = await numbers.call(numbers.app.a.team.agent, 'POST', path, body);
    expect(agent.status).toBe(403);
    expect((await ask(view.id, 'everything')).status).toBe(422);
  });
});
