import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { sql } from 'kysely';
import { beforeEach } from 'vitest';
import type { Channel, MediaAnswer, MessageItem } from '#channels/channel.ts';
import type { Media } from '#features/media/contract.ts';
import { mediaUpkeepJobs } from '#features/media/server/index.ts';
import { runFetch } from '#features/media/server/testing.ts';
import type { Actor } from '#platform/server/deps.ts';
import { keyOf } from '#platform/server/files/index.ts';
import { inTx } from '#platform/server/in-tx.ts';
import type { TestDeps } from '#platform/server/testing/test-deps.ts';
import { findMessages } from '../message-queries.ts';
import { sendMessage } from '../send-message.ts';
import { aPhone, aText, type Place, receive } from '../testing.ts';
import { aStage } from './stage.ts';

export interface Received {
  readonly id: string;
  readonly contactId: string;
  readonly conversationId: string;
  readonly externalId: string;
}

/** One workspace with one person who sends files. */
interface Stage {
  readonly place: Place;
  readonly admin: Actor;
  readonly phone: string;
}

export const digest = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();

export const answering = (answer: MediaAnswer) => ({ fetchMedia: async () => answer });

const makersOf = (deps: () => TestDeps, stage: () => Stage) => ({
  receiveMedia: async (
    kind: MessageItem['content']['kind'] = 'image',
    payload: object = {},
  ): Promise<Received> => {
    const content = { kind, payload: { mediaId: '3000', mimeType: 'image/jpeg', ...payload } };
    const item = aText(stage().place, { phone: stage().phone }, { content });
    await receive(deps(), item);
    const { rows } = await sql<Received>`
      select id, contact_id as "contactId", conversation_id as "conversationId", external_id as "externalId"
        from message where external_id = ${item.externalId}`.execute(deps().db);
    if (rows[0] === undefined) {
      throw new Error('not stored');
    }
    return rows[0];
  },
  /** One of us writes, and it leaves. */
  answer: (conversationId: string): Promise<void> =>
    inTx(deps(), stage().admin, async (ctx) => {
      const sent = await sendMessage(ctx, {
        ...{ conversationId, text: 'Bom dia', replyToId: null },
        ...{ forwardedFrom: null, idempotencyKey: null },
      });
      const id = 'messageId' in sent ? sent.messageId : null;
      await sql`update message set status = 'sent' where id = ${id}`.execute(ctx.tx);
    }),
  fetch: (id: string, channel: Pick<Channel, 'fetchMedia'>): Promise<void> =>
    runFetch(deps(), channel, stage().place.workspaceId, id),
  upkeep: async (name: string, payload: unknown = {}): Promise<void> => {
    const job = mediaUpkeepJobs.find((one) => one.name === name);
    await job?.runUnparsed(payload, { deps: deps(), log: deps().log, attempt: 1 });
  },
});

const readersOf = (deps: () => TestDeps, stage: () => Stage) => ({
  mediaOf: async (id: string): Promise<Media | null | undefined> =>
    (await findMessages(deps().db, stage().place.workspaceId, [id]))[0]?.media,
  storedBytes: async (bytes: Buffer): Promise<Buffer | undefined> => {
    const stream = await deps().files.get(keyOf(stage().place.workspaceId, digest(bytes)));
    return stream === undefined ? undefined : buffer(stream);
  },
  filesOfWorkspace: async (): Promise<string[]> => {
    const found: string[] = [];
    for await (const { key } of deps().files.list()) {
      found.push(key);
    }
    return found.filter((key) => key.startsWith(stage().place.workspaceId));
  },
  jobsFor: async (id: string): Promise<number> => {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from graphile_worker._private_jobs
       where key = ${`media:${id}`}`.execute(deps().db);
    return rows[0]?.n ?? 0;
  },
});

/** Call it once in a file: every test gets a workspace of its own. */
export const mediaWorld = () => {
  const given = aStage();
  let phone = '';
  beforeEach(() => {
    phone = aPhone();
  });
  const deps = () => given.deps;
  const stage = (): Stage => ({ place: given.place, admin: given.admin, phone });
  return { deps, stage, ...makersOf(deps, stage), ...readersOf(deps, stage) };
};
