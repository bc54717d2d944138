import { useEffect } from 'react';
import { useConversationCounts } from '#features/conversations/web/index.ts';

/** How many conversations of mine and of the queue hold something unread. */
export function useUnreadTotal(): number {
  const { data } = useConversationCounts();
  return data ? data.mine.unread + data.queue.unread : 0;
}

/** The tab of the browser says it too: a number in the title, a dot on the barrier. */
export function useTitleCounter(unread: number): void {
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) Guarita` : 'Guarita';
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    if (icon) icon.href = unread > 0 ? '/favicon-unread.svg' : '/favicon.svg';
  }, [unread]);
}
