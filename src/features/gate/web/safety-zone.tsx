import { ShieldBan, ShieldCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { BlockedBadge } from './blocked-badge.tsx';
import { useCanBlock } from './can-block.ts';
import { useOpenBlockDialog, useOpenUnblockDialog } from './gate-dialogs-provider.tsx';

/** The foot of the contact panel. One button in one place: only its word changes, so focus stays where it was. */
export function SafetyZone({
  contactId,
  contactName,
  isBlocked,
}: {
  contactId: string;
  contactName: string;
  isBlocked: boolean;
}) {
  const { t } = useTranslation('gate');
  const canBlock = useCanBlock();
  const openBlock = useOpenBlockDialog();
  const openUnblock = useOpenUnblockDialog();
  const contact = { id: contactId, name: contactName };
  return (
    <section aria-label={t('safety-zone')} className="flex flex-col gap-2.5">
      <div className="flex min-h-5 items-center justify-between gap-2">
        <h3 className="text-meta font-medium text-ink-soft">{t('safety-zone')}</h3>
        {isBlocked && <BlockedBadge />}
      </div>
      <Button
        className="justify-start"
        icon={isBlocked ? <ShieldCheck /> : <ShieldBan />}
        disabled={!canBlock}
        onClick={() => (isBlocked ? openUnblock : openBlock)(contact)}
      >
        {t(isBlocked ? 'action.unblock' : 'action.block')}
      </Button>
      <p className="text-meta text-ink-faint">
        {canBlock
          ? t(isBlocked ? 'safety-hint-blocked' : 'safety-hint')
          : t(isBlocked ? 'only-administration-unblocks' : 'only-administration')}
      </p>
    </section>
  );
}
