import { sql } from 'kysely';
import type { Db, Tx } from '#platform/server/deps.ts';
import type { ContactFacts, Identity } from '../../people/contract.ts';
import { blockIsActive } from '../block-queries.ts';
import { displayName } from '../name.ts';
import { type NameRow, nameColumns } from '../name-queries.ts';
import { type IdentityKind, maskIdentity, maskPhone } from '../normalize-identity.ts';

interface OriginRow extends NameRow {
  readonly id: string;
}

interface IdentityRow {
  id: string;
  kind: IdentityKind;
  value: string;
  isFormer: boolean;
  firstSeenAt: string;
  mergedFrom: string | null;
}

interface FactsRow extends NameRow {
  id: string;
  isBlocked: boolean;
  createdAt: Date;
  identities: IdentityRow[] | null;
  conversations: ContactFacts['conversations'] | null;
  conversationCount: number;
}

const iso = (at: string): string => new Date(at).toISOString();

const toIdentity =
  (origins: ReadonlyMap<string, string>) =>
  ({ id, kind, value, isFormer, firstSeenAt, mergedFrom }: IdentityRow): Identity => {
    const name = mergedFrom === null ? undefined : origins.get(mergedFrom);
    return {
      id,
      kind,
      maskedValue: maskIdentity(kind, value),
      isFormer,
      firstSeenAt: iso(firstSeenAt),
      cameFrom: mergedFrom === null || name === undefined ? null : { id: mergedFrom, name },
    };
  };

const toFacts =
  (origins: ReadonlyMap<string, string>) =>
  (row: FactsRow): ContactFacts => ({
    id: row.id,
    name: displayName(row),
    maskedNumber: row.phone === null ? null : maskPhone(row.phone),
    isBlocked: row.isBlocked,
    createdAt: row.createdAt.toISOString(),
    identities: (row.identities ?? []).map(toIdentity(origins)),
    conversations: (row.conversations ?? []).map((one) => ({
      ...one,
      lastActivityAt: iso(one.lastActivityAt),
    })),
    conversationCount: row.conversationCount,
  });

/** What the contacts were called that merges have used up. */
const findOrigins = async (
  db: Db | Tx,
  workspaceId: string,
  rows: readonly FactsRow[],
): Promise<Map<string, string>> => {
  const ids = rows.flatMap((row) => (row.identities ?? []).flatMap((one) => one.mergedFrom ?? []));
  if (ids.length === 0) {
    return new Map();
  }
  const { rows: origins } = await sql<OriginRow>`select c.id, ${nameColumns} from contact c
    where c.workspace_id = ${workspaceId} and c.id = any(${[...new Set(ids)]}::uuid[])`.execute(db);
  return new Map(origins.map((origin) => [origin.id, displayName(origin)]));
};

/** What is known of these contacts without a word of what was written; by id. */
export const findFacts = async (
  db: Db | Tx,
  workspaceId: string,
  contactIds: readonly string[],
): Promise<Map<string, ContactFacts>> => {
  if (contactIds.length === 0) {
    return new Map();
  }
  const { rows } = await sql<FactsRow>`
    select c.id, ${nameColumns}, c.created_at as "createdAt",
           exists (select 1 from block b where b.workspace_id = c.workspace_id and b.contact_id = c.id
                    and ${blockIsActive}) as "isBlocked",
           (select jsonb_agg(jsonb_build_object('id', i.id, 'kind', i.kind, 'value', i.value, 'isFormer', i.is_former,
                     'firstSeenAt', i.first_seen_at, 'mergedFrom', i.merged_from) order by i.is_former, i.first_seen_at, i.id)
              from contact_identity i where i.workspace_id = c.workspace_id and i.contact_id = c.id) as identities,
           (select jsonb_agg(jsonb_build_object('id', l.id, 'channelName', l.name, 'status', l.status,
                     'lastActivityAt', l.last_activity_at) order by l.last_activity_at desc)
              from (select v.id, ch.name, v.status, v.last_activity_at from conversation v
                      join channel ch on ch.workspace_id = v.workspace_id and ch.id = v.channel_id
                     where v.workspace_id = c.workspace_id and v.contact_id = c.id
                     order by v.last_activity_at desc limit 20) l) as conversations,
           (select count(*)::int from conversation v
             where v.workspace_id = c.workspace_id and v.contact_id = c.id) as "conversationCount"
      from contact c
     where c.workspace_id = ${workspaceId} and c.id = any(${[...contactIds]}::uuid[]) and c.erased_at is null`.execute(
    db,
  );
  const origins = await findOrigins(db, workspaceId, rows);
  return new Map(rows.map((row) => [row.id, toFacts(origins)(row)]));
};
