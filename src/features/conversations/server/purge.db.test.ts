import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { block } from '#features/gate/server/testing.ts';
import { aMediaChannel, aPicture } from '#features/media/server/testing.ts';
import { systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { newId } from '#platform/shared/ids.ts';
import { purgeMessages } from './purge-messages.ts';
import { purgeJobs } from './purge-old.job.ts';
import { changeRetention } from './purge-old.ts';
import { sendMessage } from './send-message.ts';
import { mediaWorld } from './testing/media-world.ts';
import { aChannel, anAction, aText, receive } from './testing.ts';
import { coverMessages, restoreMessages } from './withhold/cover-messages.ts';
import { removeMessages } from './withhold/remove-messages.ts';

const world = mediaWorld();
const person = () => ({ phone: world.stage().phone });
const workspaceId = () => world.stage().place.workspaceId;

const day = 86_400;
const ago = (days: number): number => Math.floor(Date.now() / 1000) - days * day;

/** A text as an import of history or a late webhook brings it. */
const aTextFrom = (days: number, text: string) =>
  aText(world.stage().place, person(), {
    timestamp: ago(days),
    content: { kind: 'text', text },
  });

const texts = async (): Promise<(string | null)[]> => {
  const { rows } = await sql<{ text: string | null }>`
    select text from message where workspace_id = ${workspaceId()} and direction <> 'internal' order by at, id`.execute(
    world.deps().db,
  );
  return rows.map((row) => row.text);
};

const idOf = async (externalId: string): Promise<string> => {
  const { rows } = await sql<{ id: string }>`
    select id from message where external_id = ${externalId}`.execute(world.deps().db);
  return rows[0]?.id ?? '';
};

const count = async (table: string): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from ${sql.table(table)} where workspace_id = ${workspaceId()}`.execute(
    world.deps().db,
  );
  return rows[0]?.n ?? -1;
};

const purge = (...ids: string[]): Promise<number> =>
  inTx(world.deps(), systemActor(workspaceId()), (ctx) => purgeMessages(ctx, ids));

const keepFor = (days: number | null): Promise<void> =>
  inTx(world.deps(), world.stage().admin, (ctx) => changeRetention(ctx, days));

const night = async (): Promise<void> => {
  for (const job of purgeJobs) {
    await job.runUnparsed({}, { deps: world.deps(), log: world.deps().log, attempt: 1 });
  }
};

const audited = async (): Promise<{ action: string; details: unknown }[]> => {
  const { rows } = await sql<{ action: string; details: unknown }>`
    select action, details from audit_event where workspace_id = ${workspaceId()}
       and action like 'conversations.%' order by id`.execute(world.deps().db);
  return rows;
};

const conversation = async () => {
  const { rows } = await sql<{ id: string; last: string | null; unread: number; waiting: Date }>`
    select id, last_message_id as last, unread_count as unread, waiting_since as waiting
      from conversation where workspace_id = ${workspaceId()}`.execute(world.deps().db);
  return rows[0] ?? expect.fail('no conversation');
};

describe('a purge', () => {
  it('takes text, reactions, file and thumbnail, and leaves a hash alone', async () => {
    const deps = world.deps();
    const bytes = await aPicture();
    const { id, externalId } = await world.receiveMedia();
    await world.fetch(id, aMediaChannel(bytes).channel);
    const like = { kind: 'reaction', emoji: '👍' } as const;
    await receive(deps, anAction(world.stage().place, person(), externalId, like));
    expect(await world.filesOfWorkspace()).toHaveLength(2);

    expect(await purge(id)).toBe(1);
    for (const table of ['message', 'message_reaction', 'message_media']) {
      expect(await count(table), table).toBe(0);
    }
    const { rows } = await sql<{ payload: { sha256: string; workspaceId: string } }>`
      select payload from graphile_worker._private_jobs where key like ${`drop:${workspaceId()}:%`}`.execute(
      deps.db,
    );
    expect(rows).toHaveLength(2);
    for (const { payload } of rows) {
      await world.upkeep('media.drop-file', payload);
    }
    expect(await world.filesOfWorkspace()).toEqual([]);
    expect(await count('purged_item')).toBe(1);
  });

  it('is not undone by the webhook that comes again, nor by an import of history', async () => {
    const text = aTextFrom(0, 'antes');
    await receive(world.deps(), text);
    await purge(await idOf(text.externalId));
    await receive(world.deps(), text, { ...text, isHistory: true }, aTextFrom(0, 'depois'));
    expect(await texts()).toEqual(['depois']);
    expect((await conversation()).unread).toBe(1);
  });

  it('takes old messages and reactions of a blocked contact as well; nothing else of theirs moves', async () => {
    const deps = world.deps();
    const [old, kept] = [aTextFrom(100, 'velha'), aTextFrom(1, 'nova')];
    await receive(deps, old, kept);
    const like = { kind: 'reaction', emoji: '👍' } as const;
    await receive(deps, anAction(world.stage().place, person(), old.externalId, like));
    await receive(deps, anAction(world.stage().place, person(), kept.externalId, like));
    const { rows } = await sql<{ id: string }>`
      select contact_id as id from conversation where workspace_id = ${workspaceId()}`.execute(
      deps.db,
    );
    await block(deps, world.stage().admin, rows[0]?.id ?? '');
    await keepFor(90);
    await night();
    expect(await texts()).toEqual(['nova']);
    expect(await count('message_reaction')).toBe(1);
    // The second wall stands as before for a reaction whose message stays.
    await expect(
      sql`delete from message_reaction where workspace_id = ${workspaceId()}`.execute(deps.db),
    ).rejects.toMatchObject({ code: 'GT001' });
  });

  it('settles what the list shows', async () => {
    const [first, second] = [aTextFrom(0, 'um'), aTextFrom(0, 'dois')];
    await receive(world.deps(), first);
    await receive(world.deps(), second);
    const [one, two] = [await idOf(first.externalId), await idOf(second.externalId)];
    await purge(two);
    expect(await conversation()).toMatchObject({ last: one, unread: 1 });
    await purge(one);
    expect(await conversation()).toMatchObject({ last: null, unread: 0, waiting: null });
  });

  it('shows in the list nothing that was not shown there before', async () => {
    const [first, second] = [aTextFrom(40, 'um'), aTextFrom(2, 'dois')];
    await receive(world.deps(), first, second);
    const [one, two] = [await idOf(first.externalId), await idOf(second.externalId)];
    await sql`insert into message (workspace_id, id, conversation_id, contact_id, channel_id, direction, kind, text,
                                   status, at)
      select workspace_id, gen_random_uuid(), conversation_id, contact_id, channel_id, d, k, '👍', 'sent', clock_timestamp()
        from message cross join (values ('out', 'reaction'), ('internal', 'activity')) as u (d, k)
       where id = ${two}`.execute(world.deps().db);
    await purge(one);
    expect((await conversation()).last).toBe(two);
    await purge(two);
    expect((await conversation()).last).toBeNull();
  });

  it('leaves what waits to be sent, forgets what a request was answered, keeps forwarded copies', async () => {
    const deps = world.deps();
    await receive(deps, aTextFrom(0, 'oi'));
    const { id } = await conversation();
    const send = (text: string, forwardedFrom: string | null, idempotencyKey: string | null) =>
      inTx(deps, world.stage().admin, (ctx) =>
        sendMessage(ctx, {
          conversationId: id,
          text,
          replyToId: null,
          forwardedFrom,
          idempotencyKey,
        }),
      );
    const answer = await send('a caminho', null, newId());
    const messageId = answer.kind === 'queued' ? answer.messageId : '';
    expect(await purge(messageId)).toBe(0);
    await sql`update message set status = 'sent' where id = ${messageId}`.execute(deps.db);
    await send('a cópia', messageId, null);
    expect(await purge(messageId)).toBe(1);
    expect(await texts()).toEqual(['oi', 'a cópia']);
    expect(await count('idempotency_key')).toBe(0);
  });
});

describe('retention', () => {
  it('is off until somebody sets it, and then takes what is older, over many small batches', async () => {
    const deps = world.deps();
    const old = Array.from({ length: 450 }, (_, n) => aTextFrom(100, `velha ${n}`));
    await receive(deps, ...old, aTextFrom(10, 'nova'));
    await night();
    expect(await count('message')).toBe(451);
    await keepFor(90);
    await night();
    expect(await texts()).toEqual(['nova']);
    await keepFor(null);
    await receive(deps, ...old);
    expect(await texts()).toEqual(['nova']);
    const purged = (messages: number) => ({
      action: 'conversations.messages-purged',
      details: { days: 90, messages },
    });
    // Each batch in the transaction that took it: a process that dies midway has told of what is gone.
    expect(await audited()).toEqual([
      { action: 'conversations.retention-changed', details: { days: 90 } },
      ...[200, 200, 50].map(purged),
      { action: 'conversations.retention-changed', details: { days: null } },
    ]);
  });

  it('leaves what is covered until that is decided, and takes what was removed', async () => {
    const { deps, stage } = world;
    const [asked, gone] = [aTextFrom(100, 'pedida'), aTextFrom(100, 'removida')];
    await receive(deps(), asked, gone, aTextFrom(100, 'velha'));
    const [askedId, goneId] = [await idOf(asked.externalId), await idOf(gone.externalId)];
    const requestId = newId();
    await inTx(deps(), stage().admin, async (ctx) => {
      await coverMessages(ctx, { requestId, messageIds: [askedId] });
      const also = { number: 1, alsoMessageIds: [] };
      await removeMessages(ctx, { requestId, messageIds: [goneId], ...also });
    });
    await keepFor(90);
    await night();
    expect(await texts()).toEqual(['pedida']);
    await inTx(deps(), stage().admin, (ctx) =>
      restoreMessages(ctx, { requestId, messageIds: [askedId] }),
    );
    await night();
    expect(await texts()).toEqual([]);
  });

  it('of one workspace touches no other', async () => {
    await receive(world.deps(), aTextFrom(100, 'fica'));
    const other = await sql<{
      id: string;
    }>`select id from workspace where id <> ${workspaceId()} limit 1`.execute(world.deps().db);
    const actor = { ...systemActor(other.rows[0]?.id ?? ''), kind: 'system' as const };
    await inTx(world.deps(), actor, (ctx) => changeRetention(ctx, 30));
    await night();
    expect(await texts()).toEqual(['fica']);
  });

  it('of one workspace that cannot be purged keeps no other from its own', async () => {
    const { deps } = world;
    await receive(deps(), aTextFrom(100, 'velha'));
    await keepFor(90);
    // A workspace that comes first, and whose messages the database will not let go.
    const firstId = '00000000-0000-7000-8000-000000000001';
    await sql`insert into workspace (id, name) values (${firstId}, 'presa')`.execute(deps().db);
    const place = await aChannel(deps().db, firstId);
    await receive(deps(), { ...aTextFrom(100, 'presa'), ...place });
    await inTx(deps(), systemActor(firstId), (ctx) => changeRetention(ctx, 90));
    await sql`create function stuck() returns trigger language plpgsql as
      $$ begin raise exception 'stuck'; end $$`.execute(deps().db);
    await sql`create trigger stuck before delete on message for each row
      when (old.text = 'presa') execute function stuck()`.execute(deps().db);
    await expect(night()).rejects.toThrow('the purge of 1 workspaces failed');
    expect(await texts()).toEqual([]);
    await sql`drop function stuck cascade`.execute(deps().db);
    await night();
    const { rows } = await sql`select 1 from message where workspace_id = ${firstId}`.execute(
      deps().db,
    );
    expect(rows).toEqual([]);
  });
});
