import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { RefObject } from 'react';
import { useMe } from '#features/accounts/web/index.ts';
import type { Conversation, ConversationView } from '#features/conversations/contract.ts';
import {
  contactTitle,
  conversationQuery,
  runMessageCommand,
  useConversation,
  useConversationAction,
  useConversationNeighbour,
  wantComposer,
} from '#features/conversations/web/index.ts';
import { useBlockAction } from '#features/gate/web/index.ts';
import { usePreference } from '#platform/web/preferences.ts';
import { type KeyBindings, useKeys } from './keys.ts';

interface ConversationKeys {
  view: ConversationView;
  conversationId: string | null;
  searchRef: RefObject<HTMLInputElement | null>;
  composerRef: RefObject<HTMLTextAreaElement | null>;
  onViewChange: (view: ConversationView) => void;
  onBack: () => void;
  onToggleDrawer: () => void;
}

const wide = '(min-width: 1280px)';

/** Every key of the conversation screen. */
export function useConversationKeys(screen: ConversationKeys): void {
  const { view, conversationId, searchRef, composerRef, onViewChange, onBack } = screen;
  const navigate = useNavigate();
  const neighbour = useConversationNeighbour(view);
  const [isPanelWanted, setPanelWanted] = usePreference('panel');
  const work = useOpenConversationKeys(conversationId);
  const go = (step: 1 | -1) => {
    const id = neighbour(conversationId, step);
    if (!id) return;
    // Whoever was writing goes on writing, in the next one.
    if (document.activeElement === composerRef.current) wantComposer();
    void navigate({
      to: '/conversas/$conversationId',
      params: { conversationId: id },
      search: (before) => before,
    });
  };
  const togglePanel = () =>
    matchMedia(wide).matches ? setPanelWanted(!isPanelWanted) : screen.onToggleDrawer();
  const search = () => searchRef.current?.focus();
  useKeys({
    '/': search,
    'Alt+S': search,
    j: () => go(1),
    'Alt+J': () => go(1),
    k: () => go(-1),
    'Alt+K': () => go(-1),
    'Alt+M': () => onViewChange('mine'),
    'Alt+Q': () => onViewChange('queue'),
    'Alt+T': () => onViewChange('all'),
    ...(conversationId && {
      ...work,
      'Alt+P': togglePanel,
      'Alt+C': () => composerRef.current?.focus(),
      'Alt+L': () => runMessageCommand('select'),
      'Alt+O': () => runMessageCommand('askAway'),
      Escape: onBack,
    }),
  });
}

/** What the keys do with the open conversation as a whole. */
function useOpenConversationKeys(conversationId: string | null): KeyBindings {
  const client = useQueryClient();
  const { memberId } = useMe();
  const action = useConversationAction(conversationId ?? '');
  const { data: shown } = useConversation(conversationId ?? '', conversationId !== null);
  const { contactId = '', isBlocked = false } = shown ?? {};
  const gate = useBlockAction(contactId, isBlocked);
  const withOpen = (run: (conversation: Conversation) => void) => () => {
    const open = conversationId
      ? client.getQueryData(conversationQuery(conversationId).queryKey)
      : undefined;
    if (open) run(open);
  };
  const unlessBlocked = (run: (conversation: Conversation) => void) =>
    withOpen((conversation) => {
      if (!conversation.isBlocked) run(conversation);
    });
  return {
    'Alt+A': unlessBlocked(({ assignee }) => {
      if (assignee?.id !== memberId) action.mutate({ kind: 'take' });
    }),
    'Alt+R': unlessBlocked(({ status }) =>
      action.mutate({ kind: status === 'open' ? 'resolve' : 'reopen' }),
    ),
    'Alt+V': unlessBlocked(({ assignee }) => {
      if (assignee) action.mutate({ kind: 'assign', assigneeId: null });
    }),
    'Alt+B': withOpen((conversation) => {
      if (!gate.isDisabled) gate.run({ id: contactId, name: contactTitle(conversation) });
    }),
  };
}
