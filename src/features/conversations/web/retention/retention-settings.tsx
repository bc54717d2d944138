import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '#platform/web/http.ts';
import { Button } from '#platform/web/ui/button.tsx';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { TextField } from '#platform/web/ui/field.tsx';
import { Card } from '#platform/web/ui/page.tsx';
import { Delayed, Skeleton } from '#platform/web/ui/skeleton.tsx';
import { ErrorState, ProblemLine } from '#platform/web/ui/states.tsx';
import { Switch } from '#platform/web/ui/switch.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { Retention } from '../../contract.ts';

const path = '/api/v1/retention';
const key = ['conversations', 'retention'] as const;
const usualDays = '365';

/** How long messages and their files are kept; administrators only. */
export function RetentionSettings() {
  const { t } = useTranslation('retention');
  const { data, error, refetch } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.get<Retention>(path, { signal }),
  });
  if (data) return <RetentionForm key={String(data.days)} kept={data.days} />;
  if (error) return <ErrorState title={t('failed')} error={error} onRetry={() => void refetch()} />;
  return (
    <Delayed>
      <Skeleton className="h-36 w-full rounded-card" />
    </Delayed>
  );
}

/** Null for what is no number of days that can be set. */
const daysIn = (typed: string): number | null => {
  const days = Number(typed.trim());
  return Number.isInteger(days) && days >= 30 && days <= 3650 ? days : null;
};

function useSave(onSaved: () => void) {
  const { t } = useTranslation('retention');
  const client = useQueryClient();
  return useMutation({
    mutationFn: (retention: Retention) => api.put<Retention>(path, retention),
    onSuccess: (saved) => {
      onSaved();
      showToast(t('saved'));
      client.setQueryData(key, saved);
    },
  });
}

function RetentionForm({ kept }: { kept: number | null }) {
  const { t } = useTranslation('retention');
  const field = useRef<HTMLInputElement>(null);
  const [isOn, setOn] = useState(kept !== null);
  const [typed, setTyped] = useState(kept === null ? usualDays : String(kept));
  const [isAsking, setAsking] = useState(false);
  const save = useSave(() => setAsking(false));
  const days = daysIn(typed);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isOn) save.mutate({ days: null });
    else if (days === null) field.current?.focus();
    // To keep for longer takes nothing away.
    else if (kept !== null && days >= kept) save.mutate({ days });
    else setAsking(true);
  };
  return (
    <Card>
      <form noValidate onSubmit={submit} className="flex flex-col gap-4">
        <Switch label={t('switch')} hint={t('switch-hint')} checked={isOn} onChange={setOn} />
        {isOn && (
          <TextField
            ref={field}
            inputMode="numeric"
            label={t('days')}
            hint={t('days-hint')}
            value={typed}
            maxLength={5}
            onChange={(event) => setTyped(event.target.value)}
            className="max-w-40"
            {...(days === null && { error: t('days-wrong') })}
          />
        )}
        {!isAsking && <ProblemLine error={save.error} />}
        <div>
          <Button
            type="submit"
            variant="primary"
            isBusy={save.isPending && !isAsking}
            disabled={isOn ? days !== null && days === kept : kept === null}
          >
            {t('save')}
          </Button>
        </div>
      </form>
      {isAsking && days !== null && (
        <Confirm
          days={days}
          isBusy={save.isPending}
          error={save.error}
          onConfirm={() => save.mutate({ days })}
          onClose={() => setAsking(false)}
        />
      )}
    </Card>
  );
}

/** Says what will happen; focus on *Cancelar*. */
function Confirm({
  days,
  isBusy,
  error,
  onConfirm,
  onClose,
}: {
  days: number;
  isBusy: boolean;
  error: unknown;
  onConfirm: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('retention');
  const { t: common } = useTranslation('platform');
  const cancel = useRef<HTMLButtonElement>(null);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      role="alertdialog"
      initialFocus={cancel}
      title={t('confirm-title', { count: days })}
      description={t('confirm', { count: days })}
      onSubmit={onConfirm}
      footer={
        <>
          <Button ref={cancel} onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button type="submit" variant="danger" isBusy={isBusy}>
            {t('confirm-action')}
          </Button>
        </>
      }
    >
      {error ? <ProblemLine error={error} /> : null}
    </Dialog>
  );
}
