import { sql } from 'kysely';
import type { Block, UpstreamState } from '../../contract.ts';
import { isAddress } from './row-store.ts';

/** One number of ours, as the database tells it. */
export interface UpstreamRow {
  readonly channelId: string;
  readonly channelName: string;
  readonly isOn: boolean;
  /** Null: nothing of this contact can be named to WhatsApp. */
  readonly state: UpstreamState | null;
  readonly code: string | null;
  readonly triedAt: string | null;
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

/** What is left behind by its person tells nothing of the block any more. */
export const rowTells = sql<boolean>`not exists (select 1 from contact_identity f where f.workspace_id = u.workspace_id
  and f.contact_id = u.contact_id and f.match_key = u.match_key and f.is_former)`;

/** The rows of the contact of `b` on the list of `ch`, and a row to come for each address that nobody asked for yet. */
const known = sql`
  select u.state, u.code, u.tried_at from upstream_block u
   where u.workspace_id = ch.workspace_id and u.channel_id = ch.id and u.contact_id = b.contact_id and ${rowTells}
  union all
  select 'pending', null, null from contact_identity i
   where i.workspace_id = b.workspace_id and i.contact_id = b.contact_id and ${isAddress}
     and not exists (select 1 from upstream_block u where u.workspace_id = ch.workspace_id and u.channel_id = ch.id
                        and u.contact_id = i.contact_id and u.match_key = i.match_key)`;

/** Whether the contact of `b` speaks through the number `ch`, or is on its list because of us. */
export const isOfNumber = sql<boolean>`(exists (
    select 1 from conversation v where v.workspace_id = ch.workspace_id and v.contact_id = b.contact_id
       and v.channel_id = ch.id)
  or exists (
    select 1 from upstream_block u where u.workspace_id = ch.workspace_id and u.contact_id = b.contact_id
       and u.channel_id = ch.id))`;

/**
 * How the block `b` stands at WhatsApp, for each number through which its contact speaks; of several identities the one
 * that is worst off. A JSON list of `UpstreamRow`.
 */
export const upstreamOfBlock = sql<UpstreamRow[] | null>`(
  select jsonb_agg(jsonb_build_object('channelId', ch.id, 'channelName', ch.name,
           'isOn', ch.upstream_blocks and b.upstream, 'state', w.state, 'code', w.code, 'triedAt', w.tried_at)
           order by ch.created_at, ch.id)
    from channel ch
    left join lateral (
      select k.state, k.code, k.tried_at from (${known}) k
       order by array_position(${sql.lit(`{${worstFirst.join(',')}}`)}::text[], k.state) limit 1) w on true
   where ch.workspace_id = b.workspace_id and ch.disconnected_at is null and ${isOfNumber})`;

/** Whoever has no address can be asked for nowhere. */
const stateOf = ({ isOn, state }: UpstreamRow): UpstreamState =>
  isOn ? (state ?? 'not-supported') : 'off';

/** For people: a block that ended has nothing to show. */
export const toUpstream = (rows: UpstreamRow[] | null, isActive: boolean): Block['upstream'] =>
  isActive
    ? (rows ?? []).map((row) => {
        const state = stateOf(row);
        const isTold = state !== 'off';
        return {
          channelId: row.channelId,
          channelName: row.channelName,
          state,
          code: isTold ? row.code : null,
          triedAt: row.triedAt === null || !isTold ? null : new Date(row.triedAt).toISOString(),
        };
      })
    : [];
