import { aMediaChannel, aPicture, runFetch } from '#features/media/server/testing.ts';
import type { Http } from './http-client.ts';
import { messageFrom, write } from './signed-webhook.ts';
import type { TestServer } from './test-app.ts';
import { aStranger, type TestWorkspace, threadOf } from './test-workspace.ts';

export interface FileMessage {
  readonly messageId: string;
  readonly contactId: string;
}

/** A message with this file, received by a webhook and fetched. */
export const aReceivedFile = async (
  app: Pick<TestServer, 'deps' | 'http'>,
  of: Pick<TestWorkspace, 'id' | 'marker' | 'number'>,
  bytes: Buffer,
  { type = 'image', fields = {} }: { type?: string; fields?: object } = {},
): Promise<FileMessage> => {
  const person = aStranger(of.marker);
  const part = { id: '3000', mime_type: 'image/jpeg', ...fields };
  await write(app.http, of.number, person, messageFrom(person, { type, [type]: part }));
  const { messageIds, contactId } = await threadOf(app.deps, of.id, person);
  const [messageId = ''] = messageIds;
  await runFetch(app.deps, aMediaChannel(bytes).channel, of.id, messageId);
  return { messageId, contactId };
};

export const aReceivedPicture = async (
  app: Pick<TestServer, 'deps' | 'http'>,
  of: Pick<TestWorkspace, 'id' | 'marker' | 'number'>,
): Promise<string> => (await aReceivedFile(app, of, await aPicture())).messageId;

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
