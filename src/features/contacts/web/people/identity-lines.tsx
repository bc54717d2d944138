import { useTranslation } from 'react-i18next';
import { Badge } from '#platform/web/ui/badge.tsx';
import type { Identity } from '../../people/contract.ts';

/** Kind in words, the value masked, and what is special about it. */
export function IdentityLine({ identity }: { identity: Identity }) {
  const { t } = useTranslation('people');
  const { kind, maskedValue, isFormer, cameFrom } = identity;
  return (
    <span className="block min-w-0">
      <span className="flex flex-wrap items-center gap-x-2">
        <span className="tabular-nums">{maskedValue}</span>
        {isFormer && <Badge>{t('detail.former')}</Badge>}
      </span>
      <span className="block text-meta text-ink-faint">
        {t(`kind.${kind}`)}
        {cameFrom && ` · ${t('detail.came-from', { name: cameFrom.name })}`}
      </span>
    </span>
  );
}

export const IdentityLines = ({ identities }: { identities: readonly Identity[] }) => (
  <ul className="mt-1 space-y-1.5">
    {identities.map((identity) => (
      <li key={identity.id}>
        <IdentityLine identity={identity} />
      </li>
    ))}
  </ul>
);
