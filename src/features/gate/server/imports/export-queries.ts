import { sql } from 'kysely';
import type { NameRow } from '#features/contacts/server/index.ts';
import { blockIsActive, displayName, nameColumns } from '#features/contacts/server/index.ts';
import type { Db } from '#platform/server/deps.ts';
import type { BlockReason } from '../../contract.ts';

/** A block as a line of a file; times as the workspace's clocks show them. */
export interface ExportedBlock {
  readonly number: string | null;
  readonly userId: string | null;
  readonly name: string;
  readonly reason: BlockReason;
  readonly note: string | null;
  readonly since: string;
  readonly until: string | null;
  readonly endedAt: string | null;
  readonly startedBy: string | null;
  readonly liftedBy: string | null;
  readonly attempts: number;
  readonly lastAttempt: string | null;
}

interface ExportRow extends Omit<ExportedBlock, 'number' | 'userId'>, NameRow {
  readonly id: string;
  readonly startedAt: Date;
  /** All that the contact has now, the latest first. */
  readonly numbers: readonly string[];
  readonly userIds: readonly string[];
}

type State = 'active' | 'ended' | 'all';

interface Position {
  readonly at: Date;
  readonly id: string;
}

const pieceSize = 1_000;

const valuesOf = (kind: 'phone' | 'bsuid') => sql`array(
  select i.value from contact_identity i where i.workspace_id = b.workspace_id and i.contact_id = b.contact_id
     and i.kind = ${sql.lit(kind)} and not i.is_former order by i.id desc)`;

/**
 * A number and an id stand in one row where there is one of each: of several nobody knows which belong together, so each has a row,
 * and an import blocks whoever comes under any of them.
 */
const linesOf = (row: ExportRow): ExportedBlock[] => {
  const numbers = row.numbers.map((value) => `+${value.replace(/^\+/, '')}`);
  const { userIds } = row;
  const names =
    numbers.length > 1 || userIds.length > 1
      ? [
          ...numbers.map((number) => ({ number, userId: null })),
          ...userIds.map((userId) => ({ number: null, userId })),
        ]
      : [{ number: numbers[0] ?? null, userId: userIds[0] ?? null }];
  const name = displayName(row);
  return names.map((one) => ({ ...row, ...one, name }));
};

const readPiece = async (
  db: Db,
  workspaceId: string,
  state: State,
  after: Position | undefined,
): Promise<ExportRow[]> => {
  // Of somebody whose data was erased there is no name and no number to write down.
  const parts = [sql`b.workspace_id = ${workspaceId}`, sql`c.erased_at is null`];
  if (state !== 'all') parts.push(state === 'active' ? blockIsActive : sql`not ${blockIsActive}`);
  if (after !== undefined) {
    parts.push(sql`(b.started_at, b.id) < (${after.at}::timestamptz, ${after.id}::uuid)`);
  }
  const local = (column: string) =>
    sql`to_char(${sql.ref(column)} at time zone w.time_zone, 'YYYY-MM-DD HH24:MI:SS')`;
  const { rows } = await sql<ExportRow>`
    select b.id, b.started_at as "startedAt", ${nameColumns}, b.reason, b.note, ${local('b.started_at')} as since,
           ${local('b.expires_at')} as until,
           case when not ${blockIsActive}
                then to_char(least(b.lifted_at, b.expires_at) at time zone w.time_zone, 'YYYY-MM-DD HH24:MI:SS')
           end as "endedAt",
           ${valuesOf('phone')} as numbers, ${valuesOf('bsuid')} as "userIds",
           coalesce(sm.name, sk.name) as "startedBy", coalesce(lm.name, lk.name) as "liftedBy",
           coalesce(a.attempts, 0)::int as attempts, ${local('a.last_at')} as "lastAttempt"
      from block b
      join workspace w on w.id = b.workspace_id
      join contact c on c.workspace_id = b.workspace_id and c.id = b.contact_id
      left join lateral (select sum(t.attempts) as attempts, max(t.last_at) as last_at from block_attempt t
                          where t.workspace_id = b.workspace_id and t.block_id = b.id) a on true
      left join member sm on sm.workspace_id = b.workspace_id and sm.id = b.started_by
      left join api_key sk on sk.workspace_id = b.workspace_id and sk.id = b.started_by
      left join member lm on lm.workspace_id = b.workspace_id and lm.id = b.lifted_by
      left join api_key lk on lk.workspace_id = b.workspace_id and lk.id = b.lifted_by
     where ${sql.join(parts, sql` and `)}
     order by b.started_at desc, b.id desc
     limit ${sql.lit(pieceSize)}`.execute(db);
  return rows;
};

/** All blocks of that state, newest first, read a piece at a time; one of somebody with several numbers or ids is several lines. */
export async function* everyBlock(
  db: Db,
  workspaceId: string,
  state: State,
): AsyncIterable<ExportedBlock> {
  let last: Position | undefined;
  for (;;) {
    const rows = await readPiece(db, workspaceId, state, last);
    yield* rows.flatMap(linesOf);
    const end = rows.at(-1);
    if (end === undefined || rows.length < pieceSize) return;
    last = { at: end.startedAt, id: end.id };
  }
}
