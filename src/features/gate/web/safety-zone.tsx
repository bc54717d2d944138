import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { BlockedBadge } from './blocked-badge.tsx';
import { type BlocksLink, BlocksOfContact } from './blocks-of-contact.tsx';
import { useSeesBlockDetails } from './can-block.ts';
import { useBlockAction } from './requests/use-block-action.tsx';
import { StillListed } from './still-listed.tsx';
import { UpstreamOfContact } from './upstream-lines.tsx';

/** The foot of the contact panel. One button in one place: only its word changes, so focus stays where it was. */
export function SafetyZone({
  contactId,
  contactName,
  isBlocked,
  blocksLink,
}: {
  contactId: string;
  contactName: string;
  isBlocked: boolean;
  /** Where no bar beside it tells of the block. */
  blocksLink?: BlocksLink;
}) {
  const { t } = useTranslation('gate');
  const { label, icon, isDisabled, hint, run } = useBlockAction(contactId, isBlocked);
  const seesDetails = useSeesBlockDetails();
  return (
    <section aria-label={t('safety-zone')} className="flex flex-col gap-2.5">
      <div className="flex min-h-5 items-center justify-between gap-2">
        <h3 className="text-meta font-medium text-ink-soft">{t('safety-zone')}</h3>
        {isBlocked && <BlockedBadge />}
      </div>
      <Button
        className="justify-start"
        icon={icon}
        disabled={isDisabled}
        onClick={() => run({ id: contactId, name: contactName })}
      >
        {label}
      </Button>
      <p className="text-meta text-ink-faint">
        {hint ?? t(isBlocked ? 'safety-hint-blocked' : 'safety-hint')}
      </p>
      {seesDetails && blocksLink && <BlocksOfContact contactId={contactId} link={blocksLink} />}
      {seesDetails &&
        (isBlocked ? (
          <UpstreamOfContact contactId={contactId} />
        ) : (
          <StillListed contactId={contactId} />
        ))}
    </section>
  );
}
