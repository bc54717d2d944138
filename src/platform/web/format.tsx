import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { serverNow } from './server-clock.ts';

const dayFormat = (zone: string) =>
  new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });

const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

export const makeFormats = (
  language: string,
  zone: string,
  words: { today: string; yesterday: string },
) => {
  const dayOf = dayFormat(zone);
  const make = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, { timeZone: zone, ...options });
  const time = make({ hour: '2-digit', minute: '2-digit' });
  const date = make({ day: '2-digit', month: '2-digit', year: 'numeric' });
  const full = make({ dateStyle: 'short', timeStyle: 'short' });
  const weekday = make({ weekday: 'long' });
  const longDay = make({ day: 'numeric', month: 'long' });
  const longDayWithYear = make({ day: 'numeric', month: 'long', year: 'numeric' });
  const number = new Intl.NumberFormat(language);

  const key = (at: string | Date): string => dayOf.format(new Date(at));
  const age = (at: string): number => daysBetween(key(at), key(new Date(serverNow())));

  /** "hoje", "ontem", "quinta-feira", "3 de abril". */
  const day = (at: string): string => {
    const days = age(at);
    if (days === 0) return words.today;
    if (days === 1) return words.yesterday;
    if (days > 1 && days < 7) return weekday.format(new Date(at));
    const sameYear = key(at).slice(0, 4) === key(new Date(serverNow())).slice(0, 4);
    return (sameYear ? longDay : longDayWithYear).format(new Date(at));
  };

  return {
    /** "14:02" */
    time: (at: string) => time.format(new Date(at)),
    /** "03/04/2026" */
    date: (at: string) => date.format(new Date(at)),
    /** "03/04/2026, 14:02" */
    dateTime: (at: string) => full.format(new Date(at)),
    day,
    /** A key that is equal for two moments of the same day. */
    dayKey: key,
    /** For a list: the hour today, else the day in short. */
    short: (at: string): string => {
      const days = age(at);
      if (days === 0) return time.format(new Date(at));
      if (days === 1) return words.yesterday;
      if (days > 1 && days < 7) return weekday.format(new Date(at)).split('-')[0] ?? '';
      return date.format(new Date(at));
    },
    number: (value: number) => number.format(value),
  };
};

export type Formats = ReturnType<typeof makeFormats>;

const Context = createContext<Formats | null>(null);

/** The workspace's time zone rules every time on the screen, so that colleagues read the same hour. */
export function TimeZoneProvider({ zone, children }: { zone: string; children: ReactNode }) {
  const { t, i18n } = useTranslation('platform');
  const formats = useMemo(
    () => makeFormats(i18n.language, zone, { today: t('today'), yesterday: t('yesterday') }),
    [i18n.language, zone, t],
  );
  return <Context value={formats}>{children}</Context>;
}

/** Times and numbers in the language of the screen and the time zone of the workspace. */
export function useFormat(): Formats {
  const formats = useContext(Context);
  if (!formats) throw new Error('TimeZoneProvider is missing');
  return formats;
}
