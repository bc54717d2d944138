import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sealSecret } from '#channels/whatsapp/server/account-secrets.ts';
import { readConfig } from '#platform/server/config.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { startServer } from '../start-server.ts';
import { seedDemo } from './seed-demo.ts';

const secret = 'a secret for tests, of thirty-two characters';
let deps: TestDeps;

beforeAll(async () => {
  deps = await openTestDeps();
  await seedDemo(deps);
});
afterAll(() => deps.close());

const setAppSecret = async (text: string): Promise<void> => {
  const { rows } = await sql<{ workspaceId: string; channelId: string }>`
    select workspace_id as "workspaceId", channel_id as "channelId" from whatsapp_account`.execute(
    deps.db,
  );
  for (const place of rows) {
    const sealed = sealSecret(deps.keyed, place, 'appSecret', text);
    await sql`update whatsapp_account set app_secret = ${sealed}
      where channel_id = ${place.channelId}`.execute(deps.db);
  }
};

const start = async (env: Record<string, string> = {}): Promise<string | undefined> => {
  const { databaseUrl, journalFile } = deps;
  const place = { DATABASE_URL: databaseUrl, GUARITA_JOURNAL: journalFile };
  const settings = { ...place, GUARITA_SECRET: secret, PORT: '0', ...env };
  const server = await startServer(readConfig(settings), pino({ level: 'silent' }));
  await server.stop();
  return server.url;
};

describe('an installation that holds the demonstration', () => {
  it('does not start as a real one, and says what to do', async () => {
    const refusal = await start().catch((error: Error) => error.message);
    expect(refusal).toMatch(/demonstration.*\n.*--data-dir.*remove.*GUARITA_DEMO=1/);
    await expect(start({ GUARITA_ROLES: 'worker' })).rejects.toThrow('demonstration');
  });

  it('starts as the demonstration', async () => {
    expect(await start({ GUARITA_DEMO: '1' })).toMatch(/^http/);
  });

  it('is told by its people alone, and by its number alone', async () => {
    await setAppSecret('another');
    await expect(start()).rejects.toThrow('demonstration');
    await sql`update member set removed_at = clock_timestamp()`.execute(deps.db);
    await setAppSecret('demo-app-secret');
    await expect(start()).rejects.toThrow('demonstration');
  });

  it('is a real one once neither is left', async () => {
    await setAppSecret('another');
    expect(await start()).toMatch(/^http/);
  });
});
