import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { StoppedDialog } from './lazy-stopped.ts';
import { useStoppedOfMany } from './use-stopped.ts';
import { WithStoppedWords } from './with-stopped-words.tsx';

interface StoppedOfManyProps {
  /** Names by contact. */
  contacts: ReadonlyMap<string, string>;
  /** The page knows the way to a conversation. */
  conversationLink: (conversationId: string, name: string) => ReactNode;
}

/** After many were unblocked: of whom a block had stopped messages, and where each is sent again or discarded. */
export function StoppedOfMany(props: StoppedOfManyProps) {
  return (
    <WithStoppedWords>
      <Listing {...props} />
    </WithStoppedWords>
  );
}

function Listing({ contacts, conversationLink }: StoppedOfManyProps) {
  const { t } = useTranslation('stopped');
  const { data, isError } = useStoppedOfMany([...contacts.keys()]);
  const [decided, setDecided] = useState<{ id: string; name: string } | null>(null);
  if (isError && !data) return <p className="mt-3 text-ink-soft">{t('many-failed')}</p>;
  if (!data || (data.length === 0 && !decided)) return null;
  return (
    <section aria-label={t('many-title')} className="mt-4">
      <h3 className="font-medium">{t('many-title')}</h3>
      <p className="text-preview text-ink-soft">{t('many-lead')}</p>
      <ul className="mt-2 flex max-h-72 flex-col divide-y divide-hairline overflow-y-auto">
        {data.map(({ contactId, conversationId, channelName, count }) => {
          const name = contacts.get(contactId) ?? contactId;
          return (
            <li key={conversationId} className="flex items-center gap-3 py-2">
              <div className="min-w-0 flex-1">
                <p className="truncate font-medium">{conversationLink(conversationId, name)}</p>
                <p className="truncate text-meta text-ink-soft">
                  {t('many-count', { count })} · {channelName}
                </p>
              </div>
              <Button
                size="sm"
                aria-label={t('decide-name', { name })}
                onClick={() => setDecided({ id: contactId, name })}
              >
                {t('decide')}
              </Button>
            </li>
          );
        })}
      </ul>
      {decided && (
        <StoppedDialog
          key={decided.id}
          contact={decided}
          openConversationId={null}
          onClose={() => setDecided(null)}
          onFailed={() => setDecided(null)}
        />
      )}
    </section>
  );
}
