import type { Conversation } from '../../contract.ts';
import { StoppedPanel } from './lazy-stopped.ts';
import { useStopped } from './use-stopped.ts';

/** Above the composer, for as long as something that a block stopped waits for a decision. */
export function StoppedBar({ conversation }: { conversation: Conversation }) {
  const { data } = useStopped(conversation.contactId);
  const here = data?.filter(({ conversationId }) => conversationId === conversation.id) ?? [];
  if (here.length === 0) return null;
  return <StoppedPanel contactId={conversation.contactId} messages={here} />;
}
