import { afterAll, beforeAll, expect, it } from 'vitest';
import { textFrom, write } from './testing/signed-webhook.ts';
import { startTestApp, type TestApp } from './testing/test-app.ts';
import { aThread, type TestThread } from './testing/test-workspace.ts';

let app: TestApp;
let threads: TestThread[];

beforeAll(async () => {
  app = await startTestApp();
  threads = [];
  for (let n = 0; n < 5; n += 1) {
    threads.push(await aThread(app.deps, app.http, app.a));
  }
});
afterAll(() => app.close());

const textsOf = async ({ conversationId }: TestThread): Promise<string> =>
  (
    await app.http(
      `/api/v1/conversations/${conversationId}/messages?limit=100`,
      app.a.team.administrator,
    )
  ).text;

it('a bulk block that has answered stores nothing that begins later, among people who keep writing', async () => {
  let isAnswered = false;
  const late: string[] = [];
  const keepWriting = async ({ person }: TestThread): Promise<number> => {
    let sent = 0;
    for (let rest = 5; rest > 0; rest -= isAnswered ? 1 : 0) {
      sent += 1;
      const text = `${isAnswered ? 'depois' : 'antes'}-${sent}-${person.phone}`;
      if (isAnswered) late.push(text);
      const answer = await write(app.http, app.a.number, person, textFrom(person, text));
      expect(answer.status).toBe(200);
    }
    return sent;
  };
  const writing = threads.map(keepWriting);
  const contactIds = threads.map(({ contactId }) => contactId);
  const answer = await app.http('/api/v1/blocks/bulk', {
    ...app.a.team.administrator,
    method: 'POST',
    body: { contactIds, reason: 'spam' },
  });
  isAnswered = true;
  const counts = await Promise.all(writing);
  expect(answer.json).toEqual({ done: threads.length, failed: [], stillOnWire: [] });
  // Some did write while it was being decided.
  expect(counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(threads.length * 6);
  expect(late.length).toBeGreaterThanOrEqual(threads.length * 4);
  const stored = (await Promise.all(threads.map(textsOf))).join('\n');
  expect(late.filter((text) => stored.includes(text))).toEqual([]);
  expect(stored).toContain('antes-');
});
