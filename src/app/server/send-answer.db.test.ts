import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp, type TestApp } from './testing/test-app.ts';

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
  // A worker that is as quick as one can be: whatever is stored as queued is on its way with the commit.
  await sql`create function send_at_once() returns trigger language plpgsql as $$
    begin
      update message set status = 'sending' where workspace_id = new.workspace_id and id = new.id;
      return null;
    end $$`.execute(app.deps.db);
  await sql`create constraint trigger send_at_once after insert on message
    deferrable initially deferred for each row when (new.status = 'queued')
    execute function send_at_once()`.execute(app.deps.db);
});
afterAll(() => app.close());

it('a message is answered as queued, however quick the worker is', async () => {
  const [thread] = app.a.threads;
  const path = `/api/v1/conversations/${thread?.conversationId}/messages`;
  const body = { type: 'text', text: 'Já segue' };
  const answer = await app.http(path, { ...app.a.team.agent, method: 'POST', body });
  expect([answer.status, answer.json]).toEqual([
    202,
    expect.objectContaining({ status: 'queued' }),
  ]);
  const { id } = answer.json as { id: string };
  const now = await app.http(`/api/v1/messages/${id}`, app.a.team.agent);
  expect(now.json).toMatchObject({ id, status: 'sending', text: 'Já segue' });
});
