import { EyeOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import { Card } from '#platform/web/ui/page.tsx';
import type { RemovalRequest } from '../../../contract.ts';
import { Decided } from '../decide/item-box.tsx';

/** What whoever asked sees of the messages: which, and what was decided of each. Never what they said. */
export function OwnPanel({ request }: { request: RemovalRequest }) {
  const { t } = useTranslation('removals-desk');
  const { t: conversations } = useTranslation('conversations');
  const format = useFormat();
  if (request.name) return <OwnName name={request.name} />;
  return (
    <Card title={t('own.items')}>
      <ul className="-my-1 divide-y divide-hairline">
        {request.items.map((item) => (
          <li key={item.messageId} className="py-2" data-testid="removal-item">
            <p className="tabular-nums">
              {conversations(`kind.${item.type}`)} · {t(`direction.${item.direction}`)} ·{' '}
              {format.dateTime(item.at)}
            </p>
            {item.state === 'open' ? (
              <p className="mt-1 flex items-center gap-2 text-preview text-ink-soft">
                <EyeOff aria-hidden="true" className="size-4 text-ink-faint" />
                {t('own.covered')}
              </p>
            ) : (
              <div className="-mx-3">
                <Decided item={item} />
              </div>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function OwnName({ name }: { name: NonNullable<RemovalRequest['name']> }) {
  const { t } = useTranslation('removals-desk');
  return (
    <Card title={t('name.title')}>
      <div data-testid="removal-name">
        {name.state === 'open' ? (
          <p className="flex items-center gap-2 text-preview text-ink-soft">
            <EyeOff aria-hidden="true" className="size-4 text-ink-faint" />
            {t('name.own-covered')}
          </p>
        ) : (
          <div className="-mx-3">
            <Decided item={name} of="name" />
          </div>
        )}
      </div>
    </Card>
  );
}
