import { sql } from 'kysely';
import type { PoolClient } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { block, unblock } from '#features/gate/server/testing.ts';
import type { Actor } from '#platform/server/deps.ts';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { newId } from '#platform/shared/ids.ts';
import { aChannel, anAction, aPhone, aText, aThread, receive, type Thread } from './testing.ts';

/** Plain SQL, as a mistake would write it: no code of ours stands between it and the tables (G10). */
let deps: TestDeps;
let place: { workspaceId: string; channelId: string };
let admin: Actor;
let blocked: Thread & { messageId: string; ourId: string };
let free: Thread & { messageId: string; ourId: string };

const closed = { code: 'GT001' };

const thread = async (): Promise<Thread & { messageId: string; ourId: string }> => {
  const person = { phone: aPhone() };
  const made = await aThread(deps, place, person);
  const text = aText(place, person);
  const echo = aText(place, person, { direction: 'out' });
  await receive(deps, text, echo);
  await receive(deps, anAction(place, person, text.externalId, { kind: 'reaction', emoji: '👍' }));
  const idOf = async (externalId: string): Promise<string> => {
    const { rows } = await sql<{ id: string }>`
      select id from message where external_id = ${externalId}`.execute(deps.db);
    return rows[0]?.id ?? '';
  };
  return { ...made, messageId: await idOf(text.externalId), ourId: await idOf(echo.externalId) };
};

beforeAll(async () => {
  deps = await openTestDeps();
});
afterAll(() => deps.close());

beforeEach(async () => {
  const workspaceId = await aWorkspace(deps.db);
  place = await aChannel(deps.db, workspaceId);
  admin = await aMember(deps.db, workspaceId);
  [blocked, free] = [await thread(), await thread()];
  await block(deps, admin, blocked.contactId);
});

const insertMessage = (to: Thread, direction: string, id = newId()): Promise<unknown> =>
  deps.pool.query(
    `insert into message (workspace_id, id, conversation_id, contact_id, channel_id, direction, kind, text, status, at)
     values ($1, $2, $3, $4, $5, $6, 'text', 'oi', 'sent', clock_timestamp())`,
    [place.workspaceId, id, to.conversationId, to.contactId, place.channelId, direction],
  );

const update = (set: string, messageId: string, ...values: unknown[]): Promise<unknown> =>
  deps.pool.query(`update message set ${set} where id = $1`, [messageId, ...values]);

describe('the second wall lets in nothing inbound of a blocked contact', () => {
  it('no new row, alone or beside others in one statement', async () => {
    await expect(insertMessage(blocked, 'in')).rejects.toMatchObject(closed);
    await expect(
      deps.pool.query(
        `insert into message (workspace_id, id, conversation_id, contact_id, channel_id, direction, kind, status, at)
         select workspace_id, gen_random_uuid(), id, contact_id, channel_id, 'in', 'text', 'received', now()
           from conversation where workspace_id = $1`,
        [place.workspaceId],
      ),
    ).rejects.toMatchObject(closed);
  });

  it('but its own rows pass: ours, internal ones, and those of others', async () => {
    await insertMessage(blocked, 'out');
    await insertMessage(blocked, 'internal');
    await insertMessage(free, 'in');
    await unblock(deps, admin, blocked.contactId);
    await insertMessage(blocked, 'in');
  });

  it.each([
    ['text', `text = 'outra'`],
    ['payload', `payload = '{"a":1}'`],
    ['kind', `kind = 'image'`],
    ['an edit', `edited_at = now()`],
    ['a revoke', `text = null, revoked_at = now()`],
    ['its time', `at = now() - interval '1 day'`],
  ])('no change of %s of a stored row', async (_, set) => {
    await expect(update(set, blocked.messageId)).rejects.toMatchObject(closed);
    await update(set, free.messageId);
  });

  it('no change of direction, in either way', async () => {
    await expect(update(`direction = 'in'`, blocked.ourId)).rejects.toMatchObject(closed);
    await expect(update(`direction = 'out'`, blocked.messageId)).rejects.toMatchObject(closed);
  });

  it('no move into the conversation, nor out of it', async () => {
    const set = 'contact_id = $2, conversation_id = $3';
    await expect(
      update(set, free.messageId, blocked.contactId, blocked.conversationId),
    ).rejects.toMatchObject(closed);
    await expect(
      update(set, blocked.messageId, free.contactId, free.conversationId),
    ).rejects.toMatchObject(closed);
  });

  it('what is ours may go on: its status is no content of theirs', async () => {
    await update(`status = 'read'`, blocked.ourId);
    await update(`status = 'received'`, blocked.messageId);
  });

  it('no reaction, new, changed or taken back', async () => {
    await expect(
      deps.pool.query(
        `insert into message_reaction (workspace_id, message_id, contact_id, direction, emoji, at)
         values ($1, $2, $3, 'in', '👎', now())`,
        [place.workspaceId, blocked.ourId, blocked.contactId],
      ),
    ).rejects.toMatchObject(closed);
    await expect(
      deps.pool.query(`update message_reaction set emoji = '👎' where message_id = $1`, [
        blocked.messageId,
      ]),
    ).rejects.toMatchObject(closed);
    await expect(
      deps.pool.query('delete from message_reaction where message_id = $1', [blocked.messageId]),
    ).rejects.toMatchObject(closed);
    await deps.pool.query('delete from message_reaction where message_id = $1', [free.messageId]);
  });
});

describe('the named exception of a merge', () => {
  const asMerge = async (work: (client: PoolClient) => Promise<unknown>): Promise<void> => {
    const client = await deps.pool.connect();
    try {
      await client.query('begin');
      await client.query(`select set_config('guarita.gate_exception', 'merge', true)`);
      await work(client);
      await client.query('commit');
    } catch (error) {
      await client.query('rollback');
      throw error;
    } finally {
      client.release();
    }
  };
  const moveTo = (client: PoolClient, to: Thread, messageId: string) =>
    client.query('update message set contact_id = $2, conversation_id = $3 where id = $1', [
      messageId,
      to.contactId,
      to.conversationId,
    ]);

  it('moves rows that are older than the block', async () => {
    await asMerge((client) => moveTo(client, blocked, free.messageId));
    await asMerge((client) => moveTo(client, free, blocked.messageId));
  });

  it('moves no row that is younger than the block', async () => {
    const young = newId();
    await insertMessage(free, 'in', young);
    await expect(asMerge((client) => moveTo(client, blocked, young))).rejects.toMatchObject(closed);
  });

  it('lets in no new row, and ends with its transaction', async () => {
    const insert = (client: PoolClient) =>
      client.query(
        `insert into message (workspace_id, id, conversation_id, contact_id, channel_id, direction, kind, status, at)
         values ($1, $2, $3, $4, $5, 'in', 'text', 'received', now())`,
        [place.workspaceId, newId(), blocked.conversationId, blocked.contactId, place.channelId],
      );
    await expect(asMerge(insert)).rejects.toMatchObject(closed);
    const { rows } = await deps.pool.query<{ exception: string | null }>(
      `select nullif(current_setting('guarita.gate_exception', true), '') as exception`,
    );
    expect(rows[0]?.exception ?? null).toBeNull();
  });
});

describe('the second wall lets nothing leave', () => {
  const insertClaim = (to: Thread, epoch: number, messageId = newId()): Promise<unknown> =>
    deps.pool.query(
      `insert into dispatch_claim (workspace_id, id, contact_id, kind, message_id, accepted_epoch, deadline)
       values ($1, $2, $3, 'send', $4, $5, clock_timestamp() + interval '15 seconds')`,
      [place.workspaceId, newId(), to.contactId, messageId, epoch],
    );

  it('no claim for a blocked contact, whatever its epoch', async () => {
    await expect(insertClaim(blocked, 0)).rejects.toMatchObject(closed);
    await expect(insertClaim(blocked, 1)).rejects.toMatchObject(closed);
    await insertClaim(free, 0);
  });

  it('after an unblock no claim of what was accepted before', async () => {
    await unblock(deps, admin, blocked.contactId);
    await expect(insertClaim(blocked, 0)).rejects.toMatchObject(closed);
    await insertClaim(blocked, 1);
  });

  it('nor one that copies the epoch of now: the message says when it was accepted', async () => {
    const queued = async (): Promise<string> => {
      const { rows } = await deps.pool.query<{ id: string }>(
        `insert into message (workspace_id, id, conversation_id, contact_id, channel_id, direction, kind, status, at, accepted_epoch)
         select $1, $2, $3, c.id, $4, 'out', 'text', 'queued', now(), c.block_epoch from contact c where c.id = $5
         returning id`,
        [place.workspaceId, newId(), free.conversationId, place.channelId, free.contactId],
      );
      return rows[0]?.id ?? '';
    };
    const before = await queued();
    await block(deps, admin, free.contactId);
    await unblock(deps, admin, free.contactId);
    await expect(insertClaim(free, 1, before)).rejects.toMatchObject(closed);
    await insertClaim(free, 1, await queued());
  });

  it('no claim that is there already becomes another one; it can only end', async () => {
    await insertClaim(free, 0);
    const change = (set: string, ...values: unknown[]): Promise<unknown> =>
      deps.pool.query(`update dispatch_claim set ${set} where contact_id = $1`, [
        free.contactId,
        ...values,
      ]);
    for (const set of [
      'accepted_epoch = accepted_epoch + 1',
      'message_id = gen_random_uuid()',
      `kind = 'read'`,
      `claimed_at = now() - interval '1 day'`,
      `deadline = deadline + interval '1 minute'`,
      'id = gen_random_uuid()',
    ]) {
      await expect(change(set), set).rejects.toMatchObject(closed);
    }
    await expect(change('contact_id = $2', blocked.contactId)).rejects.toMatchObject(closed);
    await change('ended_at = clock_timestamp()');
    await expect(change('ended_at = null')).rejects.toMatchObject(closed);
  });
});

describe('the second wall waits for a block that is being made', () => {
  it('and then refuses the row', async () => {
    const client = await deps.pool.connect();
    try {
      await client.query('begin');
      await client.query('select 1 from contact where id = $1 for no key update', [free.contactId]);
      const inserted = insertMessage(free, 'in').then(
        () => 'stored',
        (error: unknown) => error,
      );
      await client.query(
        `insert into block (workspace_id, id, contact_id, reason, started_by_kind)
         values ($1, $2, $3, 'spam', 'system')`,
        [place.workspaceId, newId(), free.contactId],
      );
      await client.query('commit');
      expect(await inserted).toMatchObject(closed);
    } finally {
      client.release();
    }
  });
});

describe('the audit log', () => {
  it('takes neither changes nor deletions', async () => {
    for (const statement of [
      `update audit_event set action = 'x'`,
      'delete from audit_event',
      'truncate audit_event cascade',
    ]) {
      await expect(deps.pool.query(statement)).rejects.toMatchObject({ code: 'GT002' });
    }
  });
});
