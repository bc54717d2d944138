import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { backUp } from '../../src/app/server/commands/back-up.ts';
import { restore } from '../../src/app/server/commands/restore.ts';
import { httpTo } from '../../src/app/server/testing/http-client.ts';
import {
  changeFor,
  deliver,
  newWamid,
  nowInSeconds,
} from '../../src/app/server/testing/signed-webhook.ts';
import { readConfig } from '../../src/platform/server/config.ts';
import { makeEmptyDatabase } from '../../src/platform/server/testing/test-postgres.ts';
import type { ChildServer } from '../support/child-server.ts';
import { startServer } from '../support/child-server.ts';
import { secret } from '../support/setting.ts';
import type { WholeProduct } from '../support/whole-product.ts';
import { idOf, type Scene, until } from './scene.ts';
import { callerFor } from './words.ts';

const silently = { sendsWaiting: false, say: () => undefined };
/** Said before the backup by somebody who is blocked after it; and by somebody whom the backup never knew. */
const known = '5511970000008';
/** Whose name was removed. */
const renamed = '5511970000001';
const stranger = '5511970000009';

const configOf = (databaseUrl: string, dataDir: string, journal: string) =>
  readConfig({
    ...{ DATABASE_URL: databaseUrl, GUARITA_SECRET: secret },
    ...{ GUARITA_DATA_DIR: dataDir, GUARITA_JOURNAL: journal },
  });

/** @returns a backup of how it is now, before anything is removed */
export const saveBefore = async (
  scene: Scene,
  { databaseUrl, journal }: WholeProduct,
): Promise<string> => {
  await idOf(scene, scene.simulator.inbound({ from: known, text: 'oi' }).id);
  const folder = mkdtempSync(join(tmpdir(), 'guarita-canary-backup-'));
  await backUp(configOf(databaseUrl, scene.dataDir, journal), folder, silently.say);
  return folder;
};

/** A message that no backup has is removed, and two people are blocked. @returns WhatsApp's id of it */
export const actSince = async (scene: Scene, word: string): Promise<string> => {
  const { simulator, administrator, setting } = scene;
  const said = simulator.inbound({ from: stranger, text: word });
  const messageId = await idOf(scene, said.id);
  await administrator('POST', '/messages/removals', { messageIds: [messageId], reason: 'offense' });
  for (const phone of [known, stranger]) {
    const { rows } = await setting.pool.query<{ id: string }>(
      'select contact_id as id from contact_identity where match_key like $1',
      [`%${phone.slice(-8)}`],
    );
    await administrator('PUT', `/contacts/${rows[0]?.id}/block`, { reason: 'offense' });
  }
  await until('the journal has it all', async () => {
    const { rows } = await setting.pool.query(
      `select 1 from journal_contact_due union all select 1 from journal_removal where written_at is null`,
    );
    return rows.length === 0 ? true : undefined;
  });
  return said.id;
};

export interface Restored {
  readonly scene: Scene;
  readonly databaseUrl: string;
  close(): Promise<void>;
}

/** The older backup on another database, started with the journal as it is. */
export const startRestored = async (
  scene: Scene,
  whole: WholeProduct,
  folder: string,
  adminUrl: string,
): Promise<Restored> => {
  const databaseUrl = await makeEmptyDatabase(adminUrl);
  const dataDir = mkdtempSync(join(tmpdir(), 'guarita-canary-restored-'));
  await restore(configOf(databaseUrl, dataDir, whole.journal), folder, silently);
  const server: ChildServer = await startServer(whole.program, {
    DATABASE_URL: databaseUrl,
    GUARITA_SECRET: secret,
    GUARITA_DATA_DIR: dataDir,
    GUARITA_JOURNAL: whole.journal,
    GRAPH_API_URL: whole.simulator.url,
    LOG_LEVEL: 'debug',
  });
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 4 });
  pool.on('error', () => undefined);
  const http = httpTo(server.url ?? '');
  return {
    databaseUrl,
    scene: {
      ...scene,
      ...{ server, dataDir, http, setting: { ...scene.setting, pool } },
      agent: callerFor(http, scene.setting.agentKey),
      administrator: callerFor(http, scene.setting.adminKey),
    },
    close: async () => {
      await server.kill();
      await pool.end();
      await rm(dataDir, { recursive: true, force: true });
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** WhatsApp delivers again, and those who were blocked write again. */
export const comeAgain = async (
  scene: Scene,
  { number }: WholeProduct,
  externalIds: readonly string[],
  word: string,
): Promise<void> => {
  const { http, setting, verdicts } = scene;
  const count = async (): Promise<number> => {
    const { rows } = await setting.pool.query<{ n: number }>(
      'select count(*)::int as n from message',
    );
    return rows[0]?.n ?? -1;
  };
  const before = await count();
  const ours = {
    ...number,
    ...{ wabaId: '200000000000001', displayNumber: '5511900000001', verifyToken: 'verify' },
  };
  const from = (phone: string, id: string, body = word) => {
    const timestamp = String(nowInSeconds());
    return { from: phone, id, timestamp, type: 'text', text: { body } };
  };
  const messages = [
    ...externalIds.map((id) => from(renamed, id)),
    ...[known, stranger].map((phone) => from(phone, newWamid(phone))),
  ];
  for (const message of messages) {
    await deliver(http, ours, changeFor(ours, 'messages', { messages: [message] }));
  }
  verdicts.holds('restored: what comes again is not stored', (await count()) === before);
  // What is new is, but not what the person is called, which is the same as before.
  const { profile, username } = scene.words;
  await deliver(
    http,
    ours,
    changeFor(ours, 'messages', {
      contacts: [{ wa_id: renamed, profile: { name: `Ana ${profile}`, username } }],
      messages: [from(renamed, newWamid(renamed), 'de volta')],
    }),
  );
  verdicts.holds('restored: who lost their name still writes', (await count()) === before + 1);
  const { rows } = await setting.pool.query<{ id: string }>(
    `select contact_id as id from block where lifted_at is null order by id`,
  );
  verdicts.holds('restored: both who were blocked are', rows.length === 2, String(rows.length));
};

/** Until every request that the journal brought back is whole again. */
export const untilRemoved = (scene: Scene): Promise<true> =>
  until(
    'what was removed again is gone from files and tables',
    async () => {
      const { rows } = await scene.setting.pool.query(
        `select 1 from removal_request where state <> 'removed'`,
      );
      return rows.length === 0 ? true : undefined;
    },
    120_000,
  );
