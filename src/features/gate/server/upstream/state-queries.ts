import { sql } from 'kysely';
import type { Block, UpstreamState } from '../../contract.ts';

/** One number of ours, as the database tells it. */
export interface UpstreamRow {
  readonly channelId: string;
  readonly channelName: string;
  readonly isOn: boolean;
  readonly hasAddress: boolean;
  readonly state: UpstreamState | null;
  readonly code: string | null;
  readonly triedAt: string | null;
}

/**
 * How the block `b` stands at WhatsApp, for each number through which its contact speaks; of several identities the one
 * that is worst off. A JSON list of `UpstreamRow`.
 */
export const upstreamOfBlock = sql<UpstreamRow[] | null>`(
  select jsonb_agg(jsonb_build_object('channelId', ch.id, 'channelName', ch.name,
           'isOn', ch.upstream_blocks and b.upstream, 'hasAddress', exists (
             select 1 from contact_identity i where i.workspace_id = b.workspace_id
                and i.contact_id = b.contact_id and not i.is_former and i.kind in ('phone', 'bsuid')),
           'state', w.state, 'code', w.code, 'triedAt', w.tried_at) order by ch.created_at, ch.id)
    from channel ch
    left join lateral (
      select u.state, u.code, u.tried_at from upstream_block u
       where u.workspace_id = ch.workspace_id and u.channel_id = ch.id and u.contact_id = b.contact_id
       order by array_position(
         array['failed', 'list-full', 'not-supported', 'waiting-for-message', 'pending', 'applied'], u.state)
       limit 1) w on true
   where ch.workspace_id = b.workspace_id and ch.disconnected_at is null
     and (w.state is not null or exists (
       select 1 from conversation v where v.workspace_id = ch.workspace_id and v.contact_id = b.contact_id
          and v.channel_id = ch.id)))`;

const stateOf = ({ isOn, hasAddress, state }: UpstreamRow): UpstreamState => {
  if (!isOn) {
    return 'off';
  }
  return state ?? (hasAddress ? 'pending' : 'not-supported');
};

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
