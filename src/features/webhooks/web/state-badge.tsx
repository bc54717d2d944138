import { useTranslation } from 'react-i18next';
import { Badge } from '#platform/web/ui/badge.tsx';
import type { WebhookDelivery } from '../contract.ts';

const tones = {
  delivered: 'accent',
  failed: 'amber',
  waiting: 'neutral',
  sending: 'neutral',
} as const;

export function StateBadge({ state }: { state: WebhookDelivery['state'] }) {
  const { t } = useTranslation('webhooks');
  return <Badge tone={tones[state]}>{t(`states.${state}`)}</Badge>;
}
