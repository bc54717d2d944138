import { sql } from 'kysely';
import type { ReadTemplate, TemplateChangeItem } from '#channels/channel.ts';
import type { Tx } from '#platform/server/deps.ts';
import { newId } from '#platform/shared/ids.ts';
import type { TemplateComponents, TemplateStatus } from '../contract.ts';

/** A number of ours. */
export interface ChannelRef {
  readonly workspaceId: string;
  readonly channelId: string;
}

const componentsOf = ({ format, header, body, footer, buttons }: TemplateComponents): string =>
  JSON.stringify({ format, header, body, footer, buttons });

/**
 * Says which account the channel's templates are of. Locks the row: of two reads at the same time one waits here.
 * @returns false when a read that began later has already been stored
 */
export const markRead = async (
  tx: Tx,
  { workspaceId, channelId }: ChannelRef,
  accountRef: string,
  readAt: Date,
): Promise<boolean> => {
  const { numAffectedRows } = await sql`
    insert into template_source as s (workspace_id, channel_id, account_ref, read_at)
    values (${workspaceId}, ${channelId}, ${accountRef}, ${readAt})
    on conflict (workspace_id, channel_id) do update
       set account_ref = excluded.account_ref, read_at = excluded.read_at, failed_at = null, failure = null
     where s.read_at is null or s.read_at <= excluded.read_at`.execute(tx);
  return (numAffectedRows ?? 0n) > 0n;
};

export const markFailed = async (
  tx: Tx,
  { workspaceId, channelId }: ChannelRef,
  failure: string,
): Promise<void> => {
  await sql`insert into template_source (workspace_id, channel_id, failed_at, failure)
    values (${workspaceId}, ${channelId}, clock_timestamp(), ${failure})
    on conflict (workspace_id, channel_id) do update
       set failed_at = excluded.failed_at, failure = excluded.failure`.execute(tx);
};

/** The account's templates are these and no others. Two numbers of one account wait for each other. */
export const replaceTemplates = async (
  tx: Tx,
  workspaceId: string,
  accountRef: string,
  templates: readonly ReadTemplate[],
): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`templates/${workspaceId}/${accountRef}`}, 0))`.execute(
    tx,
  );
  const t = [...new Map(templates.map((one) => [one.externalId, one])).values()];
  await sql`delete from template where workspace_id = ${workspaceId} and account_ref = ${accountRef}
    and not external_id = any(${t.map((one) => one.externalId)}::text[])`.execute(tx);
  await sql`
    insert into template (workspace_id, account_ref, id, external_id, name, language, category, status, quality,
                          components, is_supported)
    select ${workspaceId}::uuid, ${accountRef}::text, u.* from unnest(
      ${t.map(() => newId())}::uuid[], ${t.map((x) => x.externalId)}::text[], ${t.map((x) => x.name)}::text[],
      ${t.map((x) => x.language)}::text[], ${t.map((x) => x.category)}::text[], ${t.map((x) => x.status)}::text[],
      ${t.map((x) => x.quality)}::text[], ${t.map(componentsOf)}::jsonb[], ${t.map((x) => x.isSupported)}::boolean[]
    ) as u (id, external_id, name, language, category, status, quality, components, is_supported)
    on conflict (workspace_id, account_ref, external_id) do update
       set name = excluded.name, language = excluded.language, category = excluded.category,
           status = excluded.status, quality = excluded.quality, components = excluded.components,
           is_supported = excluded.is_supported`.execute(tx);
};

/** What a webhook told, ahead of the next whole read. */
export const changeTemplate = async (tx: Tx, item: TemplateChangeItem): Promise<void> => {
  await sql`update template t
       set status = coalesce(${item.status ?? null}, t.status), category = coalesce(${item.category ?? null}, t.category),
           quality = coalesce(${item.quality ?? null}, t.quality)
      from template_source s
     where s.workspace_id = ${item.workspaceId} and s.channel_id = ${item.channelId}
       and t.workspace_id = s.workspace_id and t.account_ref = s.account_ref
       and t.external_id = ${item.externalId}`.execute(tx);
};

export interface StoredTemplate {
  readonly name: string;
  readonly language: string;
  readonly status: TemplateStatus;
  readonly isSupported: boolean;
  readonly components: TemplateComponents;
}

/** A template that this channel's messages may use, by its id or by name and language. */
export const findTemplate = async (
  tx: Tx,
  { workspaceId, channelId }: ChannelRef,
  by: {
    readonly id: string | null;
    readonly name: string | null;
    readonly language: string | null;
  },
): Promise<StoredTemplate | undefined> => {
  const { rows } = await sql<StoredTemplate>`
    select t.name, t.language, t.status, t.is_supported as "isSupported", t.components
      from template_source s
      join template t on t.workspace_id = s.workspace_id and t.account_ref = s.account_ref
     where s.workspace_id = ${workspaceId} and s.channel_id = ${channelId}
       and (case when ${by.id}::uuid is null then t.name = ${by.name} and t.language = ${by.language}
                 else t.id = ${by.id}::uuid end)
     order by t.status = 'approved' desc, t.id limit 1`.execute(tx);
  return rows[0];
};
