export type Unit = 'day' | 'week' | 'month';

export interface Bucket {
  readonly from: string;
  readonly to: string;
}

const dayMs = 86_400_000;
const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

export const addDays = (date: string, days: number): string =>
  dateOf(Date.parse(date) + days * dayMs);

/** So that a picture has some thirty columns at most. */
export const unitOf = (from: string, to: string): Unit => {
  const days = (Date.parse(to) - Date.parse(from)) / dayMs + 1;
  if (days <= 31) return 'day';
  return days <= 217 ? 'week' : 'month';
};

/** The first day of the next piece. */
const nextOf = (date: string, unit: Unit): string => {
  const at = new Date(date);
  switch (unit) {
    case 'day':
      return addDays(date, 1);
    case 'week':
      // Monday is the first: as PostgreSQL has it.
      return addDays(date, 7 - ((at.getUTCDay() + 6) % 7));
    case 'month':
      return dateOf(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1));
  }
};

/** The pieces of a period, in order; the first and the last are cut short by it. */
export const bucketsOf = (from: string, to: string, unit: Unit): Bucket[] => {
  const buckets: Bucket[] = [];
  for (let start = from; start <= to; start = nextOf(start, unit)) {
    const last = addDays(nextOf(start, unit), -1);
    buckets.push({ from: start, to: last < to ? last : to });
  }
  return buckets;
};
