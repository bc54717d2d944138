import { ShieldBan } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import { Avatar } from '#platform/web/ui/avatar.tsx';
import { Badge } from '#platform/web/ui/badge.tsx';
import type { ContactFacts } from '../../people/contract.ts';
import { IdentityLines } from './identity-lines.tsx';

/** One of two sides: what is known of it, and not a word of what was written. */
export function SideFacts({ facts, link }: { facts: ContactFacts; link?: ReactNode }) {
  const { t } = useTranslation('people');
  const format = useFormat();
  const { name, maskedNumber, isBlocked } = facts;
  return (
    <article
      aria-label={name}
      className="min-w-0 flex-1 rounded-card border border-hairline bg-raised p-4 md:basis-0"
    >
      <div className="flex items-center gap-3">
        <Avatar name={name} isDimmed={isBlocked} {...(isBlocked && { badge: <ShieldBan /> })} />
        <div className="min-w-0 flex-1">
          <p className="truncate font-medium">{link ?? name}</p>
          <p className="truncate text-meta text-ink-soft tabular-nums">
            {maskedNumber ?? t('facts.number-hidden')}
          </p>
        </div>
      </div>
      <ul className="mt-3 space-y-0.5 text-preview text-ink-soft">
        <li className="flex min-h-6 items-center">
          {isBlocked ? (
            <Badge icon={<ShieldBan />}>{t('facts.blocked')}</Badge>
          ) : (
            t('facts.not-blocked')
          )}
        </li>
        <li>{t('facts.conversations', { count: facts.conversationCount })}</li>
        <li>{t('facts.since', { at: format.date(facts.createdAt) })}</li>
      </ul>
      <h4 className="mt-3 text-meta font-medium text-ink-soft">{t('facts.identities')}</h4>
      <IdentityLines identities={facts.identities} />
    </article>
  );
}
