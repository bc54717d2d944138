import { sql } from 'kysely';
import { aMediaChannel, aPicture, runFetch } from '#features/media/server/testing.ts';
import type { Http } from './http-client.ts';
import { messageFrom, type TestPerson, textFrom, write } from './signed-webhook.ts';
import type { TestServer } from './test-app.ts';
import { aStranger, type TestWorkspace, threadOf } from './test-workspace.ts';

export interface FileMessage {
  readonly messageId: string;
  readonly contactId: string;
}

type App = Pick<TestServer, 'deps' | 'http'>;
type Of = Pick<TestWorkspace, 'id' | 'marker' | 'number' | 'team'>;

/** One of us writes, and it leaves: nothing is sent where these tests run, and what has not left is no answer. */
export const anAnswer = async (app: App, of: Of, conversationId: string): Promise<void> => {
  const body = { type: 'text', text: `Bom dia ${of.marker}` };
  const path = `/api/v1/conversations/${conversationId}/messages`;
  const { json } = await app.http(path, { ...of.team.agent, method: 'POST', body });
  await sql`update message set status = 'sent' where id = ${(json as { id: string }).id}`.execute(
    app.deps.db,
  );
};

/** Somebody who wrote, and whom one of us has answered: what they send is not covered. */
const anAcquaintance = async (app: App, of: Of): Promise<TestPerson> => {
  const person = aStranger(of.marker);
  await write(app.http, of.number, person, textFrom(person, `Oi ${of.marker}`));
  const { conversationId } = await threadOf(app.deps, of.id, person);
  await anAnswer(app, of, conversationId);
  return person;
};

/** A message with this file, received by a webhook and fetched. */
export const aReceivedFile = async (
  app: App,
  of: Of,
  bytes: Buffer,
  {
    type = 'image',
    fields = {},
    isStranger = false,
  }: { type?: string; fields?: object; isStranger?: boolean } = {},
): Promise<FileMessage> => {
  const person = isStranger ? aStranger(of.marker) : await anAcquaintance(app, of);
  const part = { id: '3000', mime_type: 'image/jpeg', ...fields };
  await write(app.http, of.number, person, messageFrom(person, { type, [type]: part }));
  const { messageIds, contactId } = await threadOf(app.deps, of.id, person);
  // Newest first.
  const [messageId = ''] = messageIds;
  await runFetch(app.deps, aMediaChannel(bytes).channel, of.id, messageId);
  return { messageId, contactId };
};

export const aReceivedPicture = async (app: App, of: Of): Promise<string> =>
  (await aReceivedFile(app, of, await aPicture())).messageId;

/** The same of somebody whom nobody has answered. */
export const aCoveredPicture = async (app: App, of: Of): Promise<string> =>
  (await aReceivedFile(app, of, await aPicture(), { isStranger: true })).messageId;

/** A picture that the administrator put here to send. */
export const uploadedPicture = async (app: {
  readonly http: Http;
  readonly a: TestWorkspace;
}): Promise<string> => {
  const answer = await app.http('/api/v1/uploads', {
    ...app.a.team.administrator,
    method: 'POST',
    rawBody: await aPicture(),
    headers: { 'content-type': 'image/jpeg' },
  });
  return (answer.json as { id: string }).id;
};
