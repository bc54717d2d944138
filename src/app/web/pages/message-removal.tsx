import { useNavigate } from '@tanstack/react-router';
import { Flag } from 'lucide-react';
import { type ReactNode, type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '#features/conversations/contract.ts';
import { type RemovalWay, useCoverHere } from '#features/conversations/web/index.ts';
import {
  AskNameDialog,
  AskRemovalDialog,
  preloadAskRemoval,
  RequestLink,
  useReviewsRemovals,
} from '#features/removals/web/index.ts';
import { focusOrigin } from '#platform/web/ui/focus-origin.ts';

/** Back to what was pressed, unless the cover took it off the screen; then to the thread it stood in. */
const focusAfter = (origin: RefObject<HTMLElement | null>): RefObject<HTMLElement | null> => ({
  get current() {
    const isThere = origin.current?.isConnected && origin.current !== document.body;
    return isThere ? origin.current : document.querySelector<HTMLElement>('main [role="log"]');
  },
});

/** Brings *Solicitar remoção* to the messages of the thread and to the name of its contact: neither side knows the other. */
export function useMessageRemoval(conversationId: string | null): {
  removal: RemovalWay;
  dialog: ReactNode;
} {
  const { t } = useTranslation('shell');
  const { t: words } = useTranslation('withheld');
  const navigate = useNavigate();
  const coverHere = useCoverHere();
  const reviews = useReviewsRemovals();
  const [asked, setAsked] = useState<readonly string[] | null>(null);
  const [named, setNamed] = useState<string | null>(null);
  const origin = useRef<HTMLElement | null>(null);
  const finalFocus = useMemo(() => focusAfter(origin), []);
  const isOpen = conversationId !== null;
  useEffect(() => {
    if (isOpen) preloadAskRemoval();
  }, [isOpen]);
  const removal = useMemo<RemovalWay>(
    () => ({
      label: t('keys.ask-removal'),
      icon: <Flag />,
      ask: (messages: readonly Message[]) => {
        origin.current = focusOrigin();
        setAsked(messages.slice(0, 50).map(({ id }) => id));
      },
      name: {
        label: t('keys.ask-name-removal'),
        ask: (contactId: string) => {
          origin.current = focusOrigin();
          setNamed(contactId);
        },
      },
      toRequest: reviews
        ? (number) => (
            <RequestLink
              number={number}
              words={words('number', { number })}
              onFound={(requestId) =>
                void navigate({ to: '/solicitacoes/$requestId', params: { requestId } })
              }
            />
          )
        : null,
    }),
    [t, words, reviews, navigate],
  );
  const close = () => setAsked(null);
  const dialog = asked && (
    <AskRemovalDialog
      messageIds={asked}
      onClose={close}
      onFailed={close}
      onDone={(ids) => {
        // What was pressed goes with the content.
        origin.current = null;
        coverHere(ids);
      }}
      finalFocus={finalFocus}
    />
  );
  const nameDialog = named && (
    <AskNameDialog
      contactId={named}
      onClose={() => setNamed(null)}
      onFailed={() => setNamed(null)}
      finalFocus={finalFocus}
    />
  );
  return { removal, dialog: dialog || nameDialog };
}
