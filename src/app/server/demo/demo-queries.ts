import { sql } from 'kysely';
import type { Db, Tx } from '#platform/server/deps.ts';

export interface DemoNumber {
  readonly workspaceId: string;
  /** False once somebody disconnected it. */
  readonly isConnected: boolean;
}

/** Where this installation has the number of the demonstration, or had it. */
export const findDemoNumber = async (
  db: Db | Tx,
  phoneNumberId: string,
): Promise<DemoNumber | undefined> => {
  const { rows } = await sql<DemoNumber>`
    select workspace_id as "workspaceId", true as "isConnected" from whatsapp_account
     where phone_number_id = ${phoneNumberId}
    union all
    select workspace_id, false from whatsapp_former_account where phone_number_id = ${phoneNumberId}
     order by "isConnected" desc, "workspaceId" limit 1`.execute(db);
  return rows[0];
};

/** What stands on the phone of somebody who has written to us. */
export interface DemoPhone {
  readonly phone: string;
  readonly name: string | null;
  readonly lastInboundAt: Date | null;
  /** Oldest first. */
  readonly lines: readonly {
    readonly externalId: string;
    readonly direction: 'in' | 'out';
    readonly kind: string;
    readonly text: string | null;
    /** Milliseconds since 1970. */
    readonly at: number;
    readonly isAnswered: boolean;
  }[];
}

/** The phones of all who wrote to the number, so that a simulator that remembers nothing can go on. */
export const listDemoPhones = async (db: Db, phoneNumberId: string): Promise<DemoPhone[]> => {
  const { rows } = await sql<DemoPhone>`
    select i.value as phone, c.profile_name as name, v.last_inbound_at as "lastInboundAt",
           coalesce(said.lines, '[]') as lines
      from whatsapp_account a
      join conversation v on v.workspace_id = a.workspace_id and v.channel_id = a.channel_id
      join contact c on c.workspace_id = v.workspace_id and c.id = v.contact_id
      join contact_identity i on i.workspace_id = c.workspace_id and i.contact_id = c.id
                             and i.kind = 'phone' and not i.is_former
      left join lateral (
        select jsonb_agg(jsonb_build_object(
                 'externalId', m.external_id, 'direction', m.direction, 'kind', m.kind, 'text', m.text,
                 'at', floor(extract(epoch from m.at) * 1000),
                 'isAnswered', m.direction = 'in' and v.waiting_since is distinct from m.at
                               and (v.waiting_since is null or m.at < v.waiting_since)) order by m.at, m.id) as lines
          from (select * from message x
                 where x.workspace_id = v.workspace_id and x.conversation_id = v.id
                   and x.external_id is not null and x.revoked_at is null
                 order by x.at desc, x.id desc limit 60) m) said on true
     where a.phone_number_id = ${phoneNumberId}
     order by v.last_activity_at`.execute(db);
  return rows;
};

/** Whether anybody can come in by an e-mail and password that stand in our source. */
export const hasDemoPeople = async (db: Db, emails: readonly string[]): Promise<boolean> => {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select 1 from "user" u join member m on m.user_id = u.id and m.removed_at is null
                    where u.email = any(${emails}::text[])) as found`.execute(db);
  return rows[0]?.found === true;
};
