import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { exchangeLists, runImport } from '#features/gate/server/testing.ts';
import { helpArticles } from '#features/help/contract.ts';
import { systemActor } from '#platform/server/deps.ts';
import { newId } from '#platform/shared/ids.ts';
import { textFrom, write } from './signed-webhook.ts';
import type { TestApp } from './test-app.ts';
import { aStranger, aThread, type TestWorkspace } from './test-workspace.ts';

/** As many as asked for, one after the other. */
export const each = async <T>(count: number, make: () => Promise<T>): Promise<T[]> => {
  const made: T[] = [];
  for (let n = 0; n < count; n += 1) {
    made.push(await make());
  }
  return made;
};

/** Texts of ours that were sent, and whose end WhatsApp never told. */
export const unknownMessages = async (app: TestApp, of: TestWorkspace): Promise<string[]> => {
  const [thread] = of.threads;
  const sent = await each(5, () =>
    app.http(`/api/v1/conversations/${thread?.conversationId}/messages`, {
      ...of.team.agent,
      method: 'POST',
      body: { type: 'text', text: `enviado ${of.marker}` },
    }),
  );
  const ids = sent.map((answer) => (answer.json as { id: string }).id);
  await sql`update message set status = 'unknown' where id = any(${ids}::uuid[])`.execute(
    app.deps.db,
  );
  return ids;
};

/** Texts of ours that a block stopped and nobody has decided of. */
export const stoppedMessages = async (app: TestApp, of: TestWorkspace): Promise<string[]> => {
  const ids = await unknownMessages(app, of);
  const { db } = app.deps;
  await sql`update message set status = 'failed', error_code = 'contact-blocked'
    where id = any(${ids}::uuid[])`.execute(db);
  await sql`insert into stopped_message (workspace_id, message_id)
    select ${of.id}::uuid, id from unnest(${ids}::uuid[]) as id`.execute(db);
  return ids;
};

/** A conversation whose person never wrote: free text may not be sent there. */
export const silentConversation = async (app: TestApp, of: TestWorkspace): Promise<string> => {
  const answer = await app.http('/api/v1/conversations', {
    ...of.team.administrator,
    method: 'POST',
    body: { phone: '(11) 98765-0001', name: `Calada ${of.marker}` },
  });
  return (answer.json as { id: string }).id;
};

/** A request of the administrator's for the block of somebody who has just written. */
export const aBlockRequest = async (app: TestApp, of: TestWorkspace): Promise<string> => {
  const { contactId } = await aThread(app.deps, app.http, of);
  const answer = await app.http(`/api/v1/contacts/${contactId}/block-requests`, {
    ...of.team.administrator,
    method: 'POST',
    body: { reason: 'offense', note: `insiste ${of.marker}` },
  });
  return (answer.json as { id: string }).id;
};

export const aDecidedRequest = async (app: TestApp, of: TestWorkspace): Promise<string> => {
  const id = await aBlockRequest(app, of);
  const path = `/api/v1/block-requests/${id}/refuse`;
  await app.http(path, { ...of.team.administrator, method: 'POST', body: { answer: of.marker } });
  return id;
};

/** Somebody's number under another account: two people, who do not know of one another. */
export const aConflict = async (app: TestApp, of: TestWorkspace): Promise<string> => {
  const { person, contactId } = await aThread(app.deps, app.http, of);
  const other = { ...aStranger(of.marker), phone: person.phone };
  await write(app.http, of.number, other, textFrom(other, `outra conta ${of.marker}`));
  const { rows } = await sql<{ id: string }>`select id from identity_conflict
    where workspace_id = ${of.id} and other_contact_id = ${contactId}`.execute(app.deps.db);
  return rows[0]?.id ?? '';
};

/** The number of a contact, as an identity that a split can take out. */
export const numberOf = async (app: TestApp, contactId: string): Promise<string> => {
  const { rows } = await sql<{ id: string }>`select id from contact_identity
    where contact_id = ${contactId} and kind = 'phone'`.execute(app.deps.db);
  return rows[0]?.id ?? '';
};

export const aWebhook = async (app: TestApp, of: TestWorkspace): Promise<string> => {
  const answer = await app.http('/api/v1/webhook-endpoints', {
    ...of.team.administrator,
    method: 'POST',
    body: { url: `https://hooks.example/${of.marker}`, events: ['contact.blocked'] },
  });
  return (answer.json as { id: string }).id;
};

/** A file of one block that was read; nobody has applied it. */
export const anImport = async (app: TestApp, of: TestWorkspace): Promise<string> => {
  const answer = await app.http('/api/v1/block-imports?fileName=lista.csv', {
    ...of.team.administrator,
    method: 'POST',
    rawBody: `numero;motivo;observacao\n11 98765-4321;spam;${of.marker}\n`,
    headers: { 'content-type': 'text/csv' },
  });
  return (answer.json as { id: string }).id;
};

/** A file of one block that was imported; nobody has undone it. */
export const anImportOfOne = async (app: TestApp, of: TestWorkspace): Promise<string> => {
  const read = await app.http('/api/v1/block-imports?fileName=feita.csv', {
    ...of.team.administrator,
    method: 'POST',
    rawBody: `numero;motivo;observacao\n${aStranger(of.marker).phone};spam;${of.marker}\n`,
    headers: { 'content-type': 'text/csv' },
  });
  const { id } = read.json as { id: string };
  const path = `/api/v1/block-imports/${id}/apply`;
  await app.http(path, { ...of.team.administrator, method: 'POST' });
  await runImport(app.deps, systemActor(of.id), id);
  return id;
};

/** Two tests that wait to be sent. */
export const webhookDeliveries = async (app: TestApp, of: TestWorkspace): Promise<string[]> => {
  const path = `/api/v1/webhook-endpoints/${await aWebhook(app, of)}/test`;
  const sent = await each(2, () => app.http(path, { ...of.team.administrator, method: 'POST' }));
  return sent.map((answer) => (answer.json as { deliveryId: string }).deliveryId);
};

export const exchangeKey = 'uma chave que duas unidades conhecem';

/** A list of another unit that nobody has opened. */
export const anExchangeList = (app: TestApp, of: TestWorkspace): Promise<string> =>
  exchangeLists.add(app.deps, systemActor(of.id), exchangeKey, ['5511987650009']);

/** A list for another unit, ready to be fetched. */
export const anExchangeExport = async (app: TestApp, of: TestWorkspace): Promise<string> =>
  (await exchangeLists.exported(app.deps, systemActor(of.id), [])).id;

export interface RemovalThing {
  readonly id: string;
  /** One of its messages. */
  readonly messageId: string;
}

/** A removal request of the administrator's for what somebody has just written; decided, when it is told how. */
export const aRemoval = async (
  app: TestApp,
  of: TestWorkspace,
  decision?: 'remove' | 'keep',
): Promise<RemovalThing> => {
  const { messageIds } = await aThread(app.deps, app.http, of);
  const by = { ...of.team.administrator, method: 'POST' };
  const body = { messageIds, reason: 'offense', note: `ofende ${of.marker}` };
  const asked = await app.http('/api/v1/messages/removal-requests', { ...by, body });
  const id = (asked.json as { requests: { id: string }[] }).requests[0]?.id ?? '';
  if (decision !== undefined) {
    const items = messageIds.map((messageId) => ({ messageId, decision }));
    const path = `/api/v1/removal-requests/${id}/decisions`;
    await app.http(path, { ...by, body: { items, answer: of.marker } });
  }
  return { id, messageId: messageIds[0] ?? '' };
};

/** A removal request of the administrator's for what somebody is called. @returns its id */
export const aNameRemoval = async (app: TestApp, of: TestWorkspace): Promise<string> => {
  const { contactId } = await aThread(app.deps, app.http, of);
  const by = { ...of.team.administrator, method: 'POST' };
  const body = { reason: 'offense', note: `ofende ${of.marker}` };
  const path = `/api/v1/contacts/${contactId}/name-removal-requests`;
  return ((await app.http(path, { ...by, body })).json as { id: string }).id;
};

/** A removal request for something that is like what was removed before, as Guarita suggests it. */
export const aRepeat = async (app: TestApp, of: TestWorkspace): Promise<RemovalThing> => {
  const suggested = await aRemoval(app, of);
  const print = newId();
  await sql`insert into removed_print (workspace_id, id, request_id, kind, hash, reason)
    values (${of.id}, ${print}, ${suggested.id}, 'exact', ${randomBytes(32)}, 'offense')`.execute(
    app.deps.db,
  );
  await sql`insert into repeat_match (workspace_id, message_id, print_id, request_id)
    values (${of.id}, ${suggested.messageId}, ${print}, ${suggested.id})`.execute(app.deps.db);
  return suggested;
};

/** What each of the team missed in each article of the help. @returns the ids */
export const helpAnswers = async (app: TestApp, of: TestWorkspace): Promise<string[]> => {
  for (const member of Object.values(of.team)) {
    for (const article of helpArticles) {
      const body = { article, isUseful: false, missing: `falta algo ${of.marker}` };
      await app.http('/api/v1/help-answers', { cookie: member.cookie, method: 'PUT', body });
    }
  }
  const listed = await app.http('/api/v1/help-answers', of.team.administrator);
  return (listed.json as { items: { id: string }[] }).items.map(({ id }) => id);
};
