import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Avatar } from '#platform/web/ui/avatar.tsx';
import type { ContactFacts, IdentityConflict } from '../../people/contract.ts';
import { SideFacts } from './side-facts.tsx';

/** Both sides as they are by now; where one is left, why. */
export function ConflictSides({
  conflict: { contact, other, outcome },
  contactLink,
}: {
  conflict: IdentityConflict;
  contactLink: (facts: ContactFacts) => ReactNode;
}) {
  const { t } = useTranslation('people');
  // Of an account that was left as it is, and of one that waits, nothing arrives; any other answer gave it to somebody.
  const isNobodys = outcome === null || outcome === 'apart';
  return (
    <>
      <div className="mt-3 flex gap-3 max-md:flex-col">
        <SideFacts facts={contact} link={contactLink(contact)} />
        {other ? (
          <SideFacts facts={other} link={contactLink(other)} />
        ) : (
          isNobodys && <NewAccount />
        )}
      </div>
      {other === null && outcome === 'merged' && (
        <p className="mt-3 text-preview text-ink-soft">{t('conflicts.one-by-now')}</p>
      )}
    </>
  );
}

function NewAccount() {
  const { t } = useTranslation('people');
  return (
    <div className="min-w-0 flex-1 rounded-card border border-dashed border-control-line p-4 md:basis-0">
      <div className="flex items-center gap-3">
        <Avatar name="?" isDimmed />
        <p className="font-medium">{t('conflicts.nobody-yet')}</p>
      </div>
      <p className="mt-3 text-preview text-ink-soft">{t('conflicts.nobody-yet-hint')}</p>
    </div>
  );
}
