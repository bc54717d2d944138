import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '#platform/web/http.ts';
import { useProblemText } from '#platform/web/i18n/problem-text.ts';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { Message } from '../../../contract.ts';
import { applyMessage } from '../../data/apply-changes.ts';
import { askAboutMessage } from '../../data/ask-about-message.ts';
import { rememberRevealed } from '../../data/revealed.ts';

/** Asks WhatsApp for a file once more. */
export function useFetchAgain(messageId: string) {
  const client = useQueryClient();
  const problemText = useProblemText();
  return useMutation({
    mutationFn: () =>
      askAboutMessage(client, messageId, () =>
        api.post<Message>(`/api/v1/messages/${messageId}/media/fetch`),
      ),
    onError: (error) => showToast(problemText(error).text),
  });
}

/** Asks the server for a covered file: it records who asked, and gives it to this person from then on, with what it says. */
export function useReveal(messageId: string) {
  const client = useQueryClient();
  const problemText = useProblemText();
  return useMutation({
    mutationFn: async () => {
      await api.post(`/api/v1/messages/${messageId}/media/reveal`);
      return api.get<Message>(`/api/v1/messages/${messageId}`);
    },
    onSuccess: (message) => {
      applyMessage(client, message);
      rememberRevealed(messageId);
    },
    onError: (error) => showToast(problemText(error).text),
  });
}
