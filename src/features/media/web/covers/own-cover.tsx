import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '#platform/web/ui/page.tsx';
import { Delayed, Skeleton } from '#platform/web/ui/skeleton.tsx';
import { ErrorState, ProblemLine } from '#platform/web/ui/states.tsx';
import { Switch } from '#platform/web/ui/switch.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';
import { useChooseCover, useOwnCover } from './api.ts';
import { WithCoverWords } from './with-cover-words.tsx';

/** One person's stricter choice, in their profile; the server holds to it. */
export function OwnCover() {
  return (
    <WithCoverWords>
      <Loaded />
    </WithCoverWords>
  );
}

function Loaded() {
  const { t } = useTranslation('cover-settings');
  const { data, error, refetch } = useOwnCover();
  const choose = useChooseCover(({ coversAll }) => showToast(t(coversAll ? 'own.on' : 'own.off')));
  const [wanted, setWanted] = useState<boolean | null>(null);
  const want = (coversAll: boolean) => {
    setWanted(coversAll);
    choose.mutate({ coversAll }, { onSettled: () => setWanted(null) });
  };
  if (error) return <ErrorState title={t('failed')} error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <Delayed>
        <Skeleton className="h-32 w-full rounded-card" />
      </Delayed>
    );
  }
  return (
    <Card title={t('own.title')}>
      <Switch
        label={t('own.switch')}
        hint={t('own.hint')}
        checked={wanted ?? data.coversAll}
        onChange={want}
      />
      <ProblemLine error={choose.error} />
    </Card>
  );
}
