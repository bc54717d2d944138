import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { inject } from 'vitest';
import { aChannel, aText, type Place, receive } from '#features/conversations/server/testing.ts';
import { block } from '#features/gate/server/testing.ts';
import { appendDue, openJournal } from '#features/journal/server/index.ts';
import { removeAtSight } from '#features/removals/server/decide-request.ts';
import { doAgain } from '#features/removals/server/index.ts';
import { askForName } from '#features/removals/server/names/ask-name.ts';
import { decideName } from '#features/removals/server/names/decide-name.ts';
import { readConfig } from '#platform/server/config.ts';
import { createDb, createPool } from '#platform/server/db.ts';
import type { Actor, Deps } from '#platform/server/deps.ts';
import { openFiles } from '#platform/server/files/index.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { copyDatabase, dropDatabase } from '#platform/server/testing/test-postgres.ts';
import { type JournalAtHand, type JournalKind, openJournalAtHand } from './journal-at-hand.ts';

const secret = 'a secret for tests, of thirty-two characters';

export interface Saved {
  readonly databaseUrl: string;
  readonly media: string;
}

/** An installation that is lost, and what comes of its backups. */
export interface JournalWorld {
  readonly deps: Deps;
  readonly place: Place;
  readonly admin: Actor;
  readonly journal: JournalAtHand;
  /** Another node of the installation: the same database, connections of its own. */
  readonly otherNode: Deps;
  /** @returns a copy of how it is now */
  saves(): Promise<Saved>;
  /** @returns the installation as it was then, on another database, with the journal as it is now */
  comesBack(saved: Saved): Promise<Deps>;
  /** As the server does before it answers anything. */
  starts(deps: Deps): ReturnType<typeof openJournal>;
  writes(deps: Deps): Promise<number>;
  /** A text of the person, who may be called something. */
  says(
    deps: Deps,
    phone: string,
    text: string,
    profileName?: string,
  ): Promise<{ externalId: string; id: string }>;
  removes(deps: Deps, ...ids: string[]): Promise<string>;
  asksForName(deps: Deps, contactId: string): Promise<string>;
  /** Asked for and decided. */
  removesName(deps: Deps, contactId: string): Promise<string>;
  rows<Row>(deps: Deps, text: string): Promise<Row[]>;
  countOf(deps: Deps, table: string, where?: string): Promise<number>;
  contactOf(deps: Deps, messageId: string): Promise<string>;
  blocks(deps: Deps, contactId: string): Promise<unknown>;
  /** What Guarita itself did, by the audit log. */
  ownActs(deps: Deps): Promise<string[]>;
  close(): Promise<void>;
}

const rows = async <Row>(on: Deps, text: string): Promise<Row[]> =>
  (await on.pool.query(text)).rows as Row[];

type Names = 'asksForName' | 'removesName';

const namesBy = (admin: Actor): Pick<JournalWorld, Names> => {
  const asksForName: JournalWorld['asksForName'] = (on, contactId) =>
    inTx(on, admin, (ctx) =>
      askForName(ctx, { contactId, reason: 'discrimination', note: 'nota' }),
    );
  return {
    asksForName,
    removesName: async (on, contactId) => {
      const id = await asksForName(on, contactId);
      await inTx(on, admin, (ctx) => decideName(ctx, id, { decision: 'remove', answer: null }));
      return id;
    },
  };
};

type Reads = 'rows' | 'countOf' | 'contactOf' | 'blocks' | 'ownActs';

const readsOn = (admin: Actor): Pick<JournalWorld, Reads> => ({
  rows,
  countOf: async (on, table, where = 'true') =>
    (await rows<{ n: number }>(on, `select count(*)::int as n from ${table} where ${where}`))[0]
      ?.n ?? -1,
  contactOf: async (on, id) =>
    (
      await rows<{ id: string }>(
        on,
        `select contact_id as id from message where id::text = '${id}'`,
      )
    )[0]?.id ?? '',
  blocks: (on, contactId) =>
    block(on, admin, contactId, { reason: 'offense', note: 'nota da administração' }),
  ownActs: async (on) =>
    (
      await rows<{ action: string }>(
        on,
        `select action from audit_event where actor_kind = 'system' order by at, id`,
      )
    ).map(({ action }) => action),
});

/** @param kind where the journal lies; with a bucket the media lie there too, and are none of what is saved */
export const openJournalWorld = async (kind: JournalKind = 'file'): Promise<JournalWorld> => {
  const opened: TestDeps = await openTestDeps();
  const dir = await mkdtemp(join(tmpdir(), 'guarita-journal-'));
  const journal = await openJournalAtHand(kind, dir);
  const configOf = (databaseUrl: string, dataDir: string) =>
    readConfig({
      ...{ DATABASE_URL: databaseUrl, GUARITA_SECRET: secret },
      ...{ GUARITA_DATA_DIR: dataDir, ...journal.env },
    });
  const config = configOf(opened.databaseUrl, join(dir, 'data'));
  const deps: Deps = { ...opened, config, files: openFiles(config) };
  const otherPool = createPool(opened.databaseUrl, deps.log, 4);
  const otherNode: Deps = { ...deps, pool: otherPool, db: createDb(otherPool) };
  const workspaceId = await aWorkspace(deps.db);
  const place = await aChannel(deps.db, workspaceId);
  const admin = await aMember(deps.db, workspaceId);
  const adminUrl = inject('adminUrl');
  const ends: (() => Promise<void>)[] = [];
  let made = 0;
  return {
    ...{ deps, otherNode, place, admin, journal },
    saves: async () => {
      const media = join(dir, `media-${++made}`);
      await cp(join(config.dataDir, 'media'), media, { recursive: true }).catch(() => undefined);
      const databaseUrl = await copyDatabase(adminUrl, opened.databaseUrl);
      ends.push(() => dropDatabase(adminUrl, databaseUrl));
      return { databaseUrl, media };
    },
    comesBack: async (saved) => {
      const url = await copyDatabase(adminUrl, saved.databaseUrl);
      const back = configOf(url, join(dir, `back-${++made}`));
      await cp(saved.media, join(back.dataDir, 'media'), { recursive: true }).catch(
        () => undefined,
      );
      const pool = createPool(url, deps.log, 4);
      ends.push(async () => {
        await pool.end();
        await dropDatabase(adminUrl, url);
      });
      return { ...deps, config: back, pool, db: createDb(pool), files: openFiles(back) };
    },
    starts: (on) => openJournal(on, doAgain),
    writes: appendDue,
    says: async (on, phone, text, profileName) => {
      const names = profileName === undefined ? {} : { names: { profileName } };
      const item = aText(place, { phone }, { content: { kind: 'text', text }, ...names });
      await receive(on, item);
      const { rows } = await sql<{ id: string }>`
        select id from message where external_id = ${item.externalId}`.execute(on.db);
      return { externalId: item.externalId, id: rows[0]?.id ?? '' };
    },
    removes: async (on, ...messageIds) => {
      const decided = await inTx(on, admin, (ctx) =>
        removeAtSight(ctx, { messageIds, reason: 'offense', note: null, block: undefined }),
      );
      return decided.requestId;
    },
    ...namesBy(admin),
    ...readsOn(admin),
    close: async () => {
      for (const end of ends) {
        await end();
      }
      await otherPool.end();
      await opened.close();
      await journal.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
};
