import { randomUUID } from 'node:crypto';
import { sealSecrets } from '#channels/whatsapp/server/account-secrets.ts';
import { scopes } from '#features/accounts/contract.ts';
import { createKeyed } from '#platform/server/keyed-hash.ts';
import { withClient } from './postgres.ts';
import { benchSecret } from './server.ts';

export const phoneNumberId = '900000000000001';
export const appSecret = 'bench-app-secret';

export interface BenchWorkspace {
  readonly workspaceId: string;
  readonly channelId: string;
  readonly memberId: string;
  /** An API key with the role of an administrator. */
  readonly apiKey: string;
}

/** A workspace with one channel, one administrator and a key, written straight into the database. */
export const makeWorkspace = (url: string): Promise<BenchWorkspace> =>
  withClient(url, async (client) => {
    const [workspaceId, channelId, memberId] = [randomUUID(), randomUUID(), randomUUID()];
    await client.query(`insert into workspace (id, name) values ($1, 'Bench')`, [workspaceId]);
    await client.query(
      `insert into "user" (id, name, email) values ('bench', 'Bench', 'key@example.com')`,
    );
    await client.query(
      `insert into member (workspace_id, id, user_id, name, role) values ($1, $2, 'bench', 'Bench', 'administrator')`,
      [workspaceId, memberId],
    );
    await client.query(
      `insert into channel (workspace_id, id, kind, name, display_number)
       values ($1, $2, 'whatsapp', 'Bench', '5511900000009')`,
      [workspaceId, channelId],
    );
    const sealed = sealSecrets(
      createKeyed(benchSecret),
      { workspaceId, channelId },
      { accessToken: 'token', appSecret, verifyToken: 'verify' },
    );
    await client.query(
      `insert into whatsapp_account values ($1, $2, $3, '900000000000002', $4, $5, $6)`,
      [
        ...[workspaceId, channelId, phoneNumberId],
        ...[sealed.accessToken, sealed.appSecret, sealed.verifyToken],
      ],
    );
    const prefix = 'grt_benchkey';
    const apiKey = `${prefix}_${'b'.repeat(43)}`;
    const hash = createKeyed(benchSecret).hash('api-key', apiKey);
    await client.query(
      `insert into api_key (workspace_id, id, name, role, prefix, secret_hash, created_by, scopes)
       values ($1, $2, 'Bench', 'administrator', $3, $4, $5, $6)`,
      [workspaceId, randomUUID(), prefix, hash, memberId, scopes],
    );
    return { workspaceId, channelId, memberId, apiKey };
  });

/** The number of the n-th sender, as WhatsApp writes it. */
export const senderOf = (n: number): string => `55119${String(10_000_000 + n).padStart(8, '0')}`;
