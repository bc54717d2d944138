import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { applyLanguage, meQuery, whenSigningOut } from '#features/accounts/web/index.ts';
import type { ConversationView } from '#features/conversations/contract.ts';
import {
  closeNotifications,
  forgetTyped,
  preloadConversationScreen,
  setViewer,
} from '#features/conversations/web/index.ts';
import { readBlocksSearch } from '#features/gate/web/index.ts';
import { readRemovalsSearch } from '#features/removals/web/index.ts';
import { readProtectionSearch } from '#features/reports/web/index.ts';
import { isProblem, whenSignedOut } from '#platform/web/http.ts';
import { disconnectLive } from '#platform/web/live.ts';
import { queryClient } from '#platform/web/query-client.ts';
import { Crash, NotFound } from './fallbacks.tsx';
import { Root } from './root.tsx';

const text = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;

const views: readonly unknown[] = [
  'mine',
  'queue',
  'all',
  'block-requested',
  'blocked',
] satisfies ConversationView[];
const isView = (value: unknown): value is ConversationView => views.includes(value);

/** `?view=` is the tab; `?search=` fills the search box of the list; `?numero=` is the number of ours whose list it is. */
export interface ConversationsSearch {
  view?: ConversationView;
  search?: string;
  numero?: string;
}

const rootRoute = createRootRoute({
  component: Root,
  notFoundComponent: NotFound,
  errorComponent: Crash,
});

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/entrar',
  validateSearch: ({ next }: Record<string, unknown>): { next?: string } =>
    text(next) === undefined ? {} : { next: String(next) },
  component: lazyRouteComponent(() => import('./pages/sign-in-page.tsx'), 'SignInPage'),
});

const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/configurar',
  validateSearch: ({ code }: Record<string, unknown>): { code?: string } =>
    code === undefined ? {} : { code: String(code) },
  component: lazyRouteComponent(() => import('./pages/setup-page.tsx'), 'SetupPage'),
});

const resetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/redefinir-senha',
  validateSearch: ({ token }: Record<string, unknown>): { token?: string } =>
    token === undefined ? {} : { token: String(token) },
  component: lazyRouteComponent(
    () => import('./pages/reset-password-page.tsx'),
    'ResetPasswordPage',
  ),
});

/** Everything behind the door: nobody signed in → `/entrar`, and back here afterwards. */
const insideRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'inside',
  beforeLoad: async ({ location }) => {
    try {
      const me = await queryClient.ensureQueryData(meQuery);
      setViewer(me.memberId);
      await applyLanguage(me);
    } catch (error) {
      if (!isProblem(error, 'unauthenticated')) throw error;
      // Of a session that ended while no page was open to hear of it.
      closeNotifications();
      throw redirect({ to: '/entrar', search: { next: location.href }, replace: true });
    }
  },
  component: lazyRouteComponent(() => import('./shell.tsx'), 'Shell'),
});

const homeRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/conversas', replace: true });
  },
});

const conversationsRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: '/conversas',
  validateSearch: ({ view, search, numero }: Record<string, unknown>): ConversationsSearch => ({
    ...(isView(view) && { view }),
    ...(text(search) && { search: String(search) }),
    ...(text(numero) && { numero: String(numero) }),
  }),
  component: lazyRouteComponent(
    () => import('./pages/conversations-page.tsx'),
    'ConversationsPage',
  ),
});

const conversationRoute = createRoute({
  getParentRoute: () => conversationsRoute,
  path: '/$conversationId',
  beforeLoad: preloadConversationScreen,
});

const contactsRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: '/contatos',
  validateSearch: ({ aba }: Record<string, unknown>): { aba?: 'bloqueados' | 'conflitos' } =>
    aba === 'bloqueados' || aba === 'conflitos' ? { aba } : {},
  component: lazyRouteComponent(() => import('./pages/contacts-page.tsx'), 'ContactsPage'),
});

const contactRoute = createRoute({
  getParentRoute: () => contactsRoute,
  path: '/$contactId',
});

const blocksRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: '/bloqueios',
  validateSearch: readBlocksSearch,
  component: lazyRouteComponent(() => import('./pages/blocks-page.tsx'), 'BlocksPage'),
});

const importRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: '/bloqueios/importar',
  validateSearch: ({ importacao }: Record<string, unknown>): { importacao?: string } =>
    text(importacao) === undefined ? {} : { importacao: String(importacao) },
  component: lazyRouteComponent(() => import('./pages/import-page.tsx'), 'ImportPage'),
});

const removalsRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: '/solicitacoes',
  validateSearch: readRemovalsSearch,
  component: lazyRouteComponent(() => import('./pages/removals-page.tsx'), 'RemovalsPage'),
});

const removalRoute = createRoute({
  getParentRoute: () => removalsRoute,
  path: '/$requestId',
});

const reportsRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: '/relatorios',
  beforeLoad: () => {
    throw redirect({ to: '/relatorios/protecao', replace: true });
  },
});

const protectionRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: '/relatorios/protecao',
  validateSearch: readProtectionSearch,
  component: lazyRouteComponent(() => import('./pages/protection-page.tsx'), 'ProtectionPage'),
});

const helpRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: '/ajuda',
  validateSearch: ({ busca }: Record<string, unknown>): { busca?: string } =>
    busca === undefined ? {} : { busca: String(busca) },
  component: lazyRouteComponent(() => import('./pages/help-page.tsx'), 'HelpPage'),
});

const helpAnswersRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: '/ajuda/respostas',
  component: lazyRouteComponent(() => import('./pages/help-page.tsx'), 'HelpAnswersPage'),
});

const helpArticleRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: '/ajuda/$slug',
  component: lazyRouteComponent(() => import('./pages/help-page.tsx'), 'HelpArticlePage'),
});

const settingsPage = lazyRouteComponent(() => import('./pages/settings-page.tsx'), 'SettingsPage');

const settingsRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: '/ajustes',
  component: settingsPage,
});

const settingsSectionRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: '/ajustes/$section',
  // Of the section with numbers: the one that is looked after, or `novo` for the form. Of the audit log: about what alone.
  validateSearch: ({
    numero,
    sobre,
  }: Record<string, unknown>): { numero?: string; sobre?: string } => ({
    ...(text(numero) && { numero: String(numero) }),
    ...(text(sobre) && { sobre: String(sobre) }),
  }),
  component: settingsPage,
});

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    signInRoute,
    setupRoute,
    resetRoute,
    insideRoute.addChildren([
      homeRoute,
      conversationsRoute.addChildren([conversationRoute]),
      contactsRoute.addChildren([contactRoute]),
      blocksRoute,
      importRoute,
      removalsRoute.addChildren([removalRoute]),
      reportsRoute,
      protectionRoute,
      helpRoute,
      helpAnswersRoute,
      helpArticleRoute,
      settingsRoute,
      settingsSectionRoute,
    ]),
  ]),
  defaultErrorComponent: Crash,
  scrollRestoration: false,
});

// A session that ends under an open screen: removed from the team, signed out elsewhere, or simply too old.
whenSignedOut(() => {
  const { pathname, href } = router.state.location;
  disconnectLive();
  closeNotifications();
  queryClient.clear();
  if (pathname === '/entrar') return;
  void router.navigate({ to: '/entrar', search: { next: href }, replace: true });
});

whenSigningOut(forgetTyped);
whenSigningOut(closeNotifications);

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
