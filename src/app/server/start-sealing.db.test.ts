import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectNumber } from '#channels/whatsapp/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import { readConfig } from '#platform/server/config.ts';
import { systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { startServer } from './start-server.ts';

const secrets = { accessToken: 'EAAplain', appSecret: 'plain-app-secret', verifyToken: 'plainly' };
let deps: TestDeps;

beforeAll(async () => {
  deps = await openTestDeps();
  const workspaceId = await aWorkspace(deps.db);
  const place = { name: 'Loja', displayNumber: '5511900000000', phoneNumberId: '10001' };
  await inTx(deps, systemActor(workspaceId), (ctx) =>
    connectNumber(ctx, { ...place, wabaId: '20001', ...secrets }),
  );
  // As the version before left it.
  await sql`alter table whatsapp_account disable trigger user`.execute(deps.db);
  await sql`update whatsapp_account set access_token = ${secrets.accessToken},
    app_secret = ${secrets.appSecret}, verify_token = ${secrets.verifyToken}`.execute(deps.db);
  await sql`alter table whatsapp_account enable trigger user`.execute(deps.db);
});
afterAll(() => deps.close());

describe('an installation of before secrets were sealed', () => {
  it('is sealed by whichever of its processes starts first, and shakes hands as before', async () => {
    const env = {
      DATABASE_URL: deps.databaseUrl,
      GUARITA_SECRET: 'a secret for tests, of thirty-two characters',
      GUARITA_JOURNAL: deps.journalFile,
      PORT: '0',
    };
    const [web, worker] = await Promise.all(
      ['web', 'worker'].map((roles) =>
        startServer(readConfig({ ...env, GUARITA_ROLES: roles }), pino({ level: 'silent' })),
      ),
    );
    try {
      const { rows } = await sql<{ row: string }>`
        select a::text as row from whatsapp_account a`.execute(deps.db);
      for (const secret of Object.values(secrets)) {
        expect(rows.some(({ row }) => row.includes(secret))).toBe(false);
      }
      const query = new URLSearchParams({
        ...{ 'hub.mode': 'subscribe', 'hub.challenge': '4711' },
        'hub.verify_token': secrets.verifyToken,
      });
      const answer = await fetch(`${web?.url}/webhooks/whatsapp?${query}`);
      expect([answer.status, await answer.text()]).toEqual([200, '4711']);
    } finally {
      await Promise.all([web?.stop(), worker?.stop()]);
    }
  });
});

describe('a server that stops', () => {
  it('leaves nothing of the audit log unsealed', async () => {
    const server = await startServer(
      readConfig({
        DATABASE_URL: deps.databaseUrl,
        GUARITA_SECRET: 'a secret for tests, of thirty-two characters',
        GUARITA_JOURNAL: deps.journalFile,
        PORT: '0',
      }),
      pino({ level: 'silent' }),
    );
    const place = await aWorkspace(deps.db);
    await inTx(deps, systemActor(place), (ctx) => audit(ctx, { action: 'accounts.signed-out' }));
    await server.stop();
    const { rows } = await sql`select event_id from audit_unsealed`.execute(deps.db);
    expect(rows).toEqual([]);
  });
});
