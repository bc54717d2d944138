import { beforeEach, describe, expect, it } from 'vitest';
import type { InboundItem, MessageActionItem, MessageItem, PersonRef } from '#channels/channel.ts';
import { block, unblock } from '#features/gate/server/testing.ts';
import { systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { newId } from '#platform/shared/ids.ts';
import { purgeMessages } from '../purge-messages.ts';
import { listRetentions } from '../purge-old.ts';
import { aStage } from '../testing/stage.ts';
import {
  aBsuid,
  anAction,
  aPhone,
  aText,
  aThread,
  aWamid,
  mergeContacts,
  nowInSeconds,
  receive,
  type Thread,
} from '../testing.ts';

const stage = aStage();
const t = nowInSeconds() - 60;

let person: PersonRef & { phone: string };
let thread: Thread;

beforeEach(async () => {
  person = { phone: aPhone(), bsuid: aBsuid() };
  thread = await aThread(stage.deps, stage.place, person);
});

const act = (
  message: MessageItem,
  action: MessageActionItem['action'],
  more: Partial<MessageActionItem> = {},
) => anAction(stage.place, person, message.externalId, action, { timestamp: t + 5, ...more });
const aPicture = (): MessageItem =>
  aText(stage.place, person, {
    timestamp: t,
    content: { kind: 'image', text: 'segredo', payload: { mediaId: '77' } },
  });
const aLine = (more: Partial<MessageItem> = {}) =>
  aText(stage.place, person, { timestamp: t, ...more });

const stored = async ({ externalId }: { externalId: string }) => {
  const { rows } = await stage.deps.pool.query<{
    text: string | null;
    isRevoked: boolean;
    isEdited: boolean;
    emoji: string[];
    files: number;
  }>(
    `select m.text, m.revoked_at is not null as "isRevoked", m.edited_at is not null as "isEdited",
            array(select r.emoji from message_reaction r where r.message_id = m.id and r.emoji is not null) as emoji,
            (select count(*)::int from message_media f where f.message_id = m.id) as files
       from message m where m.external_id = $1`,
    [externalId],
  );
  return rows[0];
};
const waiting = async (): Promise<{ content: string | null; kind: string }[]> => {
  const { rows } = await stage.deps.pool.query(
    'select content, kind from early_action where workspace_id = $1 order by kind',
    [stage.place.workspaceId],
  );
  return rows;
};
const receiveEach = async (...items: readonly InboundItem[]): Promise<void> => {
  for (const item of items) {
    await receive(stage.deps, item);
  }
};

describe('what comes before its message', () => {
  it('a message that was taken back is never shown, and its file never fetched', async () => {
    const picture = aPicture();
    await receiveEach(act(picture, { kind: 'revoke' }), picture);
    expect(await stored(picture)).toMatchObject({ text: null, isRevoked: true, files: 0 });
    expect(await waiting()).toEqual([]);
    // Whatever comes once more changes nothing.
    await receiveEach(picture, act(picture, { kind: 'revoke' }));
    expect(await stored(picture)).toMatchObject({ text: null, isRevoked: true });
  });

  it('of several edits the newest stands, and of reactions too, taken back ones included', async () => {
    const [line, other] = [aLine(), aLine()];
    const edit = (text: string, after: number) =>
      act(line, { kind: 'edit', text }, { timestamp: t + after });
    const react = (to: MessageItem, emoji: string | null, after: number) =>
      act(to, { kind: 'reaction', emoji }, { timestamp: t + after });
    await receiveEach(edit('depois', 9), edit('antes', 4), react(line, '👍', 3));
    await receive(stage.deps, react(other, null, 8), react(other, '👍', 6));
    await receive(stage.deps, line, other);
    expect(await stored(line)).toMatchObject({ text: 'depois', isEdited: true, emoji: ['👍'] });
    expect(await stored(other)).toMatchObject({ isEdited: false, emoji: [] });
    await receive(stage.deps, react(other, '👍', 6));
    expect(await stored(other)).toMatchObject({ emoji: [] });
    expect(await waiting()).toEqual([]);
  });

  it('in one batch, in any order, with the first that the person ever sent', async () => {
    const unknown = { phone: aPhone() };
    const items = ['a', 'b', 'c'].map((text) =>
      aText(stage.place, unknown, { timestamp: t, content: { kind: 'text', text } }),
    );
    const [a, b, c] = items as [MessageItem, MessageItem, MessageItem];
    const on = (item: MessageItem, action: MessageActionItem['action']) =>
      anAction(stage.place, unknown, item.externalId, action, { timestamp: t + 5 });
    await receive(stage.deps, on(a, { kind: 'revoke' }), a, on(b, { kind: 'edit', text: 'B' }), b);
    await receiveEach(on(c, { kind: 'revoke' }), on(c, { kind: 'edit', text: 'C' }), c);
    expect(await Promise.all(items.map(stored))).toMatchObject([
      { text: null, isRevoked: true },
      { text: 'B', isRevoked: false },
      { text: null, isRevoked: true },
    ]);
  });

  it('in an import and from our own phone as well, but only from whoever wrote the message', async () => {
    const echo = aLine({ direction: 'out', isHistory: true });
    const line = aLine();
    await receiveEach(
      act(echo, { kind: 'edit', text: 'nosso' }, { direction: 'out', isHistory: true }),
      act(echo, { kind: 'reaction', emoji: '❤️' }),
      act(line, { kind: 'revoke' }, { direction: 'out' }),
      anAction(stage.place, { phone: aPhone() }, line.externalId, { kind: 'revoke' }),
    );
    await receive(stage.deps, echo, line);
    expect(await stored(echo)).toMatchObject({ text: 'nosso', emoji: ['❤️'] });
    expect(await stored(line)).toMatchObject({ text: 'oi', isRevoked: false });
  });

  it('two nodes that are told of it at once agree', async () => {
    for (let n = 0; n < 5; n += 1) {
      const line = aLine();
      const work = [receive(stage.deps, act(line, { kind: 'revoke' })), receive(stage.deps, line)];
      await Promise.all(n % 2 === 0 ? work : work.reverse());
      expect(await stored(line)).toMatchObject({ text: null, isRevoked: true });
    }
  });

  it('opens the window at once where it is a reaction', async () => {
    const at = nowInSeconds() + 30;
    await receive(stage.deps, act(aLine(), { kind: 'reaction', emoji: '👍' }, { timestamp: at }));
    const { rows } = await stage.deps.pool.query(
      'select last_inbound_at as at from conversation where id = $1',
      [thread.conversationId],
    );
    expect(rows[0]?.at).toEqual(new Date(at * 1000));
  });

  it('waits for a message of ours whose id is not told yet', async () => {
    const id = newId();
    await stage.deps.pool.query(
      `insert into message (workspace_id, id, conversation_id, contact_id, channel_id, direction, kind, text, status, at)
       values ($1, $2, $3, $4, $5, 'out', 'text', 'oi', 'unknown', clock_timestamp())`,
      [stage.place.workspaceId, id, thread.conversationId, thread.contactId, stage.place.channelId],
    );
    const externalId = aWamid();
    await receive(
      stage.deps,
      anAction(stage.place, person, externalId, { kind: 'reaction', emoji: '👍' }),
    );
    const status = { type: 'status', ...stage.place, externalId, callbackData: id } as const;
    await receive(stage.deps, { ...status, status: 'read', timestamp: nowInSeconds() });
    expect(await stored({ externalId })).toMatchObject({ emoji: ['👍'] });
  });
});

describe('a reaction that was taken back', () => {
  it('stays so, when an older one is delivered late or once more', async () => {
    const [line, late] = [aLine(), aLine()];
    const react = (to: MessageItem, emoji: string | null, after: number) =>
      act(to, { kind: 'reaction', emoji }, { timestamp: t + after });
    await receive(stage.deps, line, late);
    const first = react(line, '👍', 3);
    await receiveEach(first, react(line, null, 5), first);
    await receiveEach(react(late, null, 5), react(late, '👍', 3));
    expect([await stored(line), await stored(late)]).toMatchObject([{ emoji: [] }, { emoji: [] }]);
    await receive(stage.deps, react(line, '❤️', 7));
    expect(await stored(line)).toMatchObject({ emoji: ['❤️'] });
  });

  it('of ours too, in whatever order we learn what left', async () => {
    const line = aLine();
    await receive(stage.deps, line);
    const ours = async (emoji: string | null, after: number) => {
      const id = newId();
      await stage.deps.pool.query(
        `insert into message (workspace_id, id, conversation_id, contact_id, channel_id, direction, kind, text, status, at, reply_to_id)
         select workspace_id, $1, conversation_id, contact_id, channel_id, 'out', 'reaction', $2, 'unknown',
                at + $3 * interval '1 second', id from message where external_id = $4`,
        [id, emoji, after, line.externalId],
      );
      return id;
    };
    const [older, newer] = [await ours('👍', 1), await ours(null, 2)];
    for (const callbackData of [newer, older]) {
      const about = { externalId: aWamid(), callbackData, timestamp: t + 9 };
      await receive(stage.deps, { type: 'status', ...stage.place, ...about, status: 'sent' });
    }
    expect(await stored(line)).toMatchObject({ emoji: [] });
  });
});

describe('what is kept of it', () => {
  it('nothing of a blocked person, and nothing about what the gate dropped', async () => {
    await block(stage.deps, stage.admin, thread.contactId);
    const during = aLine({ timestamp: nowInSeconds() });
    await receive(stage.deps, act(aLine(), { kind: 'edit', text: 'x' }, { timestamp: t + 70 }));
    await receive(stage.deps, during);
    await unblock(stage.deps, stage.admin, thread.contactId);
    const later = { timestamp: nowInSeconds() + 5 };
    await receive(stage.deps, act(during, { kind: 'edit', text: 'segredo' }, later));
    expect(await waiting()).toEqual([]);

    // And where the message comes after what was done to it: it is dropped, and takes that along.
    const late = aLine({ timestamp: during.timestamp });
    await receive(stage.deps, act(late, { kind: 'edit', text: 'segredo' }, later));
    expect(await waiting()).toHaveLength(1);
    await receive(stage.deps, late);
    expect([await stored(late), await waiting()]).toEqual([undefined, []]);
  });

  it('is not done any more once the person is blocked, though our own message comes', async () => {
    const echo = aLine({ direction: 'out' });
    await receive(stage.deps, act(echo, { kind: 'reaction', emoji: '👍' }));
    await block(stage.deps, stage.admin, thread.contactId);
    await receive(stage.deps, echo);
    expect(await stored(echo)).toMatchObject({ text: 'oi', emoji: [] });
    expect(await waiting()).toEqual([]);
  });

  it('the second wall holds against SQL written by mistake', async () => {
    await block(stage.deps, stage.admin, thread.contactId);
    await expect(
      stage.deps.pool.query(
        `insert into early_action (workspace_id, target_hash, contact_id, direction, kind, content, is_history, at)
         values ($1, decode(repeat('00', 32), 'hex'), $2, 'in', 'edit', 'x', false, now())`,
        [stage.place.workspaceId, thread.contactId],
      ),
    ).rejects.toMatchObject({ code: 'GT001' });
  });

  it('nothing about what was purged, no content of a revoke, and nothing after some days', async () => {
    const line = aLine();
    await receive(stage.deps, line);
    const { rows } = await stage.deps.pool.query('select id from message where external_id = $1', [
      line.externalId,
    ]);
    await inTx(stage.deps, systemActor(stage.place.workspaceId), (ctx) =>
      purgeMessages(ctx, [rows[0]?.id]),
    );
    await receive(stage.deps, act(line, { kind: 'edit', text: 'x' }));
    expect(await waiting()).toEqual([]);

    const never = aLine();
    await receive(
      stage.deps,
      act(never, { kind: 'revoke' }),
      act(aLine(), { kind: 'edit', text: 'x' }),
    );
    expect(await waiting()).toEqual([
      { kind: 'edit', content: 'x' },
      { kind: 'revoke', content: null },
    ]);
    await stage.deps.pool.query(
      `update early_action set kept_at = now() - interval '9 days' where workspace_id = $1`,
      [stage.place.workspaceId],
    );
    await receive(stage.deps, never);
    expect(await stored(never)).toMatchObject({ isRevoked: false });
    await inTx(stage.deps, systemActor(stage.place.workspaceId), listRetentions);
    expect(await waiting()).toEqual([]);
  });

  it('goes along when two contacts turn out to be one', async () => {
    const other = { phone: aPhone() };
    const [line, third] = [aLine(), aLine()];
    const second = aText(stage.place, other, { timestamp: t });
    const there = await aThread(stage.deps, stage.place, other);
    const theirs = [second, third].map(({ externalId }) =>
      anAction(stage.place, other, externalId, { kind: 'revoke' }),
    );
    await receive(stage.deps, third, act(line, { kind: 'revoke' }), ...theirs);
    await inTx(stage.deps, stage.admin, (ctx) =>
      mergeContacts(ctx, thread.contactId, there.contactId),
    );
    // Its message was there already, the other's then.
    expect(await stored(third)).toMatchObject({ isRevoked: true });
    await receive(stage.deps, line, second);
    expect([await stored(line), await stored(second)]).toMatchObject([
      { isRevoked: true },
      { isRevoked: true },
    ]);
  });
});
