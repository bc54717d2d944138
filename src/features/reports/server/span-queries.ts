import { type RawBuilder, sql } from 'kysely';
import { type Bucket, bucketsOf, type Unit } from './period.ts';

/** What a report is about: a workspace, days by its own clock, and perhaps one channel. */
export interface Span {
  readonly workspaceId: string;
  readonly timeZone: string;
  readonly from: string;
  readonly to: string;
  readonly channelId: string | undefined;
  readonly unit: Unit;
}

export const bucketsIn = ({ from, to, unit }: Span): Bucket[] => bucketsOf(from, to, unit);

/** The first moment of the period. */
export const startOf = ({ from, timeZone }: Span): RawBuilder<Date> =>
  sql<Date>`(${from}::date::timestamp at time zone ${timeZone})`;

/** The first moment after it. */
export const endOf = ({ to, timeZone }: Span): RawBuilder<Date> =>
  sql<Date>`((${to}::date + 1)::timestamp at time zone ${timeZone})`;

/** @param at an expression that is not null */
export const isWithin = (span: Span, at: RawBuilder<unknown>): RawBuilder<boolean> =>
  sql<boolean>`(${at} >= ${startOf(span)} and ${at} < ${endOf(span)})`;

/** The first day of the piece that a moment is in. */
export const bucketOf = (
  { unit, from, timeZone }: Span,
  at: RawBuilder<unknown>,
): RawBuilder<string> =>
  sql<string>`to_char(greatest(date_trunc(${sql.lit(unit)}, ${at} at time zone ${timeZone}),
    ${from}::date::timestamp), 'YYYY-MM-DD')`;
