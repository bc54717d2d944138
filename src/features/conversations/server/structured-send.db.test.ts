import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Channel, SendOutcome } from '#channels/channel.ts';
import { block } from '#features/gate/server/testing.ts';
import type { Actor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { newId } from '#platform/shared/ids.ts';
import type { Message, SendMessage } from '../contract.ts';
import { deliveryJobs } from './deliver-message.job.ts';
import { forwardMessage } from './forward-message.ts';
import { findMessages, listMessages } from './message-queries.ts';
import { reactToMessage } from './react-to-message.ts';
import { type SendAnswer, sendMessage } from './send-message.ts';
import { structuredOf } from './structured.ts';
import {
  aChannel,
  anAction,
  aPhone,
  aRecorder,
  aText,
  aThread,
  nowInSeconds,
  type Place,
  receive,
  type Thread,
} from './testing.ts';

let deps: TestDeps;
let place: Place;
let agent: Actor;
let admin: Actor;
let phone: string;
let thread: Thread;

beforeAll(async () => {
  deps = await openTestDeps();
});
afterAll(() => deps.close());
beforeEach(async () => {
  const workspaceId = await aWorkspace(deps.db);
  place = await aChannel(deps.db, workspaceId);
  agent = await aMember(deps.db, workspaceId, 'agent');
  admin = await aMember(deps.db, workspaceId);
  phone = aPhone();
  thread = await aThread(deps, place, { phone });
});

const deliver = async (channel: Channel, conversationId = thread.conversationId): Promise<void> => {
  const job = deliveryJobs(channel).find(({ name }) => name === 'conversations.deliver');
  const payload = { workspaceId: place.workspaceId, conversationId };
  await job?.runUnparsed(payload, { deps, log: deps.log, attempt: 1 });
};

const location = { type: 'location', latitude: -23.55, longitude: -46.63, name: 'Sé' } as const;
const contacts = {
  type: 'contacts',
  cards: [
    { name: 'Bia', phones: [{ phone: '+55 11 91234-5678', whatsAppPhone: '5511912345678' }] },
  ],
} satisfies SendMessage;
const buttons = {
  type: 'buttons',
  text: 'Confirma?',
  footer: 'Loja',
  buttons: [{ id: 's', title: 'Sim' }],
} satisfies SendMessage;
const list = {
  type: 'list',
  text: 'Escolha',
  button: 'Horários',
  sections: [{ title: 'Manhã', rows: [{ id: '9', title: '9 h', description: 'na loja' }] }],
} satisfies SendMessage;

const send = (
  body: typeof location | typeof contacts | typeof buttons | typeof list,
  idempotencyKey: string | null = null,
) =>
  inTx(deps, agent, (ctx) =>
    sendMessage(ctx, {
      conversationId: thread.conversationId,
      text: 'text' in body ? body.text : '',
      structured: structuredOf(body),
      replyToId: null,
      forwardedFrom: null,
      idempotencyKey,
    }),
  );

const idOf = (answer: SendAnswer): string => {
  if (answer.kind === 'window-closed') {
    throw new Error('window-closed');
  }
  return answer.messageId;
};

const view = async (id: string): Promise<Message | undefined> =>
  (await findMessages(deps.db, place.workspaceId, [id]))[0];

/** A text of the person, by our id. */
const received = async (): Promise<{ id: string; externalId: string }> => {
  const item = aText(place, { phone });
  await receive(deps, item);
  const { rows } = await sql<{ id: string; externalId: string }>`
    select id, external_id as "externalId" from message where external_id = ${item.externalId}`.execute(
    deps.db,
  );
  if (rows[0] === undefined) {
    throw new Error('not stored');
  }
  return rows[0];
};

describe('a place, cards, buttons and a list', () => {
  it('leave as what they are, and are shown as such', async () => {
    const ids = [];
    for (const body of [location, contacts, buttons, list]) {
      ids.push(idOf(await send(body)));
    }
    const { channel, left } = aRecorder();
    await deliver(channel);
    expect(left.map(({ content }) => content)).toMatchObject([
      { kind: 'location', payload: { latitude: -23.55, name: 'Sé' } },
      { kind: 'contacts', payload: { cards: [{ name: 'Bia' }] } },
      { kind: 'interactive', text: 'Confirma?', payload: { type: 'button', footer: 'Loja' } },
      { kind: 'interactive', text: 'Escolha', payload: { type: 'list', button: 'Horários' } },
    ]);
    expect(await Promise.all(ids.map(view))).toMatchObject([
      { type: 'location', status: 'sent', summary: 'Sé', content: { kind: 'location' } },
      { type: 'contacts', summary: 'Bia' },
      { type: 'interactive', content: { kind: 'buttons', buttons: [{ title: 'Sim' }] } },
      { content: { kind: 'list', sections: [{ rows: [{ title: '9 h' }] }] } },
    ]);
  });

  it('to a blocked contact stay as failed attempts', async () => {
    await block(deps, admin, thread.contactId);
    for (const body of [location, contacts, buttons, list]) {
      const answer = await send(body);
      expect(answer).toMatchObject({ kind: 'refused', code: 'contact-blocked' });
      expect(await view(idOf(answer))).toMatchObject({
        status: 'failed',
        error: { code: 'contact-blocked' },
      });
    }
    const { channel, left } = aRecorder();
    await deliver(channel);
    expect(left).toEqual([]);
  });

  it('that waited when the block came do not leave', async () => {
    const id = idOf(await send(buttons));
    await block(deps, admin, thread.contactId);
    const { channel, left } = aRecorder();
    await deliver(channel);
    expect(left).toEqual([]);
    expect(await view(id)).toMatchObject({ error: { code: 'contact-blocked' } });
  });

  it('are made once under one key, and need an open window', async () => {
    const key = newId();
    expect(idOf(await send(location, key))).toBe(idOf(await send(location, key)));
    await expect(send({ ...location, latitude: 1 } as never, key)).rejects.toMatchObject({
      code: 'idempotency-key-reused',
    });
    await sql`update conversation set last_inbound_at = null where id = ${thread.conversationId}`.execute(
      deps.db,
    );
    expect(await send(location)).toEqual({ kind: 'window-closed' });
  });

  it('are forwarded, buttons and lists in their words', async () => {
    const other = await aThread(deps, place, { phone: aPhone() });
    const forward = (id: string) =>
      inTx(deps, agent, (ctx) => forwardMessage(ctx, id, [other.conversationId], null));
    for (const body of [location, contacts]) {
      const [result] = await forward(idOf(await send(body)));
      expect(await view(result?.messageId ?? '')).toMatchObject({
        type: body.type,
        isForwarded: true,
        content: { kind: body.type },
      });
    }
    for (const body of [buttons, list]) {
      const [result] = await forward(idOf(await send(body)));
      const copy = await view(result?.messageId ?? '');
      expect(copy).toMatchObject({ type: 'text', isForwarded: true, content: null });
      expect(copy?.text).toContain(`${body.text}`);
    }
  });
});

describe('a reaction of ours', () => {
  const react = (id: string, emoji: string | null, as = agent, key: string | null = null) =>
    inTx(deps, as, (ctx) => reactToMessage(ctx, id, emoji, key));
  const thumbs = async (id: string) => (await view(id))?.reactions;
  const shownIds = async () => {
    const page = { limit: 50 };
    const { items } = await listMessages(deps.db, agent, thread.conversationId, page);
    return items.map(({ id }) => id);
  };
  const conversation = async () =>
    (
      await sql`select status, assignee_id, unread_count, last_message_id, last_activity_at, waiting_since
        from conversation where id = ${thread.conversationId}`.execute(deps.db)
    ).rows[0];

  it('leaves with its target, is shown once taken, changed, and taken back', async () => {
    const { id, externalId } = await received();
    const before = await conversation();
    const { channel, left } = aRecorder();
    await react(id, '👍');
    expect(await thumbs(id)).toEqual([]);
    await deliver(channel);
    expect(left[0]?.content).toEqual({
      kind: 'reaction',
      emoji: '👍',
      replyToExternalId: externalId,
    });
    expect(await thumbs(id)).toEqual([{ direction: 'out', emoji: '👍' }]);
    await react(id, '🙏');
    await deliver(channel);
    expect(await thumbs(id)).toEqual([{ direction: 'out', emoji: '🙏' }]);
    await react(id, null);
    await deliver(channel);
    expect(await thumbs(id)).toEqual([]);
    // It is no answer: nothing moves, and no line of its own appears.
    expect(await conversation()).toEqual(before);
    expect(await shownIds()).toHaveLength(2);
  });

  it('whose answer was lost is shown when its status comes, unless it failed after all', async () => {
    const { id } = await received();
    const reactionId = idOf(await react(id, '👍'));
    await deliver(aRecorder([{ kind: 'unknown' }]).channel);
    expect(await thumbs(id)).toEqual([]);
    expect(await shownIds()).toContain(reactionId);
    const about = { externalId: `wamid.${newId()}`, callbackData: reactionId };
    const status = { type: 'status', ...place, ...about, timestamp: nowInSeconds() } as const;
    await receive(deps, { ...status, status: 'sent' });
    expect(await thumbs(id)).toEqual([{ direction: 'out', emoji: '👍' }]);
    expect(await shownIds()).not.toContain(reactionId);
    await receive(deps, { ...status, status: 'failed', errorCode: 131026 });
    expect(await thumbs(id)).toEqual([]);
    expect(await shownIds()).toContain(reactionId);
  });

  it('to a blocked contact is refused, and stays as a failed attempt that shows at no message', async () => {
    const { id } = await received();
    await block(deps, admin, thread.contactId);
    const answer = await react(id, '👍');
    expect(answer).toMatchObject({ kind: 'refused', code: 'contact-blocked' });
    expect(await shownIds()).toContain(idOf(answer));
    expect(await thumbs(id)).toEqual([]);
  });

  it('that waited when the block came does not leave', async () => {
    const { id } = await received();
    await react(id, '👍');
    await block(deps, admin, thread.contactId);
    const { channel, left } = aRecorder();
    await deliver(channel);
    expect(left).toEqual([]);
    expect(await thumbs(id)).toEqual([]);
  });

  it('that WhatsApp refuses is not shown', async () => {
    const { id } = await received();
    const refused: SendOutcome = { kind: 'refused', code: 'whatsapp-131009' };
    await react(id, '👍');
    await deliver(aRecorder([refused]).channel);
    expect(await thumbs(id)).toEqual([]);
  });

  it('asked for twice under one key is answered as before, whatever became of the message', async () => {
    const { id, externalId } = await received();
    const key = newId();
    const first = await react(id, '👍', agent, key);
    await receive(deps, anAction(place, { phone }, externalId, { kind: 'revoke' }));
    expect(await react(id, '👍', agent, key)).toEqual(first);
    const other = react(id, '🙏', agent, key);
    await expect(other).rejects.toMatchObject({ code: 'idempotency-key-reused' });
  });

  it('is of no message that is gone, old, or of another workspace', async () => {
    const { id, externalId } = await received();
    const stranger = await aMember(deps.db, await aWorkspace(deps.db));
    await expect(react(id, '👍', stranger)).rejects.toMatchObject({ code: 'message-not-found' });
    const old = await received();
    await sql`update message set at = clock_timestamp() - interval '31 days' where id = ${old.id}`.execute(
      deps.db,
    );
    await receive(deps, anAction(place, { phone }, externalId, { kind: 'revoke' }));
    for (const one of [id, old.id]) {
      await expect(react(one, '👍')).rejects.toMatchObject({ code: 'message-not-reactable' });
    }
  });
});
