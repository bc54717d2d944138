import { sql } from 'kysely';
import type { Db } from '#platform/server/deps.ts';

export interface Counted {
  readonly workspaceId: string;
  readonly channelId: string;
  readonly name: string;
  readonly family?: string | undefined;
  /** Once, if it is not said. */
  readonly times?: number;
}

/** Names that a channel has room for in one family, known ones among them. */
const mostOfFamily = 60;

/**
 * Adds to what is counted of a channel (group items, errors, fields we do not know). A new name of a family that is full is
 * counted as the family's `…other`; two that add at once may go over by what each brings, the next finds it full.
 */
export const countOnChannels = async (db: Db, counted: readonly Counted[]): Promise<void> => {
  if (counted.length === 0) {
    return;
  }
  await sql`
    with asked as (
      select w, ch, n, f, sum(t) as t
        from unnest(${counted.map((c) => c.workspaceId)}::uuid[], ${counted.map((c) => c.channelId)}::uuid[],
                    ${counted.map((c) => c.name)}::text[], ${counted.map((c) => c.family ?? null)}::text[],
                    ${counted.map((c) => c.times ?? 1)}::bigint[]) as u (w, ch, n, f, t)
       group by w, ch, n, f),
    fresh as (
      select w, ch, n, row_number() over (partition by w, ch, f order by n) as place,
             (select count(*) from channel_counter k
               where k.workspace_id = w and k.channel_id = ch and starts_with(k.name, f)) as taken
        from asked
       where f is not null and not exists (
         select from channel_counter k where k.workspace_id = w and k.channel_id = ch and k.name = n))
    insert into channel_counter as c (workspace_id, channel_id, name, occurrences, last_at)
    select a.w, a.ch, case when r.place + r.taken > ${mostOfFamily} then a.f || 'other' else a.n end as name,
           sum(a.t), clock_timestamp()
      from asked a left join fresh r on r.w = a.w and r.ch = a.ch and r.n = a.n
     group by 1, 2, 3 order by 2, 3
    on conflict (workspace_id, channel_id, name) do update
       set occurrences = c.occurrences + excluded.occurrences, last_at = excluded.last_at`.execute(
    db,
  );
};
