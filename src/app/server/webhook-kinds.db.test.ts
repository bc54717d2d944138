import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as fixtures from '#channels/whatsapp/server/testing/fixtures.ts';
import { ana, type Json, messages } from '#channels/whatsapp/server/testing/messages.ts';
import * as rows from '#channels/whatsapp/server/testing/sheet-rows.ts';
import { changeFor, deliver, newWamid, postSigned } from './testing/signed-webhook.ts';
import { expectSilence } from './testing/silent-log.ts';
import { coverNobody, startTestApp, type TestApp } from './testing/test-app.ts';
import type { TestWorkspace } from './testing/test-workspace.ts';

let app: TestApp;
let a: TestWorkspace;

beforeAll(async () => {
  app = await startTestApp();
  a = app.a;
  // The fixtures are for this very number.
  expect(a.number.phoneNumberId).toBe(fixtures.phoneNumberId);
  await coverNobody(app);
});
afterAll(() => app.close());

const post = async (body: Json): Promise<void> => {
  const answer = await postSigned(app.http, JSON.stringify(body), a.number.appSecret);
  expect(answer.status, answer.text).toBe(200);
};

interface Stored {
  readonly kind: string;
  readonly text: string | null;
  readonly direction: string;
  readonly status: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

const storedAs = async (externalId: string): Promise<Stored | undefined> => {
  const { rows } = await sql<Stored>`
    select kind, text, direction, status, payload from message
     where workspace_id = ${a.id} and external_id = ${externalId}`.execute(app.deps.db);
  return rows[0];
};

const countOf = async (name: string): Promise<number> => {
  const { rows } = await sql<{ occurrences: number }>`
    select occurrences from channel_counter
     where workspace_id = ${a.id} and channel_id = ${a.number.channelId} and name = ${name}`.execute(
    app.deps.db,
  );
  return rows[0]?.occurrences ?? 0;
};

/** Every conversation as the screens read it: whatever is stored must be one that can be shown. */
const readEverything = async (): Promise<Json[]> => {
  const list = await app.http('/api/v1/conversations?limit=100', a.team.agent);
  const { items } = list.json as { items: { id: string }[] };
  const threads = await Promise.all(
    items.map(({ id }) => app.http(`/api/v1/conversations/${id}/messages?limit=100`, a.team.agent)),
  );
  expect(threads.map(({ status }) => status).filter((status) => status !== 200)).toEqual([]);
  return threads.flatMap((thread) => (thread.json as { items: Json[] }).items);
};

/** What each message of the fixtures becomes. */
const kinds: Readonly<Record<string, string>> = {
  text: 'text',
  emptyText: 'text',
  withoutType: 'text',
  image: 'image',
  video: 'video',
  audio: 'audio',
  voice: 'voice',
  document: 'document',
  sticker: 'sticker',
  location: 'location',
  locationBare: 'location',
  contacts: 'contacts',
  templateButton: 'button-reply',
  buttonReply: 'button-reply',
  listReply: 'list-reply',
  flowReply: 'flow-reply',
  callPermission: 'interactive',
  callRefused: 'interactive',
  order: 'order',
  unsupported: 'unsupported',
  companion: 'unsupported',
  unknownType: 'unsupported',
  requestWelcome: 'request-welcome',
  reply: 'text',
  forwarded: 'text',
  frequentlyForwarded: 'text',
  fromAdvertisement: 'text',
  fromPost: 'image',
  replyForwarded: 'text',
  hiddenNumber: 'text',
  aboutProduct: 'text',
  pictureAboutProduct: 'image',
};
/** The rest act on what is stored already (webhook-changes.db.test.ts), or are only counted. */
const actions = ['reaction', 'reactionGone', 'reactionEmpty', 'edit', 'editCaption', 'revoke'];
const changes = ['numberChanged', 'idChanged', 'legacyNumberChanged'];
const countedAs: Readonly<Record<string, string>> = {
  ofGroup: 'group-message',
  identityChanged: 'system-customer-identity-changed',
};

describe('every kind of message', () => {
  it('is named by this test', () => {
    const named = [...Object.keys(kinds), ...actions, ...changes, ...Object.keys(countedAs)];
    expect(named.sort()).toEqual(Object.keys(messages).sort());
  });

  it.each(Object.entries(kinds))('%s is stored as %s', async (name, kind) => {
    const id = newWamid(ana.phone);
    await post(fixtures.inbound({ ...messages[name], id }));
    expect(await storedAs(id)).toMatchObject({ kind, direction: 'in', status: 'received' });
  });

  it.each(Object.entries(countedAs))('%s is only counted, as %s', async (name, counter) => {
    const before = await countOf(counter);
    const id = newWamid(ana.phone);
    await post(fixtures.inbound({ ...messages[name], id }));
    expect(await storedAs(id)).toBeUndefined();
    expect(await countOf(counter)).toBe(before + 1);
  });

  it('is one that the screens can read, with a line of facts where there is one', async () => {
    const shown = await readEverything();
    const summaries = shown.map(({ type, summary }) => `${String(type)}: ${String(summary)}`);
    expect(summaries).toEqual(
      expect.arrayContaining(['document: nota.pdf', 'location: Praça', 'contacts: Bia Lima']),
    );
    expect(new Set(shown.map(({ type }) => type))).toEqual(new Set(Object.values(kinds)));
  });
});

describe('everything else a webhook may bring', () => {
  it('echoes of our phone app are ours: no unread, nothing waits', async () => {
    await post(fixtures.echoes);
    expect(await storedAs('wamid.ECHO01')).toMatchObject({
      direction: 'out',
      status: 'sent',
      text: 'corrigido',
    });
  });

  it('history is stored in its direction and makes no unread', async () => {
    await post(fixtures.history);
    expect(await storedAs('wamid.H1')).toMatchObject({ direction: 'in', text: 'antiga' });
    expect(await storedAs('wamid.H2')).toMatchObject({ direction: 'out', status: 'read' });
    // A placeholder first, filled by the webhook that brings the file.
    expect(await storedAs('wamid.H3')).toMatchObject({ kind: 'image' });
    expect(await storedAs('wamid.H4')).toMatchObject({ kind: 'video', direction: 'out' });
    expect(await countOf('channel-error-2593109')).toBe(1);
  });

  it('calls are lines of the thread, each one once', async () => {
    await post(fixtures.calls);
    await post(fixtures.calls);
    const { rows } = await sql<{ direction: string }>`
      select direction from message where workspace_id = ${a.id} and kind = 'call'
       order by at, direction`.execute(app.deps.db);
    expect(rows.map((row) => row.direction).sort()).toEqual(['in', 'out']);
  });

  it('statuses of messages that are not ours, errors and unknown fields are counted', async () => {
    await post(fixtures.statuses);
    await post(fixtures.others);
    expect(await countOf('channel-error-130429')).toBe(1);
    expect(await countOf('field-messaging_handovers')).toBe(1);
    const before = await countOf('field-other');
    await deliver(app.http, a.number, changeFor(a.number, 'campo_novo', { tudo: 'novo' }));
    expect(await countOf('field-other')).toBe((before ?? 0) + 1);
  });

  it('of preferences and of the account only the count is kept', async () => {
    const names = ['user_preferences', ...rows.countedFields];
    const counts = () => Promise.all(names.map((name) => `field-${name}`).map(countOf));
    const before = await counts();
    const others = rows.countedFields.map((field) =>
      fixtures.change(field, { event: 'something' }),
    );
    const preferences = fixtures.change('user_preferences', rows.userPreferences);
    await post(fixtures.webhookOf(preferences, ...others));
    const more = (await counts()).map((count, n) => count - (before[n] ?? 0));
    expect(more).toEqual(names.map(() => 1));
  });

  it('stays readable', async () => {
    expect((await readEverything()).length).toBeGreaterThan(30);
  });
});

describe('the log of all this', () => {
  it('holds no text, no number and no id of WhatsApp', () => {
    expectSilence(
      app.logLines,
      [a, app.b],
      ana.phone,
      ana.bsuid,
      'nota.pdf',
      'Bia Lima',
      'bia.lima',
    );
  });
});
