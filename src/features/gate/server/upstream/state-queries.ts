import { type RawBuilder, sql } from 'kysely';
import type { Db, Tx } from '#platform/server/deps.ts';
import { groupBy } from '#platform/shared/group-by.ts';
import type { Block, UpstreamState } from '../../contract.ts';

/** How somebody stands on the list of one number of ours. */
export interface UpstreamRow {
  readonly channelId: string;
  readonly channelName: string;
  /** Whether the second layer is on there. */
  readonly isOn: boolean;
  /** Null: nothing of this contact can be named to WhatsApp. */
  readonly state: UpstreamState | null;
  readonly code: string | null;
  readonly triedAt: Date | null;
}

/** From the worst on. */
export const worstFirst = [
  'failed',
  'list-full',
  'not-supported',
  'waiting-for-message',
  'pending',
  'applied',
] as const;

const worst: readonly string[] = worstFirst;

/** What is left behind by its person tells nothing of the block any more. */
export const rowTells = sql<boolean>`not exists (select 1 from contact_identity f where f.workspace_id = u.workspace_id
  and f.contact_id = u.contact_id and f.match_key = u.match_key and f.is_former)`;

/** Of a number of ours that is connected. */
interface NumberRow {
  readonly channelId: string;
  readonly channelName: string;
  readonly isOn: boolean;
  readonly connectedAt: Date;
}

/** One row of the three tables that tell of a person at WhatsApp; what is not of its table is null. */
interface OfPerson {
  readonly what: 'listed' | 'identity' | 'conversation';
  readonly contactId: string;
  readonly matchKey: string | null;
  readonly kind: string | null;
  readonly isFormer: boolean | null;
  readonly state: UpstreamState | null;
  readonly code: string | null;
  readonly triedAt: Date | null;
  /** Of an id the portfolio that it is of, of a number of ours its own; null: not known. */
  readonly portfolioId: string | null;
}

type TellingRow = OfPerson & (NumberRow | { readonly channelId: null });

const isOfNumber = (row: TellingRow): row is OfPerson & NumberRow => row.channelId !== null;

/** As rows and not one contact after another by subqueries: for a page of blocks that takes PostgreSQL a third of the time. */
const readTelling = async (
  db: Db | Tx,
  workspaceId: string,
  contactIds: RawBuilder<unknown>,
): Promise<TellingRow[]> => {
  const ofThem = sql`t.workspace_id = ${workspaceId} and t.contact_id = any(${contactIds})`;
  const ofNumber = sql`join channel ch on ch.workspace_id = t.workspace_id and ch.id = t.channel_id and ch.disconnected_at is null`;
  const number = sql`ch.id as "channelId", ch.name as "channelName", ch.upstream_blocks as "isOn", ch.created_at as "connectedAt"`;
  const { rows } = await sql<TellingRow>`
    select 'listed' as what, t.contact_id as "contactId", ${number}, t.match_key as "matchKey",
           null as kind, null::boolean as "isFormer", t.state, t.code, t.tried_at as "triedAt",
           ch.portfolio_id as "portfolioId"
      from upstream_block t ${ofNumber} where ${ofThem}
    union all
    select 'conversation', t.contact_id, ${number}, null, null, null, null, null, null, ch.portfolio_id
      from conversation t ${ofNumber} where ${ofThem}
    union all
    select 'identity', t.contact_id, null, null, null, null, t.match_key, t.kind, t.is_former, null, null, null, t.portfolio_id
      from contact_identity t where ${ofThem}`.execute(db);
  return rows;
};

const isSeenBy = (portfolioId: string | null, one: TellingRow): boolean =>
  one.portfolioId === null || portfolioId === null || one.portfolioId === portfolioId;

/** What is left behind by its person, or is another portfolio's, tells nothing of the block (`rowTells`). */
const tellingOf = (
  listed: readonly TellingRow[],
  identities: readonly TellingRow[],
  portfolioId: string | null,
) => {
  const tellsNothing = identities.filter((one) => one.isFormer || !isSeenBy(portfolioId, one));
  const left = new Set(tellsNothing.map((one) => one.matchKey));
  return listed.filter((one) => !left.has(one.matchKey));
};

/** By what this person is named to WhatsApp on a number of that portfolio (`isAddress`). */
const addressesOf = (
  identities: readonly TellingRow[],
  portfolioId: string | null,
): readonly TellingRow[] => {
  const own = identities.filter((one) => !one.isFormer);
  const phones = own.filter((one) => one.kind === 'phone');
  return phones.length > 0
    ? phones
    : own.filter((one) => one.kind === 'bsuid' && isSeenBy(portfolioId, one));
};

const toCome = { state: 'pending', code: null, triedAt: null } as const;
const nowhere = { state: null, code: null, triedAt: null } as const;
const rank = (state: string | null): number => worst.indexOf(state ?? '');

/**
 * How one person stands on one list: of several addresses the one that is worst off; an address that nobody asked for yet is to come.
 */
const standingOn = (
  listed: readonly TellingRow[],
  identities: readonly TellingRow[],
  portfolioId: string | null,
) => {
  const keys = new Set(listed.map((one) => one.matchKey));
  const isMissing = addressesOf(identities, portfolioId).some((one) => !keys.has(one.matchKey));
  const all = [...tellingOf(listed, identities, portfolioId), ...(isMissing ? [toCome] : [])];
  return all.reduce<Pick<TellingRow, 'state' | 'code' | 'triedAt'>>(
    (found, one) => (found === nowhere || rank(one.state) < rank(found.state) ? one : found),
    nowhere,
  );
};

const oldestFirst = (a: NumberRow, b: NumberRow): number =>
  a.connectedAt.getTime() - b.connectedAt.getTime() || (a.channelId < b.channelId ? -1 : 1);

/** A person is of a number through which they speak, or on whose list they are because of us. */
const upstreamOf = (rows: readonly TellingRow[]): UpstreamRow[] => {
  const identities = rows.filter(({ what }) => what === 'identity');
  const ofNumbers = groupBy(rows.filter(isOfNumber), ({ channelId }) => channelId);
  return [...ofNumbers.values()]
    .flatMap((here) => here.slice(0, 1))
    .sort(oldestFirst)
    .map(({ channelId, channelName, isOn, portfolioId }) => {
      const here = ofNumbers.get(channelId) ?? [];
      const listed = here.filter(({ what }) => what === 'listed');
      const { state, code, triedAt } = standingOn(listed, identities, portfolioId);
      return { channelId, channelName, isOn, state, code, triedAt };
    });
};

/**
 * How these people stand at WhatsApp, for each number of ours through which they speak.
 * @param contactIds an array of their ids
 * @returns by contact; whoever speaks through none is in it with an empty list, or not at all
 */
export const findUpstream = async (
  db: Db | Tx,
  workspaceId: string,
  contactIds: RawBuilder<unknown>,
): Promise<Map<string, UpstreamRow[]>> => {
  const rows = await readTelling(db, workspaceId, contactIds);
  const byContact = groupBy(rows, ({ contactId }) => contactId);
  return new Map([...byContact].map(([id, all]) => [id, upstreamOf(all)]));
};

/** For people. Whoever has no address can be asked for nowhere; a block that ended has nothing to show. */
export const toUpstream = (
  rows: readonly UpstreamRow[],
  { isActive, wantsUpstream }: { readonly isActive: boolean; readonly wantsUpstream: boolean },
): Block['upstream'] =>
  isActive
    ? rows.map(({ channelId, channelName, isOn, state, code, triedAt }) =>
        isOn && wantsUpstream
          ? {
              channelId,
              channelName,
              state: state ?? 'not-supported',
              code,
              triedAt: triedAt?.toISOString() ?? null,
            }
          : { channelId, channelName, state: 'off', code: null, triedAt: null },
      )
    : [];
