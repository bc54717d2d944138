import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WhatsAppNumber } from '#channels/whatsapp/contract.ts';
import { type NumbersApp, numbersPath, startNumbersApp, typedOf } from './testing/numbers-app.ts';
import { changeFor, deliver, postSigned, textFrom, webhookOf } from './testing/signed-webhook.ts';
import { startPeer, type TestApp } from './testing/test-app.ts';
import { aStranger } from './testing/test-workspace.ts';

let numbers: NumbersApp;
let app: TestApp;

beforeAll(async () => {
  numbers = await startNumbersApp();
  app = numbers.app;
});
afterAll(() => numbers.close());

describe('a connected number', () => {
  it('shakes hands, hears its first webhook, and each is told', async () => {
    const { test, view, number } = await numbers.connected();
    const query = new URLSearchParams({
      ...{ 'hub.mode': 'subscribe', 'hub.challenge': '4711', 'hub.verify_token': 'nada' },
    });
    expect((await app.http(`/webhooks/whatsapp?${query}`)).status).toBe(403);
    query.set('hub.verify_token', '');
    expect((await app.http(`/webhooks/whatsapp?${query}`)).status).toBe(403);
    expect((await numbers.read(view.id)).lastHandshakeAt).toBeNull();
    query.set('hub.verify_token', number.verifyToken);
    expect((await app.http(`/webhooks/whatsapp?${query}`)).text).toBe('4711');
    expect((await numbers.read(view.id)).lastHandshakeAt).not.toBeNull();

    const person = aStranger(app.a.marker);
    const message = textFrom(person, 'Oi');
    await deliver(app.http, test, changeFor(test, 'messages', { messages: [message] }));
    const after = await numbers.read(view.id);
    expect(after.lastWebhookAt).not.toBeNull();
    expect(after.delaySeconds).toBeGreaterThanOrEqual(-1);
    expect(after.delaySeconds).toBeLessThanOrEqual(3);
  });

  it('counts what is forged in its name and takes nothing of it', async () => {
    const { test, view } = await numbers.connected();
    const forged = JSON.stringify(
      webhookOf(test.wabaId, changeFor(test, 'messages', { messages: [{ id: 'x' }] })),
    );
    // Signed by nobody, and by another workspace of this installation.
    expect((await postSigned(app.http, forged, 'invented')).status).toBe(401);
    expect((await postSigned(app.http, forged, app.b.number.appSecret)).status).toBe(401);
    const after = await numbers.read(view.id);
    expect(after.signatureFailures).toMatchObject({ occurrences: 2 });
    expect(after.lastWebhookAt).toBeNull();
  });

  it('tells unknown numbers, errors and group items, each workspace its own', async () => {
    const { test, view } = await numbers.connected();
    const stranger = { ...test, phoneNumberId: '777000777' };
    await deliver(app.http, stranger, changeFor(stranger, 'messages', { messages: [{ id: 'x' }] }));
    const person = aStranger(app.a.marker);
    const status = {
      ...{ id: 'wamid.nada', status: 'failed', timestamp: '1764000000' },
      ...{ recipient_id: person.phone, errors: [{ code: 131026, title: 'x' }] },
    };
    await deliver(app.http, test, changeFor(test, 'messages', { statuses: [status] }));
    // Of the account and of no message (4.8).
    const errors = [{ code: 130429, title: 'x' }];
    await deliver(app.http, test, changeFor(test, 'messages', { errors }));
    const grouped = textFrom(person, 'a todos', { group_id: 'g1' });
    await deliver(app.http, test, changeFor(test, 'messages', { messages: [grouped] }));
    const groups = [{ group_id: 'g1', type: 'group_create' }];
    await deliver(app.http, test, changeFor(test, 'group_lifecycle_update', { groups }));
    const read = await numbers.read(view.id);
    expect(read).toMatchObject({
      unknownNumbers: { occurrences: 1, lastId: '777000777' },
      groupItems: { occurrences: 2 },
    });
    expect(read.errors.map(({ code, occurrences }) => [code, occurrences]).sort()).toEqual([
      [130429, 1],
      [131026, 1],
    ]);
    const other = await numbers.call(app.b.team.administrator, 'GET', numbersPath);
    expect(other.text).not.toContain('777000777');
  });

  it('tells what files and templates failed with too', async () => {
    const { view, number } = await numbers.connected();
    const place = { workspaceId: app.a.id, channelId: view.id };
    const fails = (on: string, code: number) =>
      fetch(`${numbers.simulator.url}/_sim/faults`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ on, error: { code } }),
      });
    const { channel } = app.whatsApp;
    const signal = AbortSignal.timeout(8_000);
    await fails('media_lookup', 131_052);
    const kept = await fetch(
      `${numbers.simulator.url}/_sim/media?channel=${number.phoneNumberId}`,
      { method: 'POST', headers: { 'content-type': 'image/png' }, body: 'x' },
    );
    const { id: mediaId } = (await kept.json()) as { id: string };
    const wanted = { ...place, mediaId, longestBytes: 1_000 };
    const file = await channel.fetchMedia(wanted, { signal, mayAsk: async () => true });
    expect(file).toMatchObject({ code: 'whatsapp-131052' });
    const unseen = { ...place, mediaId: '900001', longestBytes: 1_000 };
    const answer = await channel.fetchMedia(unseen, { signal, mayAsk: async () => true });
    expect(answer).toEqual({ kind: 'not-found', code: 'whatsapp-100' });
    await fails('templates', 80_007);
    expect((await channel.readTemplates(place, { signal })).kind).toBe('failed');
    const { errors } = await numbers.read(view.id);
    expect(errors.map(({ code }) => code).sort()).toEqual([100, 131_052, 80_007]);
  });

  it('takes a new token and secret after asking, on every process', async () => {
    const { number, view } = await numbers.connected();
    const peer = await startPeer(app);
    try {
      const wrong = await numbers.asAdministrator('PATCH', `/${view.id}`, {
        appSecret: 'not-this-one',
      });
      expect([wrong.status, wrong.code]).toEqual([422, 'secret-wrong']);
      const verifyToken = `verify-${randomUUID()}`;
      const { appSecret, wabaId } = number;
      const reads = sql<{ key: string }>`delete from graphile_worker._private_jobs
        where key = ${`templates:${view.id}`} returning key`;
      await reads.execute(app.deps.db);
      const body = { verifyToken, appSecret, wabaId };
      const answer = await numbers.asAdministrator('PATCH', `/${view.id}`, body);
      expect(answer.status).toBe(200);
      // Its templates are those of the account that it is in now.
      expect((await reads.execute(app.deps.db)).rows).toHaveLength(1);
      const query = new URLSearchParams({
        ...{ 'hub.mode': 'subscribe', 'hub.challenge': '1', 'hub.verify_token': verifyToken },
      });
      expect((await peer.http(`/webhooks/whatsapp?${query}`)).status).toBe(200);
    } finally {
      await peer.close();
    }
  });

  it('under a new token has its block list read, as soon as every process goes by it', async () => {
    const { number, view } = await numbers.connected();
    const readings = async () =>
      (
        await sql<{ seconds: number }>`select extract(epoch from run_at - now())::float8 as seconds
          from graphile_worker.jobs where key = ${`upstream-check:${view.id}`}`.execute(app.deps.db)
      ).rows;
    await numbers.asAdministrator('PATCH', `/${view.id}`, { name: 'Balcão' });
    expect(await readings()).toEqual([]);
    const { accessToken } = number;
    const answer = await numbers.asAdministrator('PATCH', `/${view.id}`, { accessToken });
    expect(answer.status).toBe(200);
    const [reading] = await readings();
    expect(reading?.seconds).toBeGreaterThan(4);
    expect(reading?.seconds).toBeLessThan(10);
  });

  it('is subscribed to its webhooks, and looked into', async () => {
    const { view } = await numbers.connected();
    expect((await numbers.asAdministrator('POST', `/${view.id}/subscription`)).status).toBe(204);
    const { rows } = await sql`select action from audit_event
      where subject_id = ${view.id} order by id desc limit 1`.execute(app.deps.db);
    expect(rows).toEqual([{ action: 'channels.webhooks-subscribed' }]);
    const { json } = await numbers.asAdministrator('POST', `/${view.id}/inspection`);
    expect(json).toMatchObject({ subscription: 'own', check: { accessToken: { state: 'ok' } } });
  });

  it('whose secrets do not open asks for all of them, and stands again', async () => {
    const { number, view } = await numbers.connected();
    await sql`update whatsapp_account set access_token = app_secret
      where channel_id = ${view.id}`.execute(app.deps.db);
    expect(await numbers.read(view.id)).toMatchObject({
      hasReadableSecrets: false,
      hasAccessToken: true,
    });
    const { accessToken, appSecret, verifyToken } = number;
    const some = await numbers.asAdministrator('PATCH', `/${view.id}`, { accessToken });
    expect([some.status, some.code]).toEqual([422, 'secrets-needed']);
    const body = { accessToken, appSecret, verifyToken };
    expect((await numbers.asAdministrator('PATCH', `/${view.id}`, body)).json).toMatchObject({
      hasReadableSecrets: true,
    });
  });
});

describe('a number that is disconnected', () => {
  it('keeps its history, hears nothing more, and goes on where it was when it is connected again', async () => {
    const { number, test, view } = await numbers.connected();
    const person = aStranger(app.a.marker);
    const say = (text: string) =>
      deliver(app.http, test, changeFor(test, 'messages', { messages: [textFrom(person, text)] }));
    await say('guardada');
    expect((await numbers.asAdministrator('DELETE', `/${view.id}`)).status).toBe(204);
    expect((await numbers.asAdministrator('DELETE', `/${view.id}`)).status).toBe(404);
    const gone = await numbers.read(view.id);
    expect(gone.disconnectedAt).not.toBeNull();
    expect(gone).toMatchObject({ hasAccessToken: false, phoneNumberId: number.phoneNumberId });
    const { json } = await numbers.call(app.a.team.agent, 'GET', '/api/v1/channels');
    const own = (json as { items: { id: string }[] }).items.find(({ id }) => id === view.id);
    expect(own).toMatchObject({ isConnected: false });
    const start = await numbers.call(app.a.team.agent, 'POST', '/api/v1/conversations', {
      phone: '(11) 98123-4567',
      channelId: view.id,
    });
    expect([start.status, start.code]).toEqual([404, 'channel-not-found']);

    const again = await numbers.connect(number);
    expect(again.id).toBe(view.id);
    expect(again.disconnectedAt).toBeNull();
    expect((await say('e de novo')).status).toBe(200);
    const { rows } = await sql<{ text: string }>`
      select m.text from message m join conversation v on v.workspace_id = m.workspace_id
         and v.id = m.conversation_id where v.channel_id = ${view.id} order by m.id`.execute(
      app.deps.db,
    );
    expect(rows.map(({ text }) => text)).toEqual(['guardada', 'e de novo']);
  });

  it('may be connected by another workspace, as a channel of its own', async () => {
    const { number, test, view } = await numbers.connected();
    const person = aStranger(app.b.marker);
    const say = (text: string) =>
      deliver(app.http, test, changeFor(test, 'messages', { messages: [textFrom(person, text)] }));
    expect((await say('ao primeiro')).status).toBe(200);
    await numbers.asAdministrator('DELETE', `/${view.id}`);
    const answer = await numbers.call(
      app.b.team.administrator,
      'POST',
      numbersPath,
      typedOf(number),
    );
    expect(answer.status).toBe(201);
    const { id } = answer.json as WhatsAppNumber;
    expect(id).not.toBe(view.id);
    // Who had read the numbers before asks WhatsApp to come again, rather than give it to the first one.
    await expect
      .poll(async () => (await say('ao segundo')).status, { timeout: 15_000, interval: 500 })
      .toBe(200);
    const { rows } = await sql<{ channelId: string; text: string }>`
      select v.channel_id as "channelId", m.text from message m
        join conversation v on v.workspace_id = m.workspace_id and v.id = m.conversation_id
       where v.channel_id = any(${[view.id, id]}::uuid[]) order by m.id`.execute(app.deps.db);
    expect(rows).toEqual([
      { channelId: view.id, text: 'ao primeiro' },
      { channelId: id, text: 'ao segundo' },
    ]);
    // The first one has it no more, and is told what everybody is told.
    const back = await numbers.asAdministrator('POST', '', typedOf(number));
    expect([back.status, back.code]).toEqual([409, 'number-already-connected']);
    expect((await numbers.read(view.id)).disconnectedAt).not.toBeNull();
  });
});
