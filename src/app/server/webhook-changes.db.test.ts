import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Json, messages } from '#channels/whatsapp/server/testing/messages.ts';
import {
  changeFor,
  deliver,
  messageFrom,
  newWamid,
  nowInSeconds,
  type TestPerson,
  textFrom,
  write,
} from './testing/signed-webhook.ts';
import { expectSilence } from './testing/silent-log.ts';
import { coverNobody, startTestApp, type TestApp } from './testing/test-app.ts';
import { aStranger, type TestThread, threadOf } from './testing/test-workspace.ts';
import {
  echoTo,
  edit,
  firstWords,
  identityChanges,
  picture,
  reaction,
  revoke,
  text,
} from './testing/what-people-do.ts';

/** What is told of messages and people that are here already, in by the signed door and out as the screens read it. */
let app: TestApp;
let a: TestApp['a'];
let person: TestPerson;
let thread: TestThread;

beforeAll(async () => {
  app = await startTestApp();
  a = app.a;
  await coverNobody(app);
});
afterAll(() => app.close());
beforeEach(async () => {
  person = aStranger(a.marker);
  await write(app.http, a.number, person, textFrom(person, 'antes'));
  thread = await threadOf(app.deps, a.id, person);
});

const taken = async (answer: Promise<{ status: number; text: string }>): Promise<void> => {
  const { status, text } = await answer;
  expect(status, text).toBe(200);
};

/** The person does something. @returns WhatsApp's id of it */
const does = async (fields: Json, by: TestPerson = person): Promise<string> => {
  const message = messageFrom(by, fields);
  await taken(write(app.http, a.number, by, message));
  return message.id;
};

/** Our own side does something on the company's phone. @returns WhatsApp's id of it */
const doesOnOurPhone = async (fields: Json, how = { isHidden: false }): Promise<string> => {
  const echo = echoTo(person, a.number, fields, how);
  const value = { message_echoes: [echo] };
  await taken(deliver(app.http, a.number, changeFor(a.number, 'smb_message_echoes', value)));
  return echo.id;
};

const json = async (path: string): Promise<Json> => {
  const answer = await app.http(`/api/v1${path}`, a.team.agent);
  expect(answer.status, answer.text).toBe(200);
  return answer.json as Json;
};

const idOf = async (externalId: string): Promise<string | undefined> => {
  const { rows } = await sql<{ id: string }>`
    select id from message where workspace_id = ${a.id} and external_id = ${externalId}`.execute(
    app.deps.db,
  );
  return rows[0]?.id;
};

const shown = async (externalId: string): Promise<Json> =>
  json(`/messages/${await idOf(externalId)}`);
const listed = (): Promise<Json> => json(`/conversations/${thread.conversationId}`);
const saidIn = async (conversationId: string): Promise<unknown[]> => {
  const { items } = (await json(`/conversations/${conversationId}/messages`)) as {
    items: { text: string | null; activity: { event: string } | null }[];
  };
  return items.map(({ text, activity }) => activity?.event ?? text).reverse();
};

/** The newest edit wins, and WhatsApp tells whole seconds. */
let seconds = nowInSeconds() - 3_600;
const nextSecond = (): string => String(++seconds);

describe('what acts on a stored message', () => {
  it('is applied: reaction, edit, revoke', async () => {
    const id = await does(text('como era'));
    await does(reaction(id, '👍'));
    await does(edit(id, text('como ficou')));
    expect(await shown(id)).toMatchObject({
      text: 'como ficou',
      editedAt: expect.any(String),
      reactions: [{ direction: 'in', emoji: '👍' }],
    });
    await does(reaction(id, ''));
    await does(revoke(id));
    expect(await shown(id)).toMatchObject({
      text: null,
      revokedAt: expect.any(String),
      reactions: [],
    });
  });

  it('does nothing to a message that is not there, or is another person’s', async () => {
    const id = await does(text('fica'));
    await does(revoke(id), a.threads[0]?.person);
    for (const name of ['reaction', 'reactionGone', 'reactionEmpty', 'edit', 'editCaption']) {
      const { from, from_user_id } = messageFrom(person, {});
      await does({ ...messages[name], from, from_user_id, id: newWamid() });
    }
    expect(await shown(id)).toMatchObject({ text: 'fica', revokedAt: null });
  });

  it('changes a caption, gives one and takes one away, in the thread, the list and a quotation', async () => {
    const id = await does(picture());
    const quoting = await does({ ...text('esta'), context: { id } });
    const last = await does(picture('primeira'));
    for (const [caption, now] of [
      ['nova', 'nova'],
      [undefined, null],
      ['outra', 'outra'],
    ] as const) {
      await does({ ...edit(id, picture(caption)), timestamp: nextSecond() });
      await does({ ...edit(last, picture(caption)), timestamp: nextSecond() });
      const edited = { text: now, editedAt: expect.any(String) };
      expect(await shown(id)).toMatchObject({
        ...edited,
        type: 'image',
        media: expect.any(Object),
      });
      expect(await shown(quoting)).toMatchObject({ replyTo: { type: 'image', text: now } });
      expect(await listed()).toMatchObject({ lastMessage: { type: 'image', text: now } });
    }
  });

  it('is of its own side alone', async () => {
    const theirs = await does(text('delas'));
    const ours = await doesOnOurPhone(text('nossa'));
    for (const other of [edit(theirs, text('x')), revoke(theirs)]) {
      await doesOnOurPhone(other);
    }
    for (const other of [edit(ours, text('x')), revoke(ours)]) {
      await does(other);
    }
    for (const [id, said] of [
      [theirs, 'delas'],
      [ours, 'nossa'],
    ] as const) {
      expect(await shown(id)).toMatchObject({ text: said, editedAt: null, revokedAt: null });
    }
  });
});

describe('a reaction of the person to a message of ours', () => {
  /** Sent from a screen, and named by WhatsApp when it tells how it fares. */
  const sent = async (): Promise<string> => {
    const path = `/api/v1/conversations/${thread.conversationId}/messages`;
    const body = { type: 'text', text: 'serve?' };
    const answer = await app.http(path, { ...a.team.agent, method: 'POST', body });
    expect(answer.status, answer.text).toBe(202);
    const id = newWamid();
    const { id: callback } = answer.json as { id: string };
    const status = {
      ...{ id, status: 'delivered', timestamp: String(nowInSeconds()) },
      ...{ recipient_id: person.phone, biz_opaque_callback_data: callback },
    };
    await taken(
      deliver(app.http, a.number, changeFor(a.number, 'messages', { statuses: [status] })),
    );
    return id;
  };

  it.each(['from a screen', 'from our phone'])(
    '%s is shown there and in the list',
    async (where) => {
      const id = where === 'from a screen' ? await sent() : await doesOnOurPhone(text('serve?'));
      const before = await listed();
      await does(reaction(id, '👍'));
      expect(await shown(id)).toMatchObject({
        direction: 'out',
        reactions: [{ direction: 'in', emoji: '👍' }],
      });
      // It is no message of theirs that waits for an answer.
      expect(await listed()).toMatchObject({
        unreadCount: before['unreadCount'],
        waitingSince: null,
        lastMessage: { direction: 'out' },
        lastReaction: { direction: 'in', emoji: '👍', to: { text: 'serve?' } },
      });
      await does({ ...reaction(id, '❤️'), timestamp: String(nowInSeconds() + 1) });
      expect(await shown(id)).toMatchObject({ reactions: [{ direction: 'in', emoji: '❤️' }] });
      await does({ ...reaction(id), timestamp: String(nowInSeconds() + 2) });
      expect(await shown(id)).toMatchObject({ reactions: [] });
      expect(await listed()).toMatchObject({ lastReaction: null });
    },
  );
});

describe('what our own side does on the company’s phone', () => {
  it.each([false, true])(
    'is ours, with its file, its edits and its end (hidden number: %s)',
    async (isHidden) => {
      const to = { isHidden };
      const file = await doesOnOurPhone(picture('a vitrine'), to);
      expect(await shown(file)).toMatchObject({
        direction: 'out',
        status: 'sent',
        author: { kind: 'phone-app' },
        conversationId: thread.conversationId,
        media: { state: 'waiting', isCovered: false, isWithheld: false },
      });
      expect(await listed()).toMatchObject({
        unreadCount: 1,
        waitingSince: null,
        lastMessage: { type: 'image', text: 'a vitrine', direction: 'out' },
      });
      await doesOnOurPhone(edit(file, picture('a vitrine nova')), to);
      expect(await shown(file)).toMatchObject({
        text: 'a vitrine nova',
        editedAt: expect.any(String),
        media: { state: 'waiting' },
      });
      await doesOnOurPhone(revoke(file), to);
      expect(await shown(file)).toMatchObject({
        text: null,
        media: null,
        revokedAt: expect.any(String),
      });
      const theirs = await does(text('obrigada'));
      await doesOnOurPhone(reaction(theirs, '🙏'), to);
      expect(await shown(theirs)).toMatchObject({ reactions: [{ direction: 'out', emoji: '🙏' }] });
    },
  );
});

describe('a change of number', () => {
  const told = async (fields: Json): Promise<void> => {
    const message = {
      id: newWamid(),
      timestamp: String(nowInSeconds()),
      type: 'system',
      ...fields,
    };
    const change = changeFor(a.number, 'messages', { messages: [message] });
    await taken(deliver(app.http, a.number, change));
    // WhatsApp repeats what it tells.
    await taken(deliver(app.http, a.number, change));
  };
  it.each(Object.entries(identityChanges))(
    '%s is told in the thread, once',
    async (name, change) => {
      const next = aStranger(a.marker);
      await told(change(person, next));
      const message = firstWords(name, next);
      await taken(
        deliver(app.http, a.number, changeFor(a.number, 'messages', { messages: [message] })),
      );
      expect(await saidIn(thread.conversationId)).toEqual(['antes', 'number-changed', 'depois']);
      // An answer to a number that may be somebody else's by now would reach a stranger.
      const phone = name.startsWith('id') ? null : `+${next.phone}`;
      expect(await json(`/contacts/${thread.contactId}`)).toMatchObject({ phone });
    },
  );

  it.each(Object.entries(identityChanges))('%s lets no blocked person in', async (name, change) => {
    const next = aStranger(a.marker);
    const block = await app.http(`/api/v1/contacts/${thread.contactId}/block`, {
      ...a.team.administrator,
      method: 'PUT',
      body: { reason: 'offense', upstream: false },
    });
    expect(block.status, block.text).toBe(200);
    await told(change(person, next));
    const messages = [firstWords(name, next), textFrom(person, 'ainda eu')];
    await taken(deliver(app.http, a.number, changeFor(a.number, 'messages', { messages })));
    expect(await saidIn(thread.conversationId)).toEqual(['antes']);
    for (const { id } of messages) {
      expect(await idOf(String(id))).toBeUndefined();
    }
  });
});

describe('the log of all this', () => {
  it('holds no text, no number and no id of WhatsApp', () => {
    expectSilence(app.logLines, [a, app.b], person.phone, person.bsuid, 'a vitrine', 'serve?');
  });
});
