import { useEffect } from 'react';

/** What the tab of the browser says: a number for what is unread, then where one is; a dot on the barrier as well. */
export function usePageTitle(page: string, unread = 0): void {
  useEffect(() => {
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${page === '' ? '' : `${page} · `}Guarita`;
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    const file = unread > 0 ? '/favicon-unread.svg' : '/favicon.svg';
    if (icon && icon.getAttribute('href') !== file) icon.href = file;
  }, [page, unread]);
}
