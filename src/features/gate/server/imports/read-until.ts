const pad = (part: string): string => part.padStart(2, '0');

/** Whether there is such a day: the 31st of June is none. */
const isDay = (year: string, month: string, day: string): boolean => {
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${year}-${month}-${day}`);
};

const dayFirst = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:,?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;
const yearFirst = /^(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;
const withZone = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

/**
 * Reads an end as spreadsheets write it: `31/12/2026`, `31/12/2026 18:00`, `2026-12-31`, or an instant with its zone. A day
 * without an hour ends when the day does, as in the dialog. Never month first: 05/06 is the fifth of June.
 * @returns for PostgreSQL: an instant, or a time of the workspace's clocks; null when it is no date
 */
export const readUntil = (text: string): string | null => {
  if (withZone.test(text)) {
    const instant = new Date(text);
    const year = instant.getUTCFullYear();
    return year >= 1 && year <= 9999 && isDay(text.slice(0, 4), text.slice(5, 7), text.slice(8, 10))
      ? instant.toISOString()
      : null;
  }
  const byDay = dayFirst.exec(text);
  const byYear = byDay ? null : yearFirst.exec(text);
  const [, first = '', month = '', last = '', hour, minute = '59', second] = byDay ?? byYear ?? [];
  const [year, day] = byDay ? [last, first] : [first, last];
  if (!isDay(year, pad(month), pad(day)) || year === '0000') {
    return null;
  }
  const seconds = second ?? (hour === undefined ? '59' : '00');
  if (Number(hour ?? '23') > 23 || Number(minute) > 59 || Number(seconds) > 59) {
    return null;
  }
  return `${year}-${pad(month)}-${pad(day)} ${pad(hour ?? '23')}:${minute}:${seconds}`;
};
