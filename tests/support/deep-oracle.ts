import { onListAs } from './graph-block-list.ts';
import { type Findings, note } from './inbound-oracle.ts';
import type { Records } from './records.ts';
import type { Setting } from './setting.ts';

export const deepInvariants = {
  oneRequest: 'who asks for the same block at once shares one request',
  openRequests: 'nobody who is blocked, or was merged away, has a request that waits',
  withheld: 'while a request waits its person’s files are withheld, and no longer',
  healed: 'a blocked person who writes is put on WhatsApp’s list again',
  unwanted: 'in the end nobody is on WhatsApp’s list whom we do not block',
  forgotten: 'in the end whoever is told to be on WhatsApp’s list is on it',
  strangers: 'in the end nobody is told to be on WhatsApp’s list who is neither blocked nor there',
  readings: 'in the end every reading of WhatsApp’s list has come to its end',
  unasked: 'in the end every number was asked to block whom we block, by each identity',
  numbers: 'every block says the numbers of its contact, held and left behind',
} as const;

/** Whether the contact of `x` is to be on WhatsApp's lists: said here once more, by its own words. */
const isWanted = `exists (select 1 from block b where b.workspace_id = x.workspace_id
  and b.contact_id = x.contact_id and b.upstream and b.lifted_at is null
  and (b.expires_at is null or b.expires_at > clock_timestamp()))`;

const openRequestsSql = `
  select x.contact_id as "contactId" from block_request x
    join contact c on c.workspace_id = x.workspace_id and c.id = x.contact_id
   where x.workspace_id = $1 and x.state = 'open'
     and (c.merged_into is not null or exists (
       select 1 from block b where b.workspace_id = x.workspace_id and b.contact_id = x.contact_id
          and b.lifted_at is null and (b.expires_at is null or b.expires_at > clock_timestamp())))`;

const listedSql = `
  select a.phone_number_id as number, x.value, x.state, x.is_listed as "isListed", ${isWanted} as "isWanted",
         array(select i.value from contact_identity i where i.workspace_id = x.workspace_id
                  and i.contact_id = x.contact_id and i.kind = 'bsuid') as accounts
    from upstream_block x
    join whatsapp_account a on a.workspace_id = x.workspace_id and a.channel_id = x.channel_id
   where x.workspace_id = $1`;

const unaskedSql = `
  select x.contact_id || ' by ' || x.kind as name from contact_identity x
    join conversation v on v.workspace_id = x.workspace_id and v.contact_id = x.contact_id
   where x.workspace_id = $1 and not x.is_former and x.kind in ('phone', 'bsuid') and ${isWanted}
     and (x.kind = 'phone' or not exists (select 1 from contact_identity p where p.workspace_id = x.workspace_id
            and p.contact_id = x.contact_id and p.kind = 'phone' and not p.is_former))
     and not exists (select 1 from upstream_block u where u.workspace_id = x.workspace_id and u.contact_id = x.contact_id
            and u.channel_id = v.channel_id and u.match_key = x.match_key)`;

/** A star stands for more than 800 letters of them. */
const wrongNumbersSql = `
  select x.id as name from block x cross join lateral (
    select coalesce(string_agg(replace(i.match_key, 'phone:', ''), ' ' order by i.match_key), '') as known from contact_identity i
     where i.workspace_id = x.workspace_id and i.contact_id = x.contact_id and i.kind = 'phone') k
   where x.workspace_id = $1
     and btrim(coalesce(x.numbers, '')) <> case when length(k.known) > 800 then '*' else k.known end`;

/** Told to be on a list and blocked by nobody: what a person is asked to decide about. */
const strangersSql = `
  select a.phone_number_id as number, x.phone, x.bsuid, x.code from upstream_stranger x
    join whatsapp_account a on a.workspace_id = x.workspace_id and a.channel_id = x.channel_id
   where x.workspace_id = $1`;

/** Of readings that were asked for; the stand-in gives every page. */
const unreadSql = `
  select a.phone_number_id as number, l.failure from upstream_list l
    join whatsapp_account a on a.workspace_id = l.workspace_id and a.channel_id = l.channel_id
   where l.workspace_id = $1 and (l.read_id is not null or l.failure is not null)`;

interface Listed {
  readonly number: string;
  readonly value: string;
  readonly state: string;
  readonly isListed: boolean;
  readonly isWanted: boolean;
  readonly accounts: readonly string[];
}

/** What of the second layer is still on its way, and blocks that the clock is about to end. */
export const countUpstreamOpen = async ({ pool }: Setting): Promise<number> => {
  const { rows } = await pool.query<{ n: number }>(`
    select (select count(*) from upstream_block where is_due)
         + (select count(*) from upstream_heal where is_due)
         + (select count(*) from block where lifted_at is null and expires_at > clock_timestamp() - interval '1 second')
         + (select count(*) from graphile_worker.jobs where task_identifier like 'gate.%'
                and run_at < clock_timestamp() + interval '2 seconds') as n`);
  return rows[0]?.n ?? 0;
};

/** What stands of one contact on one list of WhatsApp's, and what is ahead of it: for whoever reads of a failure. */
export const tellOfList = async (
  { pool, workspaceId }: Setting,
  channelId: string,
  contactId: string,
): Promise<string> => {
  const { rows } = await pool.query<Record<string, unknown>>(
    `select (select json_agg(json_build_object('state', u.state, 'due', u.is_due, 'tries', u.tries, 'listed', u.is_listed,
                                               'tried', clock_timestamp() - u.tried_at))
               from upstream_block u where u.workspace_id = $1 and u.channel_id = $2 and u.contact_id = $3) as names,
            (select json_agg(json_build_object('upstream', b.upstream, 'since', clock_timestamp() - b.started_at,
                                               'lifted', b.lifted_at is not null))
               from block b where b.workspace_id = $1 and b.contact_id = $3) as blocks,
            (select json_build_object('rests', l.rests, 'left', l.rest_until - clock_timestamp())
               from upstream_list l where l.workspace_id = $1 and l.channel_id = $2) as list,
            (select json_build_object('waiting', count(*), 'locked', count(*) filter (where locked_at is not null),
                                      'oldest', clock_timestamp() - min(run_at))
               from graphile_worker.jobs where queue_name = 'upstream:' || $2::text) as queue`,
    [workspaceId, channelId, contactId],
  );
  return JSON.stringify(rows[0]);
};

const checkLists = async (
  { pool, workspaceId }: Setting,
  onList: ReadonlySet<string>,
  findings: Findings,
): Promise<void> => {
  const { rows: stored } = await pool.query<Listed>(listedSql, [workspaceId]);
  const rows = stored.map((row) => ({ ...row, name: `${row.number}/${onListAs(row.value)}` }));
  const wanted = new Set(
    rows.filter((row) => row.isWanted && row.isListed).map(({ name }) => name),
  );
  for (const name of onList) {
    if (!wanted.has(name)) {
      const known = rows.filter((row) => row.name === name);
      const told = known.map(
        (row) => `${row.state}, listed ${row.isListed}, wanted ${row.isWanted}`,
      );
      note(findings, deepInvariants.unwanted, `${name}: ${told.join('; ') || 'unknown to us'}`);
    }
  }
  for (const { name, number, accounts, state, isListed } of rows) {
    // WhatsApp has one entry of a person. Here the account may be one beside the number, and a reading takes either for the person.
    const isThere = [name, ...accounts.map((one) => `${number}/${one}`)].some((one) =>
      onList.has(one),
    );
    if (isListed && state === 'applied' && !isThere) {
      note(findings, deepInvariants.forgotten, `${name}, ${accounts.length} accounts`);
    }
  }
  const { rows: unasked } = await pool.query<{ name: string }>(unaskedSql, [workspaceId]);
  for (const { name } of unasked) {
    note(findings, deepInvariants.unasked, name);
  }
};

/** A reading may meet an unblock on its way: whom it finds there is still ours to take off, and none of a person's business. */
const checkReadings = async (
  { pool, workspaceId }: Setting,
  onList: ReadonlySet<string>,
  findings: Findings,
): Promise<void> => {
  const { rows: strangers } = await pool.query<{
    number: string;
    phone: string | null;
    bsuid: string | null;
    code: string | null;
  }>(strangersSql, [workspaceId]);
  for (const { number, phone, bsuid, code } of strangers) {
    const name = `${number}/${onListAs(phone ?? bsuid ?? '')}`;
    if (!onList.has(name)) {
      note(findings, deepInvariants.strangers, `${name} ${code ?? ''}`);
    }
  }
  const { rows: unread } = await pool.query<{ number: string; failure: string | null }>(unreadSql, [
    workspaceId,
  ]);
  for (const { number, failure } of unread) {
    note(findings, deepInvariants.readings, `${number}: ${failure ?? 'still open'}`);
  }
};

/** @param onList everybody on a list of WhatsApp's; null while something of it is still on its way */
export const checkDeep = async (
  records: Records,
  setting: Setting,
  findings: Findings,
  onList: ReadonlySet<string> | null,
): Promise<void> => {
  for (const { invariant, what } of records.seen) {
    note(findings, invariant, what);
  }
  const { rows } = await setting.pool.query<{ contactId: string }>(openRequestsSql, [
    setting.workspaceId,
  ]);
  for (const { contactId } of rows) {
    note(findings, deepInvariants.openRequests, contactId);
  }
  const { rows: wrong } = await setting.pool.query<{ name: string }>(wrongNumbersSql, [
    setting.workspaceId,
  ]);
  for (const { name } of wrong) {
    note(findings, deepInvariants.numbers, name);
  }
  if (onList !== null) {
    await checkLists(setting, onList, findings);
    await checkReadings(setting, onList, findings);
  }
};
