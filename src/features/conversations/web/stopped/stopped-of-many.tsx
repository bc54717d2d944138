import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { Delayed, Skeleton } from '#platform/web/ui/skeleton.tsx';
import type { StoppedConversation } from '../../stopped/contract.ts';
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

/** The row that was decided of goes, and its button with it: the focus stays with the list then. */
function useFocusKept(rows: number | undefined) {
  const box = useRef<HTMLDivElement>(null);
  const pressed = useRef<HTMLElement | null>(null);
  const [finalFocus] = useState(() => ({
    get current() {
      return pressed.current?.isConnected ? pressed.current : box.current;
    },
  }));
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the rows are others, one may have had the focus.
  useEffect(() => {
    const isLost = pressed.current?.isConnected === false;
    if (isLost && document.activeElement === document.body) box.current?.focus();
  }, [rows]);
  return { box, pressed, finalFocus };
}

function Listing({ contacts, conversationLink }: StoppedOfManyProps) {
  const { t } = useTranslation('stopped');
  const { data, isError } = useStoppedOfMany([...contacts.keys()]);
  const [decided, setDecided] = useState<{ id: string; name: string } | null>(null);
  const { box, pressed, finalFocus } = useFocusKept(data?.length);
  if (isError && !data) return <p className="mt-3 text-ink-soft">{t('many-failed')}</p>;
  if (!data) {
    return (
      <Delayed>
        <Skeleton className="mt-4 h-20 w-full" />
      </Delayed>
    );
  }
  const isOver = data.length === 0 && !decided;
  return (
    <div ref={box} tabIndex={-1} className="mt-4 outline-none">
      {isOver && <p className="text-ink-soft">{t('many-none')}</p>}
      {!isOver && (
        <section aria-label={t('many-title')}>
          <h3 className="font-medium">{t('many-title')}</h3>
          <p className="text-preview text-ink-soft">{t('many-lead')}</p>
          <ul className="mt-2 flex max-h-72 flex-col divide-y divide-hairline overflow-y-auto">
            {data.map((stopped) => {
              const id = stopped.contactId;
              const name = contacts.get(id) ?? id;
              return (
                <Row
                  key={stopped.conversationId}
                  stopped={stopped}
                  name={name}
                  conversationLink={conversationLink}
                  onDecide={(button) => {
                    pressed.current = button;
                    setDecided({ id, name });
                  }}
                />
              );
            })}
          </ul>
        </section>
      )}
      {decided && (
        <StoppedDialog
          key={decided.id}
          contact={decided}
          openConversationId={null}
          onClose={() => setDecided(null)}
          onFailed={() => setDecided(null)}
          finalFocus={finalFocus}
        />
      )}
    </div>
  );
}

function Row({
  stopped: { conversationId, channelName, count },
  name,
  conversationLink,
  onDecide,
}: Pick<StoppedOfManyProps, 'conversationLink'> & {
  stopped: StoppedConversation;
  name: string;
  onDecide: (button: HTMLElement) => void;
}) {
  const { t } = useTranslation('stopped');
  return (
    <li className="flex items-center gap-3 py-2">
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{conversationLink(conversationId, name)}</p>
        <p className="truncate text-meta text-ink-soft">
          {t('many-count', { count })} · {channelName}
        </p>
      </div>
      <Button
        size="sm"
        aria-label={t('decide-name', { name })}
        onClick={({ currentTarget }) => onDecide(currentTarget)}
      >
        {t('decide')}
      </Button>
    </li>
  );
}
