import { sql } from 'kysely';
import type { Actor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { newId } from '#platform/shared/ids.ts';
import type { Message } from '../../contract.ts';
import { forwardMessage } from '../forward-message.ts';
import { findMessages } from '../message-queries.ts';
import { sendMessage } from '../send-message.ts';
import { aPhone, aText, aThread, receive, type Thread } from '../testing.ts';
import { coverMessages, restoreMessages } from '../withhold/cover-messages.ts';
import { type Removed, removeMessages } from '../withhold/remove-messages.ts';
import type { Stage } from './stage.ts';

/** What people do. */
const actsOn = (stage: Stage) => ({
  /** A text of the person, stored. @returns its id */
  writes: async (phone: string, text: string, more: Parameters<typeof aText>[2] = {}) => {
    const item = aText(stage.place, { phone }, { content: { kind: 'text', text }, ...more });
    await receive(stage.deps, item);
    const { rows } = await sql<{ id: string }>`
      select id from message where external_id = ${item.externalId}`.execute(stage.deps.db);
    return { item, id: rows[0]?.id ?? '' };
  },
  answers: async (thread: Thread, text: string, replyToId: string | null = null) => {
    const answer = await inTx(stage.deps, stage.agent, (ctx) =>
      sendMessage(ctx, {
        conversationId: thread.conversationId,
        text,
        replyToId,
        forwardedFrom: null,
        idempotencyKey: newId(),
      }),
    );
    return 'messageId' in answer ? answer.messageId : '';
  },
  /** @returns the copies, in the order of the targets */
  forwards: async (
    messageId: string,
    targets: readonly Thread[],
    by: Actor = stage.agent,
  ): Promise<string[]> => {
    const to = targets.map(({ conversationId }) => conversationId);
    const results = await inTx(stage.deps, by, (ctx) => forwardMessage(ctx, messageId, to, null));
    return results.map((result) => result.messageId ?? '');
  },
});

/** What the responsible team does, by the door, without its requests. */
const teamOn = (stage: Stage) => ({
  covers: (requestId: string, ...messageIds: string[]): Promise<string[]> =>
    inTx(stage.deps, stage.agent, (ctx) => coverMessages(ctx, { requestId, messageIds })),
  restores: (requestId: string, ...messageIds: string[]): Promise<void> =>
    inTx(stage.deps, stage.admin, (ctx) => restoreMessages(ctx, { requestId, messageIds })),
  removes: (messageIds: string[], alsoMessageIds: string[] = []): Promise<Removed> =>
    inTx(stage.deps, stage.admin, (ctx) =>
      removeMessages(ctx, { requestId: newId(), number: 7, messageIds, alsoMessageIds }),
    ),
});

const readsOn = (stage: Stage) => ({
  shown: async (id: string): Promise<Message> => {
    const [message] = await findMessages(stage.deps.db, stage.place.workspaceId, [id]);
    if (message === undefined) {
      throw new Error('no such message');
    }
    return message;
  },
  row: async (id: string): Promise<Record<string, unknown>> => {
    const { rows } = await sql<Record<string, unknown>>`
      select * from message where id = ${id}`.execute(stage.deps.db);
    return rows[0] ?? {};
  },
  count: async (table: string): Promise<number> => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}
      where workspace_id = ${stage.place.workspaceId}`.execute(stage.deps.db);
    return rows[0]?.n ?? -1;
  },
});

/** What tests of covers and removals do and look at. */
export const withholdOn = (stage: Stage) => ({
  ...actsOn(stage),
  ...teamOn(stage),
  ...readsOn(stage),
  /** Some people who have written, with their conversations. */
  people: async (n: number): Promise<(Thread & { phone: string })[]> => {
    const made: (Thread & { phone: string })[] = [];
    for (let one = 0; one < n; one += 1) {
      const phone = aPhone();
      made.push({ phone, ...(await aThread(stage.deps, stage.place, { phone })) });
    }
    return made;
  },
});
