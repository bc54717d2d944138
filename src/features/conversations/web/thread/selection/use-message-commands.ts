import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Message } from '../../../contract.ts';
import { canBeAskedFor, canGo } from '../../data/can-go.ts';
import { setMessageCommands } from '../../data/message-commands.ts';
import { threadQuery } from '../../data/queries.ts';
import { inReadingOrder, type ThreadPages } from '../../data/thread-pages.ts';
import type { RemovalWay } from '../removal-way.ts';
import type { Selecting } from './use-selection.ts';

const focusedId = (): string | undefined => {
  const place = document.activeElement?.closest<HTMLElement>('[data-message-id]');
  return place?.dataset['messageId'];
};

/** What the keys do with messages: the chosen ones, else the one that has the focus; without any one begins to choose. */
export function useMessageCommands(
  conversationId: string,
  { selection, start }: Selecting,
  way: RemovalWay | null,
): void {
  const client = useQueryClient();
  const known = (): Message[] =>
    inReadingOrder(client.getQueryData<ThreadPages>(threadQuery(conversationId).queryKey));
  const select = () => {
    const messages = known().filter(canGo);
    const focused = messages.find(({ id }) => id === focusedId());
    start((focused ?? messages.at(-1))?.id ?? null, focused !== undefined);
  };
  const askAway = () => {
    const chosen = selection
      ? known().filter((message) => canGo(message) && selection.ids.has(message.id))
      : known().filter((message) => canBeAskedFor(message) && message.id === focusedId());
    if (chosen.length > 0) way?.ask(chosen);
    else if (!selection) select();
  };
  const latest = useRef({ select, askAway });
  latest.current = { select, askAway };
  const isWanted = way !== null;
  useEffect(() => {
    if (!isWanted) return;
    setMessageCommands({
      select: () => latest.current.select(),
      askAway: () => latest.current.askAway(),
    });
    return () => setMessageCommands(null);
  }, [isWanted]);
}
