import type { ProtectionReport } from '../contract.ts';

type Unit = ProtectionReport['unit'];
type Bucket = ProtectionReport['buckets'][number];

/** Days are the workspace's own already, so they are written as they are, in no zone. */
export const dayWords = (language: string) => {
  const format = (options: Intl.DateTimeFormatOptions) => {
    const words = new Intl.DateTimeFormat(language, { timeZone: 'UTC', ...options });
    return (date: string): string => words.format(new Date(date));
  };
  const short = format({ day: '2-digit', month: '2-digit' });
  const month = format({ month: 'short', year: '2-digit' });
  const whole = format({ day: '2-digit', month: '2-digit', year: 'numeric' });
  return {
    whole,
    /** Under a column. */
    tick: ({ from }: Bucket, unit: Unit): string => (unit === 'month' ? month(from) : short(from)),
    /** In a table, and over a column. */
    piece: ({ from, to }: Bucket, unit: Unit): string => {
      if (unit === 'month') return month(from);
      return from === to ? whole(from) : `${short(from)} – ${whole(to)}`;
    },
  };
};

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** "140 ms", "12 s", "3 h 20 min", "2 dias 4 h": no more of it than a person would say. */
export const lengthWords = (language: string, ms: number): string => {
  const say = (value: number, unit: string): string =>
    new Intl.NumberFormat(language, {
      style: 'unit',
      unit,
      unitDisplay: 'short',
      maximumFractionDigits: 0,
    }).format(value);
  const two = (big: number, bigUnit: string, small: number, smallUnit: string): string => {
    const all = Math.round(ms / small);
    const each = big / small;
    const rest = all % each;
    const whole = say(Math.floor(all / each), bigUnit);
    return rest === 0 ? whole : `${whole} ${say(rest, smallUnit)}`;
  };
  if (ms < second) return say(Math.round(ms), 'millisecond');
  if (ms < minute - second / 2) return say(Math.round(ms / second), 'second');
  if (ms < hour - minute / 2) return say(Math.round(ms / minute), 'minute');
  if (ms < day - minute / 2) return two(hour, 'hour', minute, 'minute');
  return two(day, 'day', hour, 'hour');
};
