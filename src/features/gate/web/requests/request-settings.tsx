import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { HoursField, hoursIn } from '#platform/web/ui/hours-field.tsx';
import { Card } from '#platform/web/ui/page.tsx';
import { Delayed, Skeleton } from '#platform/web/ui/skeleton.tsx';
import { ErrorState, ProblemLine } from '#platform/web/ui/states.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';
import { useRequestSettings, useSaveRequestSettings } from './api.ts';
import { WithDeskWords } from './with-desk-words.tsx';

/** After how many hours a request without an answer is brought up again; administrators only. */
export function RequestSettings() {
  return (
    <WithDeskWords>
      <Loaded />
    </WithDeskWords>
  );
}

function Loaded() {
  const { t } = useTranslation('request-desk');
  const { data, error, refetch } = useRequestSettings();
  if (data) return <HoursForm key={data.answerWithinHours} kept={data.answerWithinHours} />;
  if (error) {
    return <ErrorState title={t('settings.failed')} error={error} onRetry={() => void refetch()} />;
  }
  return (
    <Delayed>
      <Skeleton className="h-36 w-full rounded-card" />
    </Delayed>
  );
}

function HoursForm({ kept }: { kept: number }) {
  const { t } = useTranslation('request-desk');
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(String(kept));
  const save = useSaveRequestSettings(() => showToast(t('settings.saved')));
  const hours = hoursIn(typed);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (hours === null) field.current?.focus();
    else save.mutate({ answerWithinHours: hours });
  };
  return (
    <Card>
      <form noValidate onSubmit={submit} className="flex flex-col gap-4">
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
        <ProblemLine error={save.error} />
        <div>
          <Button type="submit" variant="primary" isBusy={save.isPending} disabled={hours === kept}>
            {t('settings.save')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
