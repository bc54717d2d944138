import { sql } from 'kysely';
import type { Db } from '#platform/server/deps.ts';

export type AttemptKind = 'sign-in' | 'setup-code' | 'password';

export interface Attempt {
  readonly kind: AttemptKind;
  readonly subjectHash: Buffer;
  readonly addressHash: Buffer;
}

/** How often something may fail within a stretch of time. */
export interface Allowance {
  readonly failures: number;
  readonly seconds: number;
}

/** Seconds until the newest `failures` failures no longer fit into the stretch; null while there is room. */
const waitQuery = (rows: ReturnType<typeof sql>, allowance: Allowance) => sql<number | null>`(
  select ceil(extract(epoch from at + make_interval(secs => ${allowance.seconds}) - clock_timestamp()))::int
    from (${rows}) failures
   where at > clock_timestamp() - make_interval(secs => ${allowance.seconds})
   order by at desc
  offset ${allowance.failures - 1} limit 1)`;

/** Failures of this subject from this address. */
export const waitOfSubjectHere = (attempt: Attempt, allowance: Allowance) =>
  waitQuery(
    sql`select at from failed_attempt where kind = ${attempt.kind}
      and subject_hash = ${attempt.subjectHash} and address_hash = ${attempt.addressHash}`,
    allowance,
  );

/** Failures of this subject from anywhere. */
export const waitOfSubject = (attempt: Attempt, allowance: Allowance) =>
  waitQuery(
    sql`select at from failed_attempt
      where kind = ${attempt.kind} and subject_hash = ${attempt.subjectHash}`,
    allowance,
  );

/** Different subjects that failed from this address. */
export const waitOfAddress = (attempt: Attempt, allowance: Allowance) =>
  waitQuery(
    sql`select max(at) as at from failed_attempt
      where kind = ${attempt.kind} and address_hash = ${attempt.addressHash}
        and at > clock_timestamp() - make_interval(secs => ${allowance.seconds})
      group by subject_hash`,
    allowance,
  );

export type Wait = ReturnType<typeof waitOfSubject>;

/** @returns the longest of the waits, null when none applies */
export const readWait = async (db: Db, waits: readonly Wait[]): Promise<number | null> => {
  const { rows } = await sql<{ wait: number | null }>`
    select greatest(${sql.join(waits)}) as wait`.execute(db);
  return rows[0]?.wait ?? null;
};

/** Whether this person has a session that was opened from this place. */
export const isKnownHere = async (db: Db, email: string, place: string): Promise<boolean> => {
  const row = await db
    .selectFrom('user')
    .innerJoin('session', 'session.userId', 'user.id')
    .select('session.id')
    .where('user.email', '=', email)
    .where('session.ipAddress', '=', place)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
};

/** Also forgets a few that no allowance looks at any more. */
export const insertAttempt = async (db: Db, attempt: Attempt): Promise<void> => {
  await sql`
    with forgotten as (
      delete from failed_attempt where id in (
        select id from failed_attempt where at < clock_timestamp() - interval '1 day'
         order by at limit 20 for update skip locked))
    insert into failed_attempt (kind, subject_hash, address_hash)
    values (${attempt.kind}, ${attempt.subjectHash}, ${attempt.addressHash})`.execute(db);
};

export const deleteAttempts = async (db: Db, attempt: Attempt): Promise<void> => {
  await db
    .deleteFrom('failed_attempt')
    .where('kind', '=', attempt.kind)
    .where('subject_hash', '=', attempt.subjectHash)
    .where('address_hash', '=', attempt.addressHash)
    .execute();
};
