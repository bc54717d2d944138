import { useNavigate } from '@tanstack/react-router';
import { Flag } from 'lucide-react';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '#features/conversations/contract.ts';
import {
  contactTitle,
  type RemovalWay,
  useConversation,
  useCoverHere,
} from '#features/conversations/web/index.ts';
import {
  AskRemovalDialog,
  preloadAskRemoval,
  RequestLink,
  useReviewsRemovals,
} from '#features/removals/web/index.ts';
import { focusOrigin } from '#platform/web/ui/focus-origin.ts';
import { focusAfter } from './focus-after.ts';
import { useNameRemoval } from './name-removal.tsx';

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
  const [asked, setAsked] = useState<readonly Message[] | null>(null);
  const { data: conversation } = useConversation(conversationId ?? '', false);
  const name = useNameRemoval();
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
        setAsked(messages.slice(0, 50));
      },
      name: name.way,
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
    [t, words, reviews, navigate, name.way],
  );
  const close = () => setAsked(null);
  const isCovered = asked?.every(({ withheld }) => withheld === 'covered') ?? false;
  const dialog = asked && conversation && (
    <AskRemovalDialog
      messageIds={asked.map(({ id }) => id)}
      isCovered={isCovered}
      contact={{ name: contactTitle(conversation), isBlocked: conversation.isBlocked }}
      onClose={close}
      onFailed={close}
      onDone={(ids, isRemoved) => {
        // What was pressed goes with the content; only under a cover that was there before it stays.
        if (!isCovered || isRemoved) origin.current = null;
        coverHere(ids);
      }}
      finalFocus={finalFocus}
    />
  );
  return { removal, dialog: dialog || name.dialog };
}
