import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { CheckList } from '#platform/web/ui/check-list.tsx';
import { ChoiceChips } from '#platform/web/ui/choices.tsx';
import { Card } from '#platform/web/ui/page.tsx';
import { Delayed, Skeleton } from '#platform/web/ui/skeleton.tsx';
import { ErrorState, ProblemLine } from '#platform/web/ui/states.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';
import {
  type CoverableKind,
  coverableKinds,
  coveredFromWhom,
  type MediaCoverSettings,
  placeholders,
} from '../../contract.ts';
import { useCoverSettings, useSaveCoverSettings } from './api.ts';
import { WithCoverWords } from './with-cover-words.tsx';

/** Which media arrives covered, and what stands in its place; administrators only. */
export function CoverSettings() {
  return (
    <WithCoverWords>
      <Loaded />
    </WithCoverWords>
  );
}

function Loaded() {
  const { t } = useTranslation('cover-settings');
  const { data, error, refetch } = useCoverSettings();
  if (data) return <SettingsForm key={JSON.stringify(data)} kept={data} />;
  if (error) return <ErrorState title={t('failed')} error={error} onRetry={() => void refetch()} />;
  return (
    <Delayed>
      <Skeleton className="h-96 w-full rounded-card" />
    </Delayed>
  );
}

const isSame = (a: MediaCoverSettings, b: MediaCoverSettings): boolean =>
  a.coveredFrom === b.coveredFrom &&
  a.placeholder === b.placeholder &&
  coverableKinds.every((kind) => a.kinds.includes(kind) === b.kinds.includes(kind));

function SettingsForm({ kept }: { kept: MediaCoverSettings }) {
  const { t } = useTranslation('cover-settings');
  const [wanted, setWanted] = useState(kept);
  const save = useSaveCoverSettings(() => showToast(t('saved')));
  const change = (part: Partial<MediaCoverSettings>) => setWanted({ ...wanted, ...part });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(wanted);
  };
  return (
    <Card>
      <form noValidate onSubmit={submit} className="flex flex-col gap-6">
        <div>
          <ChoiceChips
            legend={t('from.legend')}
            value={wanted.coveredFrom}
            onChange={(coveredFrom) => change({ coveredFrom })}
            options={coveredFromWhom.map((value) => ({ value, label: t(`from.${value}`) }))}
          />
          <Hint>{t(`from-hint.${wanted.coveredFrom}`)}</Hint>
        </div>
        <div>
          <CheckList<CoverableKind>
            legend={t('kinds.legend')}
            columns={2}
            values={wanted.kinds}
            onChange={(kinds) => change({ kinds })}
            options={coverableKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          />
          <Hint>{t('kinds-hint')}</Hint>
        </div>
        <div>
          <ChoiceChips
            legend={t('placeholder.legend')}
            value={wanted.placeholder}
            onChange={(placeholder) => change({ placeholder })}
            options={placeholders.map((value) => ({ value, label: t(`placeholder.${value}`) }))}
          />
          <Hint>{t('placeholder-hint')}</Hint>
        </div>
        <ProblemLine error={save.error} />
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Button
            type="submit"
            variant="primary"
            isBusy={save.isPending}
            disabled={isSame(kept, wanted)}
          >
            {t('save')}
          </Button>
          <p className="min-w-0 flex-1 basis-60 text-meta text-ink-faint">{t('later')}</p>
        </div>
      </form>
    </Card>
  );
}

const Hint = ({ children }: { children: string }) => (
  <p className="mt-1.5 text-meta text-ink-faint">{children}</p>
);
