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
import { usePreference } from '#platform/web/preferences.ts';
import { cx } from '#platform/web/ui/class-names.ts';
import { EmptyState } from '#platform/web/ui/states.tsx';
import { openShellDialog } from '../shell-dialogs.ts';
import { useConversationKeys } from '../use-conversation-keys.ts';
import { useMessageRemoval } from './message-removal.tsx';

/** `/conversas` and `/conversas/$conversationId`: the list, the thread, the panel. */
export function ConversationsPage() {
  const { t } = useTranslation('conversations');
  const navigate = useNavigate();
  const { conversationId = null } = useParams({ strict: false });
  const [lastView, setLastView] = usePreference('view');
  const { view = lastView, search } = useSearch({ strict: false });
  const [isDrawerOpen, setDrawerOpen] = useState(false);
  const searchRef = useRef<HTMLInputElement>(null);
  const composerRef = useRef<HTMLTextAreaElement>(null);
  const { removal, dialog } = useMessageRemoval(conversationId);
  const setView = (next: ConversationView) => {
    if (next !== 'blocked' && next !== 'block-requested') setLastView(next);
    void navigate({ to: '.', search: { view: next }, replace: true });
  };
  const back = async () => {
    await navigate({ to: '/conversas', search: { view } });
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
