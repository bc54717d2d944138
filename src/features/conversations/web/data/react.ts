import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, isProblem } from '#platform/web/http.ts';
import { useProblemText } from '#platform/web/i18n/problem-text.ts';
import { randomId } from '#platform/web/random-id.ts';
import { serverNow } from '#platform/web/server-clock.ts';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { Message } from '../../contract.ts';
import { changeMessage } from './apply-changes.ts';

const withOurs = (message: Message, emoji: string | null): Message => ({
  ...message,
  reactions: [
    ...message.reactions.filter(({ direction }) => direction === 'in'),
    ...(emoji === null ? [] : [{ direction: 'out' as const, emoji }]),
  ],
});

/** Puts our emoji on a message at once, and takes it off again when the server says no. */
export function useReact(message: Message): (emoji: string | null) => void {
  const client = useQueryClient();
  const problemText = useProblemText();
  const change = useMutation({
    mutationFn: ({ emoji, key }: { emoji: string | null; key: string }) =>
      api.put<Message>(
        `/api/v1/messages/${message.id}/reaction`,
        { emoji },
        { headers: { 'idempotency-key': key } },
      ),
    onMutate: ({ emoji }) => changeMessage(client, message, (now) => withOurs(now, emoji)),
    onError: (error) => {
      // It may have been covered meanwhile: only the reactions are as they were.
      changeMessage(client, message, (now) =>
        now.withheld ? now : { ...now, reactions: message.reactions },
      );
      // The failed attempt appears in the thread, and says why.
      if (!isProblem(error, 'contact-blocked')) showToast(problemText(error).text);
    },
  });
  return (emoji) => change.mutate({ emoji, key: randomId() });
}

const without = new Set<Message['type']>(['reaction', 'activity', 'call']);
const onItsWay = new Set<Message['status']>(['queued', 'sending', 'failed', 'unknown']);

/** WhatsApp takes reactions to what has arrived, for thirty days. */
export const canBeReactedTo = (message: Message): boolean =>
  !message.revokedAt &&
  !message.withheld &&
  !without.has(message.type) &&
  !onItsWay.has(message.status) &&
  serverNow() - Date.parse(message.at) < 30 * 86_400_000;
