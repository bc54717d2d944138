import { sql } from 'kysely';
import { insertContact, learnIdentities, matchKeysOf } from '#features/contacts/server/index.ts';
import type { Actor } from '#platform/server/deps.ts';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import type { TestDeps } from '#platform/server/testing/test-deps.ts';
import { newId } from '#platform/shared/ids.ts';
import { listBlocks } from '../../list/list-queries.ts';
import { upstreamJobs } from '../upstream.job.ts';
import { aListDouble } from './list-double.ts';

interface Person {
  readonly phone?: string;
  readonly bsuid?: string;
  readonly parentBsuid?: string;
}

export interface StoredRow {
  readonly state: string;
  readonly code: string | null;
  readonly isListed: boolean;
  readonly isDue: boolean;
  readonly wasTried: boolean;
}

let made = 0;

/** A workspace with one number, whose list is a double; jobs run when told. */
export const anUpstreamWorld = async (deps: TestDeps) => {
  const workspaceId = await aWorkspace(deps.db);
  const admin: Actor = await aMember(deps.db, workspaceId);
  const list = aListDouble();
  const jobs = upstreamJobs({ blockList: list.port });

  const aChannel = async (): Promise<string> => {
    const channelId = newId();
    await sql`insert into channel (workspace_id, id, kind, name, display_number)
      values (${workspaceId}, ${channelId}, 'whatsapp', 'Loja', '5511900000000')`.execute(deps.db);
    return channelId;
  };
  const channelId = await aChannel();

  const talks = async (contactId: string, where = channelId): Promise<void> => {
    await sql`insert into conversation (workspace_id, id, contact_id, channel_id)
      values (${workspaceId}, ${newId()}, ${contactId}, ${where})`.execute(deps.db);
  };
  const aPhone = (): string => `55119${40_000_000 + ++made}`;
  const aContact = (person: Person = { phone: aPhone() }): Promise<string> =>
    deps.db
      .transaction()
      .execute(async (tx) => {
        const id = await insertContact(tx, { workspaceId, profileName: 'Ana', username: null });
        await learnIdentities(tx, workspaceId, id, matchKeysOf(person));
        return id;
      })
      .then(async (id) => {
        await talks(id);
        return id;
      });
  const run = async (name: string, payload: object, attempt = 1): Promise<void> => {
    await jobs
      .find((job) => job.name === name)
      ?.runUnparsed(payload, { deps, log: deps.log, attempt });
  };
  const jobsWaiting = async (): Promise<string[]> => {
    const { rows } = await sql<{ key: string }>`select key from graphile_worker.jobs
      where key like 'upstream%' order by key`.execute(deps.db);
    return rows.map((row) => row.key);
  };
  const rowsOf = async (contactId: string): Promise<StoredRow[]> => {
    const { rows } = await sql<StoredRow>`
      select state, code, is_listed as "isListed", is_due as "isDue", tried_at is not null as "wasTried"
        from upstream_block where contact_id = ${contactId} order by channel_id, match_key`.execute(
      deps.db,
    );
    return rows;
  };
  return {
    ...{
      workspaceId,
      admin,
      list,
      channelId,
      aChannel,
      talks,
      aPhone,
      aContact,
      jobsWaiting,
      rowsOf,
    },
    place: { workspaceId, channelId },
    apply: (where = channelId) => run('gate.apply-upstream', { workspaceId, channelId: where }),
    check: (readId?: string, attempt = 1) =>
      run('gate.check-list', { workspaceId, channelId, ...(readId && { readId }) }, attempt),
    heal: (contactId: string, where = channelId) =>
      run('gate.heal-upstream', { workspaceId, channelId: where, contactId }),
    /** What each worker does every few seconds. */
    sweep: () => run('gate.heal-upstream', {}),
    /** As the list of blocks tells it. */
    shownOf: async (contactId: string) =>
      (await listBlocks(deps.db, workspaceId, { state: 'all', contactId, limit: 1 })).items[0]
        ?.upstream,
  };
};

export type UpstreamWorld = Awaited<ReturnType<typeof anUpstreamWorld>>;
