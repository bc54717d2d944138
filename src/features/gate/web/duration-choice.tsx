import { useTranslation } from 'react-i18next';
import { useMe } from '#features/accounts/web/index.ts';
import { useFormat } from '#platform/web/format.tsx';
import { useNow } from '#platform/web/now.ts';
import { Segmented } from '#platform/web/ui/choices.tsx';
import { TextField } from '#platform/web/ui/field.tsx';
import { blockEnd, type Duration, durations } from './block-end.ts';

/** How long a block holds, and when exactly that ends in the workspace's time zone. */
export function DurationChoice({
  duration,
  onDuration,
  lastDay,
  onLastDay,
  isChecked,
}: {
  duration: Duration;
  onDuration: (duration: Duration) => void;
  lastDay: string;
  onLastDay: (day: string) => void;
  /** After a first attempt to send the form: what is missing is said. */
  isChecked: boolean;
}) {
  const { t } = useTranslation('gate');
  const format = useFormat();
  const now = useNow();
  const end = blockEnd(duration, lastDay, useMe().workspace.timeZone, now);
  return (
    <div className="flex flex-col gap-2">
      <Segmented
        legend={t('duration.label')}
        value={duration}
        onChange={onDuration}
        options={durations.map((value) => ({ value, label: t(`duration.${value}`) }))}
      />
      {duration === 'date' && (
        <TextField
          type="date"
          label={t('duration.last-day')}
          min={format.dayKey(new Date(now))}
          value={lastDay}
          onChange={(event) => onLastDay(event.target.value)}
          error={isChecked && end === undefined ? t('duration.date-missing') : undefined}
        />
      )}
      <p className="min-h-4 text-meta text-ink-faint tabular-nums">
        {end === null && t('duration.until-lifted')}
        {end && t('duration.until', { end: format.dateTime(end.toISOString()) })}
      </p>
    </div>
  );
}
