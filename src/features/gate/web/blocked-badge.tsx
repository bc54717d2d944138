import { ShieldBan } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Badge } from '#platform/web/ui/badge.tsx';

/** The quiet word beside a blocked contact's name: grey, not red. */
export function BlockedBadge() {
  const { t } = useTranslation('gate');
  return <Badge icon={<ShieldBan />}>{t('blocked')}</Badge>;
}
