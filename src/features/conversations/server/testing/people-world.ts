import { sql } from 'kysely';
import type { PersonRef } from '#channels/channel.ts';
import { type Actor, systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { claimNextMessage } from '../claim-dispatch.ts';
import { mergeContacts } from '../merge-contacts.ts';
import { sendMessage } from '../send-message.ts';
import { type SplitInput, splitContact } from '../split-contact.ts';
import { aText, receive } from '../testing.ts';
import type { Stage } from './stage.ts';

/** What people do. */
const actsOn = (stage: Stage) => {
  const merge = (a: string, b: string): Promise<string> =>
    inTx(stage.deps, stage.admin, (ctx) => mergeContacts(ctx, a, b));

  const identityOf = async (person: PersonRef): Promise<string[]> => {
    const keys = [`phone:${person.phone}`, `bsuid:${person.bsuid}`];
    const { rows } = await sql<{ id: string }>`select id from contact_identity
    where workspace_id = ${stage.place.workspaceId} and match_key = any(${keys})`.execute(
      stage.deps.db,
    );
    return rows.map((row) => row.id);
  };

  const split = async (
    contactId: string,
    person: PersonRef,
    more: Partial<SplitInput> = {},
    by: Actor = stage.admin,
  ): Promise<string> => {
    const identityIds = await identityOf(person);
    const input = { contactId, identityIds, keepBlock: true, givenName: null };
    return inTx(stage.deps, by, (ctx) => splitContact(ctx, { ...input, ...more }));
  };

  /** Whose message it became; null when it was dropped. */
  const writes = async (person: PersonRef, more: { timestamp?: number } = {}) => {
    const text = aText(stage.place, person, more);
    await receive(stage.deps, text);
    const { rows } = await sql<{ contactId: string; conversationId: string }>`
    select contact_id as "contactId", conversation_id as "conversationId" from message
     where external_id = ${text.externalId}`.execute(stage.deps.db);
    return rows[0] ?? null;
  };

  const send = (conversationId: string) =>
    inTx(stage.deps, stage.admin, (ctx) =>
      sendMessage(ctx, {
        conversationId,
        text: 'oi',
        replyToId: null,
        forwardedFrom: null,
        idempotencyKey: null,
      }),
    );

  const claim = (conversationId: string) =>
    inTx(stage.deps, systemActor(stage.place.workspaceId), (ctx) =>
      claimNextMessage(ctx, conversationId),
    );

  return { merge, split, writes, send, claim };
};

/** What is stored of them. */
const storedOn = (stage: Stage) => {
  const messagesOf = async (contactId: string): Promise<number> => {
    const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from message where contact_id = ${contactId}`.execute(stage.deps.db);
    return rows[0]?.n ?? 0;
  };

  const outcomes = async (contactId: string) => {
    const { rows } = await sql<{ status: string; code: string | null }>`
    select status, error_code as code from message where contact_id = ${contactId} and direction = 'out'
     order by at, id`.execute(stage.deps.db);
    return rows;
  };

  const openBlocks = async () => {
    const { rows } = await sql<{ contactId: string; cause: string; reason: string }>`
    select contact_id as "contactId", cause, reason from block
     where workspace_id = ${stage.place.workspaceId} and lifted_at is null order by started_at`.execute(
      stage.deps.db,
    );
    return rows;
  };

  const conversation = async (id: string) => {
    const { rows } = await sql<{ unread: number; last: string; real: string; waits: boolean }>`
    select v.unread_count as unread, v.last_message_id as last, v.waiting_since is not null as waits,
           (select m.id from message m where m.conversation_id = v.id order by m.at desc, m.id desc limit 1) as real
      from conversation v where v.id = ${id}`.execute(stage.deps.db);
    return rows[0];
  };

  const audited = async (action: string) => {
    const { rows } = await sql<{ details: Record<string, unknown> }>`
    select details from audit_event where workspace_id = ${stage.place.workspaceId} and action = ${action}
     order by at`.execute(stage.deps.db);
    return rows.map((row) => row.details);
  };

  return { messagesOf, outcomes, openBlocks, conversation, audited };
};

/** What tests of people who are joined, taken apart or mistaken for one another do and look at. */
export const peopleOn = (stage: Stage) => ({ ...actsOn(stage), ...storedOn(stage) });
