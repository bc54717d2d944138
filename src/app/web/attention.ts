import { useRouterState } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useConversationCounts } from '#features/conversations/web/index.ts';

/** How many conversations of mine and of the queue hold something unread. */
export function useUnreadTotal(): number {
  const { data } = useConversationCounts();
  return data ? data.mine.unread + data.queue.unread : 0;
}

const places = [
  ['/conversas', 'nav.conversations'],
  ['/contatos', 'nav.contacts'],
  ['/bloqueios', 'nav.blocks'],
  ['/relatorios', 'nav.reports'],
  ['/ajuda', 'nav.help-centre'],
  ['/ajustes', 'nav.settings'],
] as const;

/** The name of the page that is open. Never a contact's: titles are seen by whoever passes the screen. */
export function usePlaceName(): string {
  const { t } = useTranslation('shell');
  const { t: removals } = useTranslation('removals-notice');
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const place = places.find(([start]) => path.startsWith(start));
  if (path.startsWith('/solicitacoes')) return removals('nav');
  return place ? t(place[1]) : '';
}
