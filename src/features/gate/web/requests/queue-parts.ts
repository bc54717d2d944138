import type { ReactNode } from 'react';
import type { BlockRequest } from '../../requests/contract.ts';

/** The page knows the way to a conversation and how its messages look, the gate does not: both are handed in. */
export interface QueueParts {
  conversationLink: (contact: { name: string; phone: string | null }) => ReactNode;
  messages: (request: BlockRequest) => ReactNode;
}
