import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '#platform/web/http.ts';
import { useProblemText } from '#platform/web/i18n/problem-text.ts';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { Conversation } from '../../contract.ts';
import { applyConversation, refreshCounts } from './apply-changes.ts';
import { queryKeys } from './query-keys.ts';

/** What can be done with a conversation as a whole. */
export type ConversationAction =
  | { kind: 'take' | 'resolve' | 'reopen' | 'read' }
  | { kind: 'assign'; assigneeId: string | null };

const send = (id: string, action: ConversationAction): Promise<Conversation> => {
  const body = action.kind === 'assign' ? { assigneeId: action.assigneeId } : undefined;
  return api.post<Conversation>(`/api/v1/conversations/${id}/${action.kind}`, body);
};

export async function runConversationAction(
  client: QueryClient,
  id: string,
  action: ConversationAction,
): Promise<Conversation> {
  const known = () => client.getQueryData<Conversation>(queryKeys.one(id));
  const before = known();
  const answer = await send(id, action);
  const now = known();
  // Whatever was told while the answer was under way may be newer than it; the event of this very action comes as well.
  const isOvertaken = now && now !== before && now.lastActivityAt >= answer.lastActivityAt;
  if (!isOvertaken) {
    client.setQueryData(queryKeys.one(id), answer);
    applyConversation(client, answer);
  }
  refreshCounts(client, true);
  return answer;
}

/** Runs an action and says in a toast what went wrong, if it did. */
export function useConversationAction(id: string) {
  const client = useQueryClient();
  const problemText = useProblemText();
  return useMutation({
    mutationFn: (action: ConversationAction) => runConversationAction(client, id, action),
    onError: (error) => showToast(problemText(error).text),
  });
}
