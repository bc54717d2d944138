import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import type { MessageContent, PersonRef } from '#channels/channel.ts';
import type { Viewer } from '#features/media/server/index.ts';
import { chooseCovers } from '#features/media/server/testing.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aMember } from '#platform/server/testing/a-workspace.ts';
import { plainWords } from '#platform/shared/formatted-text.ts';
import { findConversations } from './conversation-queries.ts';
import { findMessages } from './message-queries.ts';
import { aStage } from './testing/stage.ts';
import { anAction, aPhone, aText, aThread, nowInSeconds, receive, type Thread } from './testing.ts';

const stage = aStage();

let person: PersonRef;
let thread: Thread;
beforeEach(async () => {
  // Of a stranger's files a list would say nothing.
  await sql`insert into media_cover_setting (workspace_id, covered_from, kinds, placeholder)
    values (${stage.place.workspaceId}, 'flagged', '{}', 'none') on conflict do nothing`.execute(
    stage.deps.db,
  );
  person = { phone: aPhone() };
  thread = await aThread(stage.deps, stage.place, person);
});

const get = async (content: MessageContent): Promise<string> => {
  const item = aText(stage.place, person, { content });
  await receive(stage.deps, item);
  return item.externalId;
};
const react = (target: string, emoji: string | null, more = {}): Promise<void> =>
  receive(stage.deps, anAction(stage.place, person, target, { kind: 'reaction', emoji }, more));
const shown = async (viewer: Viewer = 'everybody') => {
  const { workspaceId } = stage.place;
  return (await findConversations(stage.deps.db, workspaceId, [thread.conversationId], viewer))[0];
};
const idOf = async (externalId: string): Promise<string> => {
  const { rows } = await sql<{ id: string }>`select id from message
    where external_id = ${externalId}`.execute(stage.deps.db);
  return rows[0]?.id ?? '';
};

describe('a reaction in the list', () => {
  it('is shown until it is taken back, or somebody writes', async () => {
    const target = await get({ kind: 'document', payload: { fileName: 'nota.pdf' } });
    const before = await shown();
    await react(target, '👍');
    expect(await shown()).toEqual({
      ...before,
      windowClosesAt: expect.any(String),
      lastReaction: expect.objectContaining({
        direction: 'in',
        emoji: '👍',
        to: expect.objectContaining({ type: 'document', summary: 'nota.pdf' }),
      }),
    });
    await react(target, null, { timestamp: nowInSeconds() + 1 });
    expect((await shown())?.lastReaction).toBeNull();
    await react(target, '❤️', { timestamp: nowInSeconds() - 60 });
    await receive(stage.deps, aText(stage.place, person));
    expect((await shown())?.lastReaction).toBeNull();
  });

  it('says nothing of media to whoever has all of it covered', async () => {
    const payload = { fileName: 'nota.pdf' };
    const target = await get({ kind: 'document', text: 'legenda', payload });
    await react(target, '👍');
    expect(JSON.stringify(await shown())).toMatch(/(legenda.*nota|nota.*legenda)/);
    expect(JSON.stringify(await shown('everybody-covered'))).not.toMatch(/legenda|nota/);
    const member = await aMember(stage.deps.db, stage.place.workspaceId, 'agent');
    await inTx(stage.deps, member, (ctx) => chooseCovers(ctx, true));
    expect(JSON.stringify(await shown(member))).not.toMatch(/legenda|nota/);
  });

  it.each(['is_covered = true', "text = null, payload = '{}', revoked_at = now()"])(
    'says nothing of a message with %s',
    async (state) => {
      const target = await get({ kind: 'text', text: 'segredo' });
      await react(target, '👍');
      await sql`update message set ${sql.raw(state)} where external_id = ${target}`.execute(
        stage.deps.db,
      );
      expect(JSON.stringify(await shown())).not.toContain('segredo');
    },
  );
});

describe('a reaction of the person', () => {
  it('opens the window, and neither reopens nor counts as unread', async () => {
    const target = await get({ kind: 'text', text: 'oi' });
    await sql`update conversation set last_inbound_at = null, unread_count = 0, status = 'resolved'
      where id = ${thread.conversationId}`.execute(stage.deps.db);
    await react(target, '👍', { isHistory: true });
    expect((await shown())?.windowClosesAt).toBeNull();
    await react(target, null);
    expect((await shown())?.windowClosesAt).toBeNull();
    await react(target, '👍', { timestamp: nowInSeconds() + 1 });
    expect(await shown()).toMatchObject({
      windowClosesAt: expect.any(String),
      unreadCount: 0,
      status: 'resolved',
    });
  });

  it('in batches with messages of several people waits for nobody for ever', async () => {
    const others = await Promise.all(
      [1, 2, 3].map(async () => {
        const other = { phone: aPhone() };
        const text = aText(stage.place, other);
        await receive(stage.deps, text);
        return { other, text };
      }),
    );
    const batch = (order: typeof others) =>
      receive(
        stage.deps,
        ...order.flatMap(({ other, text }) => [
          aText(stage.place, other),
          anAction(stage.place, other, text.externalId, { kind: 'reaction', emoji: '👍' }),
        ]),
      );
    await Promise.all([batch(others), batch([...others].reverse()), batch(others)]);
  });
});

describe('one line of a message', () => {
  it.each([
    [
      { kind: 'interactive', payload: { type: 'call-permission', answer: 'accept' } },
      'call-permission-accept',
    ],
    [{ kind: 'call', payload: { event: 'terminate', callStatus: 'failed' } }, 'missed'],
    [
      { kind: 'unsupported', payload: { type: 'poll_creation', errorCode: 131_051 } },
      'poll_creation',
    ],
    [{ kind: 'unsupported', payload: { errorCode: 131_060 } }, 'unavailable'],
    [
      { kind: 'unsupported', payload: { reason: 'unknown-type', type: 'hologram' } },
      'unknown-type',
    ],
    [{ kind: 'unsupported', payload: { reason: 'malformed', type: 'image' } }, 'malformed'],
  ] as const)('tells of which sort it is: %o', async (content, variant) => {
    await get(content);
    expect((await shown())?.lastMessage).toMatchObject({ variant });
  });

  it.each([
    ['document', { fileName: 'nota.pdf' }, 'nota.pdf'],
    ['location', { latitude: 1, longitude: 2, name: 'Praça' }, 'Praça'],
    ['contacts', { cards: [{ name: 'Bia' }, { name: 'Caio' }] }, 'Bia, Caio'],
    ['flow-reply', { answers: [{ value: 'M' }, { value: 'azul' }] }, 'M · azul'],
  ] as const)(
    'of a quoted %s is its summary, while it may be read',
    async (kind, payload, summary) => {
      const quoted = await get({ kind, payload });
      const answer = await idOf(
        await get({ kind: 'text', text: 'este', replyToExternalId: quoted }),
      );
      const view = async () =>
        (await findMessages(stage.deps.db, stage.place.workspaceId, [answer]))[0]?.replyTo;
      expect(await view()).toMatchObject({ type: kind, summary });
      await sql`update message set is_covered = true where external_id = ${quoted}`.execute(
        stage.deps.db,
      );
      expect(await view()).toMatchObject({ withheld: 'covered', summary: null, variant: null });
    },
  );
});

describe('a long text', () => {
  it('is cut so that no sign of its formatting shows, in the list and in a quotation', async () => {
    const text = `*${'palavra '.repeat(60).trim()}*`;
    const quoted = await get({ kind: 'text', text });
    const line = (await shown())?.lastMessage?.text ?? '';
    expect(plainWords(line)).toMatch(/^palavra palavra/);
    expect(plainWords(line)).not.toContain('*');
    expect(line.length).toBeLessThanOrEqual(301);
    await react(quoted, '👍', { timestamp: nowInSeconds() + 2 });
    expect(plainWords((await shown())?.lastReaction?.to.text ?? '*')).not.toContain('*');
    const reply = await idOf(await get({ kind: 'text', text: 'sim', replyToExternalId: quoted }));
    const { workspaceId } = stage.place;
    const [message] = await findMessages(stage.deps.db, workspaceId, [reply], 'everybody');
    expect(plainWords(message?.replyTo?.text ?? '*')).not.toContain('*');
  });
});
