import { Outlet, useNavigate, useParams, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '#features/accounts/web/index.ts';
import { NewConversationDialog } from '#features/conversations/web/index.ts';
import { GateDialogsProvider } from '#features/gate/web/index.ts';
import { TimeZoneProvider } from '#platform/web/format.tsx';
import { useTitleCounter, useUnreadTotal } from './attention.ts';
import { ConnectionLine } from './connection-line.tsx';
import { useCommandKey, useKeys } from './keys.ts';
import { Rail } from './rail.tsx';
import { openShellDialog, shellDialogOrigin, useShellDialog } from './shell-dialogs.ts';
import { useLive } from './use-live.ts';

const CommandBar = lazy(async () => {
  const { CommandBar: bar } = await import('./command-bar.tsx');
  return { default: bar };
});

const KeysHelp = lazy(async () => {
  const { KeysHelp: help } = await import('./keys-help.tsx');
  return { default: help };
});

/** The frame of everything behind the door. */
export function Shell() {
  const { t } = useTranslation('shell');
  const me = useMe();
  const unread = useUnreadTotal();
  const { conversationId } = useParams({ strict: false });
  useLive();
  useTitleCounter(unread);
  useCommandKey(() => openShellDialog('commands'));
  useKeys({
    '?': () => openShellDialog('keys'),
    'Alt+N': () => openShellDialog('new-conversation'),
  });
  return (
    <TimeZoneProvider zone={me.workspace.timeZone}>
      <GateDialogsProvider>
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
      </GateDialogsProvider>
    </TimeZoneProvider>
  );
}

/** Under the header of the thread; where there is none, at the edge of the page. */
function Connection({ hasThread }: { hasThread: boolean }) {
  const isList = useRouterState({ select: ({ location }) => location.pathname === '/conversas' });
  if (hasThread) return <ConnectionLine className="top-14 left-0 lg:left-[340px]" />;
  if (isList) return <ConnectionLine className="left-0 max-lg:bottom-0 lg:top-0 lg:left-[340px]" />;
  return <ConnectionLine className="top-0 left-0" />;
}

function ShellDialogs() {
  const dialog = useShellDialog();
  const navigate = useNavigate();
  const close = () => openShellDialog(null);
  if (!dialog) return null;
  return (
    <Suspense>
      {dialog === 'commands' && <CommandBar onClose={close} finalFocus={shellDialogOrigin} />}
      {dialog === 'keys' && <KeysHelp onClose={close} finalFocus={shellDialogOrigin} />}
      {dialog === 'new-conversation' && (
        <NewConversationDialog
          onClose={close}
          onStarted={(conversationId) => {
            close();
            void navigate({ to: '/conversas/$conversationId', params: { conversationId } });
          }}
        />
      )}
    </Suspense>
  );
}
