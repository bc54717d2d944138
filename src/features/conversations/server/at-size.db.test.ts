import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  coverName,
  lockCoveredNames,
  removeName,
  restoreName,
} from '#features/contacts/server/index.ts';
import { block, unblock } from '#features/gate/server/testing.ts';
import { type Actor, type Ctx, systemActor, type Tx } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { everyWorkspace, newId } from '#platform/shared/ids.ts';
import { claimNextMessage } from './claim-dispatch.ts';
import { forwardMessage } from './forward-message.ts';
import { markRead } from './mark-read.ts';
import { receiveItems } from './receive-messages.ts';
import { rescueStranded } from './refuse-queued.ts';
import { sendMessage } from './send-message.ts';
import {
  aBookEntry,
  aChannel,
  aNumberChange,
  anAction,
  aPhone,
  aText,
  aThread,
  nowInSeconds,
  type Place,
  type Thread,
} from './testing.ts';
import { coverMessages, restoreMessages } from './withhold/cover-messages.ts';
import { removeMessages } from './withhold/remove-messages.ts';

/**
 * What happens to one message must not depend on how many others there are: nothing on its way reads a table of people or
 * of messages from one end to the other.
 */
const many = 4_000;
let deps: TestDeps;
let place: Place;
let admin: Actor;
let thread: Thread;
const person = { phone: aPhone() };

const fill = async ({ workspaceId, channelId }: Place): Promise<void> => {
  await sql`
    with person as (
      select n, gen_random_uuid() as contact, gen_random_uuid() as conversation
        from generate_series(1, ${many}::int) n
    ), contacts as (
      insert into contact (workspace_id, id, profile_name, block_epoch)
      select ${workspaceId}::uuid, contact, 'Cliente ' || n, n % 2 from person
    ), identities as (
      insert into contact_identity (workspace_id, id, contact_id, kind, match_key, value, is_former)
      select ${workspaceId}::uuid, gen_random_uuid(), contact, 'phone', 'phone:' || (5511310000000 + n),
             (5511310000000 + n)::text, n % 3 = 0 from person
    ), conversations as (
      insert into conversation (workspace_id, id, contact_id, channel_id)
      select ${workspaceId}::uuid, conversation, contact, ${channelId}::uuid from person
    ), messages as (
      insert into message (workspace_id, id, conversation_id, contact_id, channel_id, direction, kind, text, external_id,
                           status, at)
      select ${workspaceId}::uuid, gen_random_uuid(), conversation, contact, ${channelId}::uuid, 'out', 'text', 'Bom dia',
             'wamid.' || n || '.' || k, 'read', clock_timestamp() - n * interval '1 minute'
        from person, generate_series(1, 2) k
    )
    insert into block (workspace_id, id, contact_id, reason, started_by_kind, lifted_at, lifted_by_kind)
    select ${workspaceId}::uuid, gen_random_uuid(), contact, 'spam', 'system', clock_timestamp() + interval '1 second', 'system'
      from person where n % 2 = 1`.execute(deps.db);
  await sql`vacuum analyze`.execute(deps.db);
};

/** Rows read by walking whole tables, by table; of this connection so far, for what it has not reported yet is in it. */
const readWhole = async (tx: Tx): Promise<Map<string, number>> => {
  const { rows } = await sql<{ table: string; rows: number }>`
    select relname as table, seq_tup_read::int as rows from pg_stat_xact_user_tables`.execute(tx);
  return new Map(rows.map(({ table, rows: read }) => [table, read]));
};

/** Tables that this work has read whole. */
const scansOf = async <T>(
  actor: Actor,
  work: (ctx: Ctx) => Promise<T>,
): Promise<{ scans: string[]; answer: T }> =>
  inTx(deps, actor, async (ctx) => {
    const before = await readWhole(ctx.tx);
    const answer = await work(ctx);
    const after = await readWhole(ctx.tx);
    const scans = [...after].filter(([table, rows]) => rows - (before.get(table) ?? 0) >= many / 4);
    return { scans: scans.map(([table]) => table), answer };
  });

const expectNone = async (actor: Actor, work: (ctx: Ctx) => Promise<unknown>): Promise<void> => {
  expect((await scansOf(actor, work)).scans).toEqual([]);
};
const system = systemActor(everyWorkspace);

beforeAll(async () => {
  deps = await openTestDeps();
  const workspaceId = await aWorkspace(deps.db);
  place = await aChannel(deps.db, workspaceId);
  admin = await aMember(deps.db, workspaceId);
  await fill(place);
  thread = await aThread(deps, place, person);
}, 60_000);
afterAll(() => deps.close());

it('sees a table that is read whole', async () => {
  const { scans } = await scansOf(system, ({ tx }) =>
    sql`select count(*) from contact where profile_name like '%9'`.execute(tx),
  );
  expect(scans).toEqual(['contact']);
});

it('takes in what people send', async () => {
  const first = aText(place, person);
  await expectNone(system, (ctx) => receiveItems(ctx, [first]));
  await expectNone(system, (ctx) => receiveItems(ctx, [aText(place, { phone: aPhone() })]));
  const reply = { ...aText(place, person), replyToExternalId: first.externalId };
  await expectNone(system, (ctx) => receiveItems(ctx, [reply]));
  for (const action of [
    { kind: 'reaction', emoji: '👍' },
    { kind: 'edit', text: 'outro' },
    { kind: 'revoke' },
  ] as const) {
    const item = anAction(place, person, first.externalId, action);
    await expectNone(system, (ctx) => receiveItems(ctx, [item]));
  }
  const content = { kind: 'image', payload: { mediaId: '3', mimeType: 'image/jpeg' } } as const;
  await expectNone(system, (ctx) => receiveItems(ctx, [aText(place, person, { content })]));
});

it('takes in news of people and of what we sent', async () => {
  const status = { type: 'status', ...place, status: 'read', timestamp: nowInSeconds() } as const;
  await expectNone(system, (ctx) => receiveItems(ctx, [{ ...status, externalId: 'wamid.17.1' }]));
  const other = { phone: aPhone() };
  await aThread(deps, place, other);
  await expectNone(system, (ctx) => receiveItems(ctx, [aBookEntry(place, other, 'Rui')]));
  await expectNone(system, (ctx) =>
    receiveItems(ctx, [aNumberChange(place, other, { phone: aPhone() })]),
  );
});

it('sends, forwards, claims, reads and sweeps', async () => {
  const input = { text: 'Bom dia', replyToId: null, forwardedFrom: null, idempotencyKey: null };
  const { conversationId } = thread;
  const sent = await scansOf(admin, (ctx) => sendMessage(ctx, { conversationId, ...input }));
  expect(sent.scans).toEqual([]);
  const messageId = sent.answer.kind === 'queued' ? sent.answer.messageId : '';
  await expectNone(admin, (ctx) => forwardMessage(ctx, messageId, [conversationId], null));
  await expectNone(admin, (ctx) => claimNextMessage(ctx, conversationId));
  await expectNone(admin, (ctx) => markRead(ctx, conversationId));
  await expectNone(system, rescueStranded);
});

it('drops what a blocked person sends', async () => {
  const blocked = { phone: aPhone() };
  const { contactId } = await aThread(deps, place, blocked);
  await block(deps, admin, contactId);
  await expectNone(system, (ctx) => receiveItems(ctx, [aText(place, blocked)]));
  await unblock(deps, admin, contactId);
});

it('covers, keeps and removes', async () => {
  const { rows } = await sql<{ id: string }>`select id from message
    where conversation_id = ${thread.conversationId} and direction = 'in' and kind = 'text' limit 1`.execute(
    deps.db,
  );
  const about = { requestId: newId(), messageIds: rows.map(({ id }) => id) };
  expect(about.messageIds).toHaveLength(1);
  await expectNone(admin, (ctx) => coverMessages(ctx, about));
  await expectNone(admin, (ctx) => restoreMessages(ctx, about));
  await expectNone(admin, (ctx) =>
    removeMessages(ctx, { ...about, number: 1, alsoMessageIds: [] }),
  );
});

it('hides, shows and removes a name', async () => {
  const { contactId } = await aThread(deps, place, { phone: aPhone() });
  const requestId = newId();
  await expectNone(admin, (ctx) => coverName(ctx, requestId, contactId));
  const ends = async (ctx: Ctx, end: (ids: readonly string[]) => Promise<void>) =>
    end(await lockCoveredNames(ctx, requestId));
  await expectNone(admin, (ctx) => ends(ctx, (ids) => restoreName(ctx, requestId, ids)));
  await inTx(deps, admin, (ctx) => coverName(ctx, requestId, contactId));
  await expectNone(admin, (ctx) => ends(ctx, (ids) => removeName(ctx, ids)));
});
