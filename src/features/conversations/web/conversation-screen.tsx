import { Link } from '@tanstack/react-router';
import { type RefObject, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { preloadGateDialogs, RequestBar } from '#features/gate/web/index.ts';
import { isGone as isGoneBy } from '#platform/web/http.ts';
import { useMediaQuery } from '#platform/web/media-query.ts';
import { usePreference } from '#platform/web/preferences.ts';
import { Button, buttonClass } from '#platform/web/ui/button.tsx';
import { ConnectionLine } from '#platform/web/ui/connection-line.tsx';
import { Drawer } from '#platform/web/ui/drawer.tsx';
import { EmptyState, ErrorState } from '#platform/web/ui/states.tsx';
import type { Conversation, Message } from '../contract.ts';
import { DropOverlay } from './composer/attachments/drop-overlay.tsx';
import { useFileDrop } from './composer/attachments/use-file-drop.ts';
import { Composer } from './composer/composer.tsx';
import { contactTitle } from './contact-title.ts';
import { setDraft } from './data/drafts.ts';
import { setOpenConversationId } from './data/open-conversation.ts';
import { useConversation, useCurrentMessage, useForgetGone } from './data/queries.ts';
import { ForwardDialog } from './dialogs/lazy-dialogs.ts';
import { ContactPanel } from './panel/contact-panel.tsx';
import { StoppedBar } from './stopped/stopped-bar.tsx';
import { type RemovalWay, RemovalWayContext } from './thread/removal-way.ts';
import { SelectionBar } from './thread/selection/selection-bar.tsx';
import { useMessageCommands } from './thread/selection/use-message-commands.ts';
import { useSelection } from './thread/selection/use-selection.ts';
import { Thread } from './thread/thread.tsx';
import { ThreadSkeleton } from './thread/thread-lines.tsx';
import { ThreadHeader } from './thread-header.tsx';
import { useWindowLeft } from './window-countdown.tsx';

export interface ConversationScreenProps {
  conversationId: string;
  onBack: () => void;
  composerRef: RefObject<HTMLTextAreaElement | null>;
  isDrawerOpen: boolean;
  onDrawerChange: (open: boolean) => void;
  /** How content gets out of the history; it stands in the menus of messages. */
  removal: RemovalWay;
}

/** Beside the thread the panel is in nobody's way. */
const nothing = (): void => undefined;

/** The third and fourth zones: the open conversation and the person it is with. */
export function ConversationScreen(props: ConversationScreenProps) {
  const { conversationId, onBack } = props;
  const { t } = useTranslation('conversations');
  const { data, error, refetch } = useConversation(conversationId);
  useEffect(() => {
    preloadGateDialogs();
    setOpenConversationId(conversationId);
    return () => setOpenConversationId(null);
  }, [conversationId]);
  // Also one that was open until the data of its person was erased: what is left of it here is not shown any more.
  const isGone = isGoneBy(error);
  useForgetGone(conversationId, isGone);
  if (data && !isGone) return <Loaded key={conversationId} conversation={data} {...props} />;
  if (isGone) {
    return (
      <div className="grid flex-1 place-items-center bg-paper">
        <EmptyState
          title={t('thread.not-found')}
          action={<Button onClick={onBack}>{t('thread.to-list')}</Button>}
        />
      </div>
    );
  }
  return (
    <div className="flex flex-1 flex-col bg-paper">
      <div className="h-14 shrink-0 border-b border-hairline bg-list" />
      {error ? (
        <ErrorState title={t('thread.failed')} error={error} onRetry={() => void refetch()} />
      ) : (
        <ThreadSkeleton />
      )}
    </div>
  );
}

/** Beside the thread where there is room and the person wants it, else over it. */
function usePanel({ isDrawerOpen, onDrawerChange }: ConversationScreenProps) {
  const hasRoom = useMediaQuery('(min-width: 1280px)');
  const [isWanted, setWanted] = usePreference('panel');
  const isOpen = hasRoom ? isWanted : isDrawerOpen;
  const toggle = () => (hasRoom ? setWanted(!isWanted) : onDrawerChange(!isDrawerOpen));
  return { hasRoom, isOpen, toggle };
}

function Loaded({
  conversation,
  ...props
}: ConversationScreenProps & { conversation: Conversation }) {
  const { t } = useTranslation('conversations');
  const panel = usePanel(props);
  const drop = useFileDrop(conversation, () => props.composerRef.current?.focus());
  const [forwarded, setForwarded] = useState<Message | null>(null);
  const selecting = useSelection();
  const { selection, start } = selecting;
  useMessageCommands(conversation.id, selecting, props.removal);
  const { id, isBlocked } = conversation;
  const isWindowOpen = useWindowLeft(conversation) > 0;
  const actions = useMemo(
    () => ({
      canReply: isWindowOpen && !isBlocked,
      onReply: (message: Message) => setDraft(id, { replyTo: message }),
      onForward: setForwarded,
      onSelect: (message: Message) => start(message.id),
    }),
    [id, isWindowOpen, isBlocked, start],
  );
  return (
    <RemovalWayContext value={props.removal}>
      <section
        aria-label={contactTitle(conversation)}
        className="flex min-w-0 flex-1 flex-col bg-paper"
        {...drop.handlers}
      >
        <ThreadHeader
          conversation={conversation}
          isPanelOpen={panel.isOpen}
          onTogglePanel={panel.toggle}
          onBack={props.onBack}
        />
        <div className="relative min-h-0 flex-1">
          <ConnectionLine className="top-0" />
          <Thread conversation={conversation} actions={actions} selecting={selecting} />
          {drop.isOver && <DropOverlay />}
        </div>
        <RequestBar
          contactId={conversation.contactId}
          isBlockRequested={conversation.isBlockRequested}
          toQueue={<ToRequests />}
        />
        {!isBlocked && <StoppedBar conversation={conversation} />}
        {selection && (
          <SelectionBar
            conversationId={id}
            selection={selection}
            way={props.removal}
            onLeave={selecting.leave}
          />
        )}
        {/* What is recorded or typed there goes on meanwhile. */}
        <div className={selection ? 'hidden' : 'contents'}>
          <Composer conversation={conversation} inputRef={props.composerRef} />
        </div>
      </section>
      {panel.hasRoom && panel.isOpen && (
        <aside
          aria-label={t('panel.title')}
          className="w-80 shrink-0 overflow-y-auto border-l border-hairline bg-panel"
        >
          <ContactPanel conversation={conversation} onGo={nothing} />
        </aside>
      )}
      {!panel.hasRoom && (
        <Drawer
          open={props.isDrawerOpen}
          onOpenChange={props.onDrawerChange}
          title={t('panel.title')}
        >
          <ContactPanel conversation={conversation} onGo={() => props.onDrawerChange(false)} />
        </Drawer>
      )}
      {forwarded && <Forwarding message={forwarded} onClose={() => setForwarded(null)} />}
    </RemovalWayContext>
  );
}

/** A message that is covered while one chooses where it goes is not forwarded. */
function Forwarding({ message, onClose }: { message: Message; onClose: () => void }) {
  const current = useCurrentMessage(message);
  const isWithheld = current.withheld !== null;
  useEffect(() => {
    if (isWithheld) onClose();
  }, [isWithheld, onClose]);
  if (isWithheld) return null;
  return <ForwardDialog message={current} onClose={onClose} onFailed={onClose} />;
}

function ToRequests() {
  const { t } = useTranslation('requests');
  return (
    <Link to="/bloqueios" search={{ aba: 'pedidos' }} className={buttonClass('plain', 'sm')}>
      {t('to-queue')}
    </Link>
  );
}
