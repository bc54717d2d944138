import { type RawBuilder, sql } from 'kysely';
import type { Db } from '#platform/server/deps.ts';
import type { UpstreamState } from '../../contract.ts';
import { rowTells, worstFirst } from '../upstream/state-queries.ts';

/** Above this, asking one block after another finds a page sooner than fetching everybody in this state. */
const mostIds = 5_000;

interface NumberOfOurs {
  readonly id: string;
  readonly isOn: boolean;
  readonly isConnected: boolean;
}

const findNumbersOfOurs = async (db: Db, workspaceId: string): Promise<NumberOfOurs[]> => {
  const { rows } = await sql<NumberOfOurs>`
    select id, upstream_blocks as "isOn", disconnected_at is null as "isConnected"
      from channel where workspace_id = ${workspaceId}`.execute(db);
  return rows;
};

/** As an array, few are looked up once and not for every block. */
const isFew = async (db: Db, ids: RawBuilder<unknown>): Promise<boolean> => {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (select 1 from (${ids}) f limit ${mostIds + 1}) n`.execute(
    db,
  );
  return (rows[0]?.count ?? 0) <= mostIds;
};

const states: readonly string[] = worstFirst;
const nobody = [sql`false`];

/**
 * Through one of these numbers the contact of `b` speaks, or it is on its list because of us. Asked of one block after another
 * (`offset 0`): fetched for all at once, everybody who ever spoke through a number would be.
 */
const isOfOneOf = (workspaceId: string, numbers: readonly string[]): RawBuilder<unknown> => {
  const ofIt = (alias: string) => sql`where ${sql.ref(`${alias}.workspace_id`)} = ${workspaceId}
     and ${sql.ref(`${alias}.contact_id`)} = b.contact_id
     and ${sql.ref(`${alias}.channel_id`)} = any(${[...numbers]}::uuid[]) offset 0`;
  return sql`(exists (select 1 from conversation v ${ofIt('v')})
    or exists (select 1 from upstream_block u ${ofIt('u')}))`;
};

/** The same for a list of blocks that is ordered by something else: few are looked up once and not for every block. */
const isOfNumber = async (
  db: Db,
  workspaceId: string,
  number: string,
): Promise<RawBuilder<unknown>> => {
  const ids = sql`
    select v.contact_id from conversation v where v.workspace_id = ${workspaceId} and v.channel_id = ${number}
    union all
    select u.contact_id from upstream_block u where u.workspace_id = ${workspaceId} and u.channel_id = ${number}`;
  return (await isFew(db, ids))
    ? sql`b.contact_id = any(array(${ids}))`
    : isOfOneOf(workspaceId, [number]);
};

const rowsIn = (
  workspaceId: string,
  numbers: readonly string[],
  inStates: readonly string[],
): RawBuilder<unknown> => sql`
  from upstream_block u where u.workspace_id = ${workspaceId} and u.channel_id = any(${[...numbers]}::uuid[])
   and u.state = any(${[...inStates]}::text[]) and ${rowTells}`;

/** On these numbers, all with the layer on, the worst that is shown of `b` is this. */
const showsWorst = async (
  db: Db,
  workspaceId: string,
  numbers: readonly string[],
  state: UpstreamState,
): Promise<RawBuilder<unknown>[]> => {
  const worse = states.slice(0, states.indexOf(state));
  const ids = sql`select u.contact_id ${rowsIn(workspaceId, numbers, [state])}`;
  const stands = (await isFew(db, ids))
    ? sql`b.contact_id = any(array(${ids}))`
    : sql`exists (select 1 ${rowsIn(workspaceId, numbers, [state])} and u.contact_id = b.contact_id)`;
  const nowhere = sql`(b.upstream_state = 'not-supported' and not contact_has_address(b.workspace_id, b.contact_id)
    and ${isOfOneOf(workspaceId, numbers)})`;
  return [
    sql`b.upstream`,
    state === 'not-supported' ? sql`(${stands} or ${nowhere})` : stands,
    ...(worse.length === 0
      ? []
      : [
          sql`not exists (select 1 ${rowsIn(workspaceId, numbers, worse)} and u.contact_id = b.contact_id)`,
        ]),
  ];
};

/** What all lists together say stands with the block. */
const sayTogether = (state: UpstreamState): RawBuilder<unknown>[] => [
  sql`b.upstream`,
  sql`b.upstream_state = ${state}`,
];

const onOneNumber = async (
  db: Db,
  workspaceId: string,
  number: NumberOfOurs,
  isOnly: boolean,
  state: UpstreamState | undefined,
): Promise<RawBuilder<unknown>[]> => {
  if (state !== undefined && state !== 'off') {
    if (!number.isOn) {
      return nobody;
    }
    // Whoever has a state there is of it; who can be asked for nowhere may be of no number.
    return isOnly && state !== 'not-supported'
      ? sayTogether(state)
      : showsWorst(db, workspaceId, [number.id], state);
  }
  const isOfIt = await isOfNumber(db, workspaceId, number.id);
  return state === undefined || !number.isOn ? [isOfIt] : [sql`not b.upstream`, isOfIt];
};

const onAnyNumber = async (
  db: Db,
  workspaceId: string,
  numbers: readonly NumberOfOurs[],
  state: UpstreamState,
): Promise<RawBuilder<unknown>[]> => {
  const connected = numbers.filter(({ isConnected }) => isConnected);
  const [on, off] = [true, false].map((isOn) =>
    connected.filter((one) => one.isOn === isOn).map(({ id }) => id),
  );
  if (state === 'off') {
    const isOff = off?.length ? sql`(not b.upstream or ${isOfOneOf(workspaceId, off)})` : undefined;
    return [isOff ?? sql`not b.upstream`];
  }
  // Where one of the lists does not count, the others are asked.
  return on?.length === numbers.length
    ? sayTogether(state)
    : showsWorst(db, workspaceId, on ?? [], state);
};

/**
 * Blocks of which this is shown (`findUpstream`): on one number of ours, or as the worst on all of them. A number that is
 * disconnected shows nothing, and one without the layer shows *off* alone.
 */
export const upstreamFilter = async (
  db: Db,
  workspaceId: string,
  {
    upstream,
    channelId,
  }: { readonly upstream?: UpstreamState | undefined; readonly channelId?: string | undefined },
): Promise<RawBuilder<unknown>[]> => {
  if (upstream === undefined && channelId === undefined) {
    return [];
  }
  const numbers = await findNumbersOfOurs(db, workspaceId);
  if (channelId === undefined) {
    return upstream === undefined ? [] : onAnyNumber(db, workspaceId, numbers, upstream);
  }
  const number = numbers.find(({ id }) => id === channelId);
  return number?.isConnected
    ? onOneNumber(db, workspaceId, number, numbers.length === 1, upstream)
    : nobody;
};
