import type { PoolClient } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { block } from '#features/gate/server/testing.ts';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { newId } from '#platform/shared/ids.ts';
import { aChannel, aPhone, aText, aThread, type Place, receive, type Thread } from './testing.ts';

/** The second wall (G10) by plain SQL: rows that name another contact than the conversation they are in. */
let deps: TestDeps;
let place: Place;
let blocked: Thread & { ourId: string };
let free: Thread & { ourId: string; messageId: string };

const closed = { code: 'GT001' };
const elsewhere = { code: '23503', constraint: 'message_of_conversation' };

const query = (text: string, ...values: unknown[]) => deps.pool.query(text, values);

const thread = async (): Promise<Thread & { ourId: string; messageId: string }> => {
  const person = { phone: aPhone() };
  const made = await aThread(deps, place, person);
  const [text, echo] = [aText(place, person), aText(place, person, { direction: 'out' })];
  await receive(deps, text, echo);
  const idOf = async (externalId: string): Promise<string> =>
    (await query('select id from message where external_id = $1', externalId)).rows[0].id;
  return { ...made, messageId: await idOf(text.externalId), ourId: await idOf(echo.externalId) };
};

beforeAll(async () => {
  deps = await openTestDeps();
});
afterAll(() => deps.close());

beforeEach(async () => {
  const workspaceId = await aWorkspace(deps.db);
  place = await aChannel(deps.db, workspaceId);
  [blocked, free] = [await thread(), await thread()];
  await block(deps, await aMember(deps.db, workspaceId), blocked.contactId);
});

const insertMessage = (to: Thread, direction: string) =>
  query(
    `insert into message (workspace_id, id, conversation_id, contact_id, channel_id, direction, kind, text, status, at)
     values ($1, $2, $3, $4, $5, $6, 'text', 'oi', 'sent', clock_timestamp())`,
    ...[place.workspaceId, newId(), to.conversationId, to.contactId, place.channelId, direction],
  );

/** Where the contact has nothing yet. */
const emptyConversation = async (contactId: string): Promise<string> => {
  const { workspaceId, channelId } = await aChannel(deps.db, place.workspaceId);
  const id = newId();
  await query(
    'insert into conversation (workspace_id, id, contact_id, channel_id) values ($1, $2, $3, $4)',
    ...[workspaceId, id, contactId, channelId],
  );
  return id;
};

const give = (conversationId: string, contactId: string) =>
  query('update conversation set contact_id = $2 where id = $1', conversationId, contactId);

describe('a message', () => {
  it.each(['in', 'out', 'internal'])('is not put beside others: %s', async (direction) => {
    const mixed = { contactId: free.contactId, conversationId: blocked.conversationId };
    await expect(insertMessage(mixed, direction)).rejects.toMatchObject(elsewhere);
  });

  it('is not moved there alone', async () => {
    for (const id of [free.messageId, free.ourId]) {
      await expect(
        query(
          'update message set conversation_id = $2 where id = $1',
          ...[id, blocked.conversationId],
        ),
      ).rejects.toMatchObject(elsewhere);
    }
    await expect(
      query('update message set contact_id = $2 where id = $1', blocked.ourId, free.contactId),
    ).rejects.toMatchObject(elsewhere);
  });
});

describe('a conversation', () => {
  it('is not given to another contact while one of them is blocked, empty or not', async () => {
    const mine = await emptyConversation(blocked.contactId);
    await expect(give(mine, free.contactId)).rejects.toMatchObject(closed);
    const theirs = await emptyConversation(free.contactId);
    await expect(give(theirs, blocked.contactId)).rejects.toMatchObject(closed);
    await insertMessage({ contactId: blocked.contactId, conversationId: mine }, 'out');
    await expect(give(mine, free.contactId)).rejects.toMatchObject(elsewhere);
    await give(theirs, (await thread()).contactId);
  });

  it('nor together with our side of it, in one statement', async () => {
    const id = await emptyConversation(blocked.contactId);
    await insertMessage({ contactId: blocked.contactId, conversationId: id }, 'out');
    await expect(
      query(
        `with given as (update conversation set contact_id = $2 where id = $1)
         update message set contact_id = $2 where conversation_id = $1`,
        ...[id, free.contactId],
      ),
    ).rejects.toMatchObject(closed);
  });

  it('passes in the name of a merge when it is older than the block', async () => {
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
    const id = await emptyConversation(blocked.contactId);
    const move = (client: PoolClient) =>
      client.query('update conversation set contact_id = $2 where id = $1', [id, free.contactId]);
    await expect(asMerge(move)).rejects.toMatchObject(closed);
    await query(`update conversation set created_at = created_at - interval '1 hour'`);
    await asMerge(move);
  });
});

describe('what names a message', () => {
  it('is no reaction of somebody else', async () => {
    const react = (messageId: string, contactId: string, direction = 'in') =>
      query(
        `insert into message_reaction (workspace_id, message_id, contact_id, direction, emoji, at)
         values ($1, $2, $3, $4, '👎', now())`,
        ...[place.workspaceId, messageId, contactId, direction],
      );
    await expect(react(blocked.ourId, free.contactId)).rejects.toMatchObject(closed);
    await expect(react(free.ourId, (await thread()).contactId)).rejects.toMatchObject(closed);
    await expect(react(blocked.ourId, free.contactId, 'out')).rejects.toMatchObject(closed);
    await react(free.ourId, free.contactId);
    await expect(
      query(
        'update message_reaction set message_id = $2 where message_id = $1',
        ...[free.ourId, blocked.ourId],
      ),
    ).rejects.toMatchObject(closed);
  });

  it('is no claim of somebody else', async () => {
    const claim = (contactId: string, messageId: string) =>
      query(
        `insert into dispatch_claim (workspace_id, id, contact_id, kind, message_id, accepted_epoch, deadline)
         values ($1, $2, $3, 'send', $4, 0, clock_timestamp() + interval '15 seconds')`,
        ...[place.workspaceId, newId(), contactId, messageId],
      );
    await expect(claim(free.contactId, blocked.ourId)).rejects.toMatchObject(closed);
    await expect(claim((await thread()).contactId, free.ourId)).rejects.toMatchObject(closed);
    await claim(free.contactId, free.ourId);
  });
});
