import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, isProblem } from '#platform/web/http.ts';
import { randomId } from '#platform/web/random-id.ts';
import type { Message, SendMessage } from '../../contract.ts';
import { applyMessage } from './apply-changes.ts';

/** Sends what a dialog has put together; pressed again after a cut line it is the same message. */
export function useSendStructured(conversationId: string, onDone: () => void) {
  const client = useQueryClient();
  const [key] = useState(randomId);
  return useMutation({
    mutationFn: (body: SendMessage) =>
      api.post<Message>(`/api/v1/conversations/${conversationId}/messages`, body, {
        headers: { 'idempotency-key': key },
      }),
    onSuccess: (message) => {
      applyMessage(client, message);
      onDone();
    },
    onError: (error) => {
      // The failed attempt stands in the thread, and says why.
      if (isProblem(error, 'contact-blocked')) onDone();
    },
  });
}
