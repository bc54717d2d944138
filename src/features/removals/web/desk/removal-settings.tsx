import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { CheckList } from '#platform/web/ui/check-list.tsx';
import { HoursField, hoursIn } from '#platform/web/ui/hours-field.tsx';
import { Card } from '#platform/web/ui/page.tsx';
import { Delayed, Skeleton } from '#platform/web/ui/skeleton.tsx';
import { ErrorState, ProblemLine } from '#platform/web/ui/states.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { RemovalReason, RemovalSettings as Settings } from '../../contract.ts';
import { useRemovalSettings, useSaveRemovalSettings } from './api.ts';
import { reasonChoices } from './removals-search.ts';
import { WithDeskWords } from './with-desk-words.tsx';

/** Until when a request is to be decided, and for which reasons two people decide; administrators only. */
export function RemovalSettings() {
  return (
    <WithDeskWords>
      <Loaded />
    </WithDeskWords>
  );
}

function Loaded() {
  const { t } = useTranslation('removals-desk');
  const { data, error, refetch } = useRemovalSettings();
  if (data) return <SettingsForm key={JSON.stringify(data)} kept={data} />;
  if (error) {
    return <ErrorState title={t('settings.failed')} error={error} onRetry={() => void refetch()} />;
  }
  return (
    <Delayed>
      <Skeleton className="h-72 w-full rounded-card" />
    </Delayed>
  );
}

const isSame = (kept: Settings, hours: number | null, reasons: readonly string[]): boolean =>
  hours === kept.decideWithinHours &&
  reasons.length === kept.twoPersonReasons.length &&
  kept.twoPersonReasons.every((reason) => reasons.includes(reason));

function SettingsForm({ kept }: { kept: Settings }) {
  const { t } = useTranslation('removals-desk');
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(String(kept.decideWithinHours));
  const [reasons, setReasons] = useState<RemovalReason[]>(kept.twoPersonReasons);
  const save = useSaveRemovalSettings(() => showToast(t('settings.saved')));
  const hours = hoursIn(typed);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (hours === null) field.current?.focus();
    else save.mutate({ decideWithinHours: hours, twoPersonReasons: reasons });
  };
  return (
    <Card>
      <form noValidate onSubmit={submit} className="flex flex-col gap-6">
        <HoursField
          ref={field}
          typed={typed}
          onType={setTyped}
          words={{
            label: t('settings.hours'),
            hint: t('settings.hours-hint'),
            wrong: t('settings.hours-wrong'),
          }}
        />
        <div>
          <CheckList<RemovalReason>
            legend={t('settings.two')}
            columns={2}
            values={reasons}
            onChange={setReasons}
            options={reasonChoices.map(([, reason]) => ({
              value: reason,
              label: t(`reasons.${reason}`),
            }))}
          />
          <p className="mt-1 text-meta text-ink-faint">{t('settings.two-hint')}</p>
        </div>
        <ProblemLine error={save.error} />
        <div>
          <Button
            type="submit"
            variant="primary"
            isBusy={save.isPending}
            disabled={isSame(kept, hours, reasons)}
          >
            {t('settings.save')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
