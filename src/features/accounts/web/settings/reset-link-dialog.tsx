import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import { Button } from '#platform/web/ui/button.tsx';
import type { DialogControl } from '#platform/web/ui/confirm-dialog.tsx';
import { CopyField } from '#platform/web/ui/copy-field.tsx';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { Skeleton } from '#platform/web/ui/skeleton.tsx';
import { ErrorState } from '#platform/web/ui/states.tsx';
import type { Member } from '../../contract.ts';
import { type ResetLink, useMakeResetLink } from '../api.ts';

/** Makes the link when it opens, because opening it was the choice. */
export function ResetLinkDialog({ member, ...control }: DialogControl & { member: Member }) {
  const { t } = useTranslation('accounts');
  const { mutate, data, error } = useMakeResetLink();
  const wasAsked = useRef(false);
  useEffect(() => {
    // A second link would make the first one worthless.
    if (wasAsked.current) return;
    wasAsked.current = true;
    mutate(member.id);
  }, [member.id, mutate]);
  return (
    <Dialog
      {...control}
      title={t('people.reset-title')}
      footer={<Button onClick={() => control.onOpenChange(false)}>{t('actions.close')}</Button>}
    >
      {error ? (
        <ErrorState title={t('settings.failed')} error={error} onRetry={() => mutate(member.id)} />
      ) : (
        <Link name={member.name} link={data} />
      )}
    </Dialog>
  );
}

function Link({ name, link }: { name: string; link: ResetLink | undefined }) {
  const { t } = useTranslation('accounts');
  const format = useFormat();
  if (!link) {
    return (
      <div role="status" className="flex flex-col gap-3 py-1">
        <span className="text-ink-soft">{t('people.reset-make')}</span>
        <Skeleton className="h-10" />
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-3 py-1">
      <p className="text-ink-soft">
        {t('people.reset-lead', { name, at: format.dateTime(link.expiresAt) })}
      </p>
      <CopyField
        label={t('people.reset-link')}
        value={link.url}
        words={{ copy: t('actions.copy'), copied: t('actions.copied') }}
      />
    </div>
  );
}
