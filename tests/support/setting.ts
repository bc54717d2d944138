import pg from 'pg';
import { pino } from 'pino';
import { openFiles } from '#platform/server/files/index.ts';
import { connectNumber } from '../../src/channels/whatsapp/server/index.ts';
import { createApiKey } from '../../src/features/accounts/server/create-api-key.ts';
import { readConfig } from '../../src/platform/server/config.ts';
import { createDb } from '../../src/platform/server/db.ts';
import { type Deps, systemActor } from '../../src/platform/server/deps.ts';
import { inTx } from '../../src/platform/server/in-tx.ts';
import { createKeyed, type Keyed } from '../../src/platform/server/keyed-hash.ts';
import { aMember, aWorkspace } from '../../src/platform/server/testing/a-workspace.ts';
import type { Role } from '../../src/platform/shared/role.ts';

export const secret = 'the secret of a proof, of thirty-two characters';

export interface OurNumber {
  readonly channelId: string;
  readonly phoneNumberId: string;
  readonly appSecret: string;
}

/** A shop with its numbers, a key of each role. */
export interface Setting {
  readonly workspaceId: string;
  readonly numbers: readonly OurNumber[];
  readonly adminKey: string;
  readonly moderatorKey: string;
  readonly agentKey: string;
  /** Agents' as well: each may ask for so many blocks an hour. */
  readonly askerKeys: readonly string[];
  readonly keyed: Keyed;
  readonly pool: pg.Pool;
}

const askers = 16;

pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/** Straight into the database, before any server runs on it. */
export const makeSetting = async (databaseUrl: string, numbers: number): Promise<Setting> => {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 4 });
  // A database that is killed on purpose breaks idle connections; without a handler that ends the test.
  pool.on('error', () => undefined);
  const log = pino({ level: 'silent' });
  const keyed = createKeyed(secret);
  const config = readConfig({});
  const deps: Deps = { config, log, pool, db: createDb(pool), keyed, files: openFiles(config) };
  const workspaceId = await aWorkspace(deps.db);
  const made: OurNumber[] = [];
  for (let n = 1; n <= numbers; n += 1) {
    const number = { phoneNumberId: `10000000000000${n}`, appSecret: `app-secret-${n}` };
    const input = { ...number, name: `Loja ${n}`, displayNumber: `551190000000${n}` };
    const account = { wabaId: `20000000000000${n}`, accessToken: 'token', verifyToken: 'verify' };
    const channelId = await inTx(deps, systemActor(workspaceId), (ctx) =>
      connectNumber(ctx, { ...input, ...account }),
    );
    made.push({ ...number, channelId });
  }
  const keyOf = async (role: Role): Promise<string> => {
    const admin = await aMember(deps.db, workspaceId, 'administrator');
    return (await inTx(deps, admin, (ctx) => createApiKey(ctx, { name: role, role }))).key;
  };
  const adminKey = await keyOf('administrator');
  const moderatorKey = await keyOf('moderator');
  const agentKey = await keyOf('agent');
  const askerKeys: string[] = [];
  for (let n = 0; n < askers; n += 1) {
    askerKeys.push(await keyOf('agent'));
  }
  return { workspaceId, numbers: made, adminKey, moderatorKey, agentKey, askerKeys, keyed, pool };
};
