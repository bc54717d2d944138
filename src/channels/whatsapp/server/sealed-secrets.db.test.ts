import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Deps, systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { createKeyed } from '#platform/server/keyed-hash.ts';
import { aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { connectNumber } from './connect-number.ts';
import { createAccountsReader, usesAppSecret } from './read-accounts.ts';
import { sealStoredSecrets } from './seal-stored-secrets.ts';

const secrets = {
  accessToken: 'EAAsecretaccesstoken',
  appSecret: '0123456789abcdef0123456789abcdef',
  verifyToken: 'a-verify-token',
};
let deps: TestDeps;
let count = 0;

const connect = async (): Promise<{ workspaceId: string; channelId: string; number: string }> => {
  count += 1;
  const workspaceId = await aWorkspace(deps.db);
  const number = `55500000000${count}`;
  const input = {
    ...{ name: 'Loja', displayNumber: '5511900000000', wabaId: '2000', phoneNumberId: number },
    ...secrets,
  };
  const channelId = await inTx(deps, systemActor(workspaceId), (ctx) => connectNumber(ctx, input));
  return { workspaceId, channelId, number };
};

const rawRows = async (): Promise<string[]> => {
  const { rows } = await sql<{ row: string }>`
    select a::text as row from whatsapp_account a`.execute(deps.db);
  return rows.map(({ row }) => row);
};

/** As a database of before this version has them. */
const putPlain = async (channelId: string): Promise<void> => {
  await sql`alter table whatsapp_account disable trigger user`.execute(deps.db);
  await sql`update whatsapp_account set access_token = ${secrets.accessToken},
    app_secret = ${secrets.appSecret}, verify_token = ${secrets.verifyToken}
    where channel_id = ${channelId}`.execute(deps.db);
  await sql`alter table whatsapp_account enable trigger user`.execute(deps.db);
};

const readFrom = (other: Partial<Deps> = {}) => createAccountsReader({ ...deps, ...other })();

beforeAll(async () => {
  deps = await openTestDeps();
});
afterAll(() => deps.close());

describe('the secrets of a number', () => {
  it('do not stand in its row, and are read back', async () => {
    const { channelId } = await connect();
    const raw = (await rawRows()).join('\n');
    for (const secret of Object.values(secrets)) {
      expect(raw).not.toContain(secret);
    }
    const found = (await readFrom()).find((account) => account.channelId === channelId);
    expect(found).toMatchObject(secrets);
    expect(await usesAppSecret(deps, secrets.appSecret)).toBe(true);
  });

  it('are refused by the database when they are not sealed', async () => {
    const { channelId } = await connect();
    const plain = sql`update whatsapp_account set app_secret = 'plain' where channel_id = ${channelId}`;
    await expect(plain.execute(deps.db)).rejects.toThrow('stored sealed');
  });

  it('open nothing in another row, and leave the other numbers as they are', async () => {
    const [one, two] = [await connect(), await connect()];
    await sql`update whatsapp_account a set access_token = b.access_token, app_secret = b.app_secret,
      verify_token = b.verify_token from whatsapp_account b
      where a.channel_id = ${one.channelId} and b.channel_id = ${two.channelId}`.execute(deps.db);
    const ids = (await readFrom()).map(({ channelId }) => channelId);
    expect(ids).not.toContain(one.channelId);
    expect(ids).toContain(two.channelId);
    // Nor in another column of the same row.
    await sql`update whatsapp_account set verify_token = app_secret
      where channel_id = ${two.channelId}`.execute(deps.db);
    expect((await readFrom()).map(({ channelId }) => channelId)).not.toContain(two.channelId);
  });

  it('open nothing under another secret', async () => {
    const keyed = createKeyed('another secret, also of thirty-two characters');
    expect(await readFrom({ keyed })).toEqual([]);
  });
});

describe('secrets of before they were sealed', () => {
  it('are sealed when the server starts, once, by however many processes', async () => {
    const { channelId } = await connect();
    await putPlain(channelId);
    expect((await rawRows()).join('\n')).toContain(secrets.accessToken);
    expect((await readFrom()).map((account) => account.channelId)).not.toContain(channelId);
    const sealed = await Promise.all([1, 2, 3].map(() => sealStoredSecrets(deps)));
    expect(sealed.toSorted()).toEqual([0, 0, 1]);
    const after = await rawRows();
    expect(after.join('\n')).not.toContain(secrets.accessToken);
    const found = (await readFrom()).find((account) => account.channelId === channelId);
    expect(found).toMatchObject(secrets);
    expect(await sealStoredSecrets(deps)).toBe(0);
    expect(await rawRows()).toEqual(after);
  });
});
