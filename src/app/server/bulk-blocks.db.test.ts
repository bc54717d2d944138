import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '#platform/shared/ids.ts';
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

it('a merge and a decision that block somebody wait for the wire, and tell what has no end', async () => {
  const admin = app.a.team.administrator;
  const contactIds: string[] = [];
  for (let n = 0; n < 4; n += 1) {
    contactIds.push((await aThread(app.deps, app.http, app.a)).contactId);
  }
  const [merged, kept, claimed, blocked] = contactIds;
  const call = (method: string, path: string, body: object) =>
    app.http(`/api/v1${path}`, { ...admin, method, body });
  for (const contactId of [kept, blocked]) {
    await call('PUT', `/contacts/${contactId}/block`, { reason: 'spam' });
  }
  const conflictId = newId();
  await sql`insert into identity_conflict (workspace_id, id, kind, contact_id, other_contact_id, match_key)
    values (${app.a.id}, ${conflictId}, 'same-number-other-account', ${blocked}, ${claimed}, 'bsuid:BR.x')`.execute(
    app.deps.db,
  );
  await sql`insert into dispatch_claim (workspace_id, id, contact_id, kind, message_id, accepted_epoch, deadline)
    select ${app.a.id}::uuid, gen_random_uuid(), c, 'send', gen_random_uuid(), 0, clock_timestamp() - interval '1 minute'
      from unnest(${[merged, claimed]}::uuid[]) c`.execute(app.deps.db);
  const answers = Promise.all([
    call('POST', `/contacts/${merged}/merge`, { otherContactId: kept }),
    call('POST', `/identity-conflicts/${conflictId}/decision`, { outcome: 'blocked' }),
  ]);
  const first = await Promise.race([answers.then(() => 'answered'), sleep(250, 'waits')]);
  await sql`update dispatch_claim set ended_at = clock_timestamp()`.execute(app.deps.db);
  expect(first).toBe('waits');
  expect((await answers).map(({ status, json }) => [status, json])).toEqual([
    [200, expect.objectContaining({ isBlocked: true, stillOnWire: [] })],
    [200, expect.objectContaining({ outcome: 'blocked', stillOnWire: [] })],
  ]);
});
