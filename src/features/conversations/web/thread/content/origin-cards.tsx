import { ExternalLink, Megaphone } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { LinkCard, Referral } from '../../../contract.ts';
import { Inset, Mark, OutLink } from './parts.tsx';

/** The advertisement or post from which the person wrote. */
export function ReferralCard({ referral }: { referral: Referral }) {
  const { t } = useTranslation('content');
  const isPost = referral.sourceType === 'post';
  return (
    <Inset>
      <div className="p-3">
        <Mark icon={<Megaphone />}>{t(isPost ? 'referral.post' : 'referral.ad')}</Mark>
        {referral.headline && <p className="text-body font-medium">{referral.headline}</p>}
        {referral.body && (
          <p className="line-clamp-3 text-preview text-ink-soft">{referral.body}</p>
        )}
        {referral.welcomeText && (
          <p className="mt-1.5 line-clamp-3 text-preview text-ink-soft">
            <span className="text-ink-faint">{t('referral.greeted')} </span>
            {referral.welcomeText}
          </p>
        )}
        {referral.media && (
          <p className="mt-1.5 text-meta text-ink-faint">
            {t(`referral.${isPost ? 'post' : 'ad'}-${referral.media}`)}
          </p>
        )}
        {referral.sourceUrl && (
          <OutLink href={referral.sourceUrl}>
            <ExternalLink aria-hidden="true" />
            {t(isPost ? 'referral.open-post' : 'referral.open')}
          </OutLink>
        )}
      </div>
    </Inset>
  );
}

/** What the link in the text leads to, in the words of that page. */
export const LinkCardView = ({ card }: { card: LinkCard }) => (
  <a
    href={card.url}
    target="_blank"
    rel="noopener noreferrer nofollow"
    data-testid="link-card"
    className="mt-1.5 block rounded-control border-l-[3px] border-accent bg-sunken px-3 py-2 hover:bg-hover"
  >
    <span className="line-clamp-2 text-body font-medium">{card.title}</span>
    {card.description && (
      <span className="line-clamp-2 text-preview text-ink-soft">{card.description}</span>
    )}
    {card.siteName && (
      <span className="block truncate text-meta text-ink-faint">{card.siteName}</span>
    )}
  </a>
);
