import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { MessagesSquare } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationView } from '#features/conversations/contract.ts';
import {
  ConversationList,
  ConversationScreen,
  focusRow,
} from '#features/conversations/web/index.ts';
import { commandKey } from '#platform/web/key-names.ts';
import { getPreference, type Preferences, setPreference } from '#platform/web/preferences.ts';
import { cx } from '#platform/web/ui/class-names.ts';
import { EmptyState } from '#platform/web/ui/states.tsx';
import { openShellDialog } from '../shell-dialogs.ts';
import { useConversationKeys } from '../use-conversation-keys.ts';
import { useMessageRemoval } from './message-removal.tsx';

/** What was chosen last, read when the page opens: what is chosen in another tab of the browser changes nothing here. */
function useLast<K extends 'view' | 'number'>(key: K) {
  const [last, setLast] = useState(() => getPreference(key));
  const choose = (next: Preferences[K]) => {
    setLast(next);
    setPreference(key, next);
  };
  return [last, choose] as const;
}

/**
 * Which list it is stands in the address, and is the one last looked at where that says nothing: last looked at in this
 * tab, once it is open.
 */
function useShownList() {
  const navigate = useNavigate();
  const [lastView, setLastView] = useLast('view');
  const [lastNumber, setLastNumber] = useLast('number');
  const { view = lastView, search, numero } = useSearch({ strict: false });
  const number = numero && { numero };
  const setView = (next: ConversationView) => {
    if (next !== 'blocked' && next !== 'block-requested') setLastView(next);
    void navigate({ to: '.', search: { view: next, ...number }, replace: true });
  };
  const setChannel = (next: string | null) => {
    setLastNumber(next ?? '');
    const kept = { view, ...(search && { search }) };
    void navigate({ to: '.', search: { ...kept, ...(next && { numero: next }) }, replace: true });
  };
  const toList = () => navigate({ to: '/conversas', search: { view, ...number } });
  return { view, search, channelId: (numero ?? lastNumber) || null, setView, setChannel, toList };
}

/** `/conversas` and `/conversas/$conversationId`: the list, the thread, the panel. */
export function ConversationsPage() {
  const { t } = useTranslation('conversations');
  const { conversationId = null } = useParams({ strict: false });
  const { view, search, channelId, setView, setChannel, toList } = useShownList();
  const [isDrawerOpen, setDrawerOpen] = useState(false);
  const searchRef = useRef<HTMLInputElement>(null);
  const composerRef = useRef<HTMLTextAreaElement>(null);
  const { removal, dialog } = useMessageRemoval(conversationId);
  const back = async () => {
    await toList();
    if (!focusRow(conversationId)) document.getElementById('main')?.focus();
  };
  useConversationKeys({
    view,
    conversationId,
    searchRef,
    composerRef,
    onViewChange: setView,
    onBack: () => void back(),
    onToggleDrawer: () => setDrawerOpen((isOpen) => !isOpen),
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a drawer belongs to one conversation
  useEffect(() => setDrawerOpen(false), [conversationId]);
  return (
    <div className="flex h-full">
      <div
        className={cx(
          'w-full shrink-0 border-r border-hairline lg:w-[340px]',
          conversationId && 'max-lg:hidden',
        )}
      >
        <ConversationList
          key={search ?? ''}
          initialSearch={search ?? ''}
          view={view}
          onViewChange={setView}
          channelId={channelId}
          onChannelChange={setChannel}
          selectedId={conversationId}
          onNew={() => openShellDialog('new-conversation')}
          searchRef={searchRef}
        />
      </div>
      {conversationId ? (
        <ConversationScreen
          whileLoading={<div className="flex-1 bg-paper" />}
          conversationId={conversationId}
          onBack={() => void back()}
          composerRef={composerRef}
          isDrawerOpen={isDrawerOpen}
          onDrawerChange={setDrawerOpen}
          removal={removal}
        />
      ) : (
        <div className="grid flex-1 place-items-center bg-paper max-lg:hidden">
          <EmptyState
            icon={<MessagesSquare />}
            title={t('thread.choose')}
            hint={t('thread.choose-hint', { keys: commandKey })}
          />
        </div>
      )}
      {dialog}
    </div>
  );
}
