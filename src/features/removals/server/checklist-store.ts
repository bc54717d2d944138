import { sql } from 'kysely';
import type { Tx } from '#platform/server/deps.ts';
import { type RemovalStep, removalSteps } from '../contract.ts';

/**
 * Nothing is kept of these: the list reads previews and quotes from the message itself, notices and logs of webhooks hold ids,
 * notifications stand on desktops alone and are taken back with the cover, exports leave with their answer. Whoever changes that
 * counts here what it takes out (content-columns.ts names the column).
 */
const nothingKept = ['previews', 'notices', 'webhooks', 'exports'] as const;
/** They follow after the commit of the decision, and count for themselves. */
const following = ['statistics', 'tables', 'journal'] as const;
const after: ReadonlySet<RemovalStep> = new Set(['files', ...following]);

/** What the transaction of the decision took out. */
export type StepCounts = Readonly<
  Partial<Record<Exclude<RemovalStep, (typeof nothingKept | typeof following)[number]>, number>>
>;

/** A step that is not counted has nothing to do with this request. */
const countsOf = (counts: StepCounts): Readonly<Partial<Record<RemovalStep, number>>> => {
  // An erasure (decision 0046) has its content and the tables alone: no request waits for the journal.
  const isErasure = counts.search === undefined;
  const ofAll = isErasure ? (['tables'] as const) : [...nothingKept, ...following];
  return { ...counts, ...Object.fromEntries(ofAll.map((step) => [step, 0])) };
};

/** Opens the checklist, or adds to it: what is decided later has its own files and its own bytes in the tables. */
export const addToChecklist = async (
  tx: Tx,
  workspaceId: string,
  requestId: string,
  counts: StepCounts,
): Promise<void> => {
  const counted = countsOf(counts);
  const rows = [...removalSteps].sort().flatMap((step) => {
    const count = counted[step];
    return count === undefined
      ? []
      : [{ step, state: after.has(step) ? 'pending' : 'done', count }];
  });
  await sql`
    insert into removal_check as c (workspace_id, request_id, step, state, count, at)
    select ${workspaceId}, ${requestId}, u.step, u.state, u.count,
           case when u.state = 'done' then clock_timestamp() end
      from unnest(${rows.map((row) => row.step)}::text[], ${rows.map((row) => row.state)}::text[],
                  ${rows.map((row) => row.count)}::int[]) as u (step, state, count)
    on conflict (workspace_id, request_id, step) do update
       set state = excluded.state, count = c.count + excluded.count, at = excluded.at, error_code = null`.execute(
    tx,
  );
};

/** Remembers whose bytes must go, until they are gone. */
export const noteFiles = async (
  tx: Tx,
  workspaceId: string,
  requestId: string,
  files: readonly Buffer[],
): Promise<void> => {
  await sql`insert into removal_file (workspace_id, request_id, sha256)
    select distinct ${workspaceId}::uuid, ${requestId}::uuid, decode(h, 'hex')
      from unnest(${files.map((file) => file.toString('hex')).sort()}::text[]) as h
    on conflict do nothing`.execute(tx);
};

/**
 * Forgets those that are gone, and those that something names which stays.
 * @returns what is left to be deleted
 */
export const settleFiles = async (
  tx: Tx,
  workspaceId: string,
  requestId: string,
): Promise<Buffer[]> => {
  await sql`delete from removal_file f
     where f.workspace_id = ${workspaceId} and f.request_id = ${requestId} and (
       not exists (select 1 from stored_file s where s.workspace_id = f.workspace_id and s.sha256 = f.sha256)
       or exists (select 1 from message_media x
                   where x.workspace_id = f.workspace_id and f.sha256 in (x.sha256, x.thumbnail_sha256))
       or exists (select 1 from upload x
                   where x.workspace_id = f.workspace_id and f.sha256 in (x.sha256, x.thumbnail_sha256)))`.execute(
    tx,
  );
  const { rows } = await sql<{ sha256: Buffer }>`
    select sha256 from removal_file
     where workspace_id = ${workspaceId} and request_id = ${requestId} order by sha256`.execute(tx);
  return rows.map((row) => row.sha256);
};

export interface CheckRow {
  readonly step: RemovalStep;
  readonly state: 'pending' | 'done' | 'failed';
  readonly tries: number;
}

export const findChecks = async (
  tx: Tx,
  workspaceId: string,
  requestId: string,
): Promise<CheckRow[]> => {
  const { rows } = await sql<CheckRow>`select step, state, tries from removal_check
    where workspace_id = ${workspaceId} and request_id = ${requestId} order by step`.execute(tx);
  return rows;
};

export type CheckEnd =
  | { readonly state: 'done'; readonly addedCount?: number }
  /** Tried, and not done; `at` is when it is tried again. */
  | { readonly state: 'failed'; readonly errorCode: string; readonly at: Date }
  /** Its time has not come; `at` is when it does. */
  | { readonly state: 'pending'; readonly at: Date };

/**
 * @param version of the check as it was read; one that has changed since is left alone
 * @returns whether it was ended
 */
export const endCheck = async (
  tx: Tx,
  workspaceId: string,
  requestId: string,
  step: RemovalStep,
  end: CheckEnd,
  version: string | null = null,
): Promise<boolean> => {
  const errorCode = end.state === 'failed' ? end.errorCode : null;
  const at = end.state === 'done' ? null : end.at;
  const added = end.state === 'done' ? (end.addedCount ?? 0) : 0;
  const { numAffectedRows } = await sql`update removal_check
       set state = ${end.state}, error_code = ${errorCode}, at = coalesce(${at}::timestamptz, clock_timestamp()),
           tries = tries + ${end.state === 'pending' ? 0 : 1}, count = count + ${added}
     where workspace_id = ${workspaceId} and request_id = ${requestId} and step = ${step} and state <> 'done'
       and (${version}::text is null or xmin::text = ${version})`.execute(tx);
  return numAffectedRows === 1n;
};

/** Requests whose checklist is not whole. */
export const findUnsettled = async (
  tx: Tx,
): Promise<{ workspaceId: string; requestId: string }[]> => {
  const { rows } = await sql<{ workspaceId: string; requestId: string }>`
    select workspace_id as "workspaceId", id as "requestId" from removal_request
     where state = 'removing' order by workspace_id, id`.execute(tx);
  return rows;
};

/** What failed is tried at once; what waits for the night goes on waiting. */
export const makeDue = async (tx: Tx, workspaceId: string, requestId: string): Promise<void> => {
  await sql`update removal_check set at = null
     where workspace_id = ${workspaceId} and request_id = ${requestId} and state = 'failed'`.execute(
    tx,
  );
};
