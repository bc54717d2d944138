export const durations = ['day', 'week', 'month', 'date', 'endless'] as const;
export type Duration = (typeof durations)[number];

const hour = 3_600_000;
const lengths: Record<'day' | 'week' | 'month', number> = {
  day: 24 * hour,
  week: 7 * 24 * hour,
  month: 30 * 24 * hour,
};

/** How far a zone's clock is ahead of UTC at a moment, in milliseconds. */
const offsetAt = (instant: number, zone: string): number => {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(instant);
  const part = (type: string): number =>
    Number(parts.find((each) => each.type === type)?.value ?? '0');
  const local = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return local - Math.floor(instant / 1000) * 1000;
};

/** The last second of a day (`2026-11-30`) as the zone's clocks show it. */
export const endOfDay = (day: string, zone: string): Date | null => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const asUtc = Date.parse(`${day}T23:59:59Z`);
  if (Number.isNaN(asUtc)) return null;
  // Twice, because the offset at the first guess may be the other side of a change of clocks.
  const guess = asUtc - offsetAt(asUtc, zone);
  return new Date(asUtc - offsetAt(guess, zone));
};

/** When a block of this duration ends: null without end, undefined while the day is missing or already over. */
export function blockEnd(
  duration: Duration,
  lastDay: string,
  zone: string,
  now: number,
): Date | null | undefined {
  if (duration === 'endless') return null;
  if (duration !== 'date') return new Date(now + lengths[duration]);
  const end = endOfDay(lastDay, zone);
  return end && end.getTime() > now ? end : undefined;
}
