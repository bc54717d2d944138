import { Outlet, useNavigate, useParams, useRouterState } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Me } from '#features/accounts/contract.ts';
import { applyLanguage, useMe } from '#features/accounts/web/index.ts';
import {
  NewConversationDialog,
  StoppedDialog,
  useHideAskedAbout,
  useNotifications,
  wantComposer,
} from '#features/conversations/web/index.ts';
import {
  type GateContact,
  GateDialogsProvider,
  useFollowDesk,
  useFollowOwnRequests,
} from '#features/gate/web/index.ts';
import { useFollowOwnRemovals } from '#features/removals/web/index.ts';
import { TimeZoneProvider } from '#platform/web/format.tsx';
import { usePageTitle } from '#platform/web/page-title.ts';
import { ConnectionLine } from '#platform/web/ui/connection-line.tsx';
import { lazyPopup } from '#platform/web/ui/lazy-part.tsx';
import { usePlaceName, useUnreadTotal } from './attention.ts';
import { useCommandKey, useKeys } from './keys.ts';
import { Rail } from './rail.tsx';
import { openShellDialog, shellDialogOrigin, useShellDialog } from './shell-dialogs.ts';
import { useLive } from './use-live.ts';

const CommandBar = lazyPopup(
  () => import('./command-bar.tsx'),
  (file) => file.CommandBar,
);
const KeysHelp = lazyPopup(
  () => import('./keys-help.tsx'),
  (file) => file.KeysHelp,
);

/** The frame of everything behind the door. */
export function Shell() {
  const { t } = useTranslation('shell');
  const me = useMe();
  const unread = useUnreadTotal();
  const [unblocked, setUnblocked] = useState<GateContact | null>(null);
  const { conversationId } = useParams({ strict: false });
  useNotifications(useOpenConversation());
  useLive();
  useFollowOwnRequests(useHideAskedAbout());
  useFollowDesk();
  useFollowOwnRemovals(useOpenRemoval());
  usePageTitle(usePlaceName(), unread);
  useOwnLanguage(me);
  useCommandKey(() => openShellDialog('commands'));
  useKeys({
    '?': () => openShellDialog('keys'),
    'Alt+N': () => openShellDialog('new-conversation'),
  });
  return (
    <TimeZoneProvider zone={me.workspace.timeZone}>
      <GateDialogsProvider onUnblocked={setUnblocked}>
        <a
          href="#main"
          className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-control focus:bg-raised focus:px-3 focus:py-2 focus:shadow-float"
        >
          {t('nav.skip')}
        </a>
        <div className="flex h-dvh overflow-hidden max-md:flex-col">
          <Rail unread={unread} isHiddenOnPhone={conversationId !== undefined} />
          <main id="main" tabIndex={-1} className="relative min-h-0 min-w-0 flex-1 outline-none">
            <Outlet />
            <Connection hasThread={conversationId !== undefined} />
          </main>
        </div>
        <ShellDialogs />
        {unblocked && (
          <StoppedDialog
            key={unblocked.id}
            contact={unblocked}
            openConversationId={conversationId ?? null}
            onClose={() => setUnblocked(null)}
            onFailed={() => setUnblocked(null)}
          />
        )}
      </GateDialogsProvider>
    </TimeZoneProvider>
  );
}

function useOpenConversation(): (conversationId: string) => void {
  const navigate = useNavigate();
  return useCallback(
    (conversationId) => {
      wantComposer();
      void navigate({ to: '/conversas/$conversationId', params: { conversationId } });
    },
    [navigate],
  );
}

function useOpenRemoval(): (requestId: string | null) => void {
  const navigate = useNavigate();
  return (requestId) =>
    void (requestId === null
      ? navigate({ to: '/solicitacoes' })
      : navigate({ to: '/solicitacoes/$requestId', params: { requestId } }));
}

/** Changed by the person at another screen, or by the administration for the whole workspace. */
function useOwnLanguage(me: Me): void {
  const latest = useRef(me);
  latest.current = me;
  const language = me.locale ?? me.workspace.locale;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a change of language matters
  useEffect(() => {
    // Words that cannot be fetched now come with the next load.
    applyLanguage(latest.current).catch(() => undefined);
  }, [language]);
}

/** The thread has its own line, under its header; other pages have it at their edge. */
function Connection({ hasThread }: { hasThread: boolean }) {
  const isList = useRouterState({ select: ({ location }) => location.pathname === '/conversas' });
  if (hasThread) return null;
  return (
    <ConnectionLine className={isList ? 'max-lg:bottom-0 lg:top-0 lg:left-[340px]' : 'top-0'} />
  );
}

function ShellDialogs() {
  const dialog = useShellDialog();
  const navigate = useNavigate();
  const close = () => openShellDialog(null);
  const ways = { onClose: close, onFailed: close, finalFocus: shellDialogOrigin };
  return (
    <>
      {dialog === 'commands' && <CommandBar {...ways} />}
      {dialog === 'keys' && <KeysHelp {...ways} />}
      {dialog === 'new-conversation' && (
        <NewConversationDialog
          onClose={close}
          onFailed={close}
          onStarted={(conversationId) => {
            wantComposer();
            close();
            void navigate({ to: '/conversas/$conversationId', params: { conversationId } });
          }}
        />
      )}
    </>
  );
}
