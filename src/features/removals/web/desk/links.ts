import type { ReactNode } from 'react';
import type { RemovalRequest } from '../../contract.ts';

/** The page knows the way to a request… */
export type RequestLink = (
  requestId: string,
  row: { className: string; isCurrent: boolean; children: ReactNode },
) => ReactNode;

/** … and to its conversation, or where there is none to the contact. */
export type ConversationLink = (request: RemovalRequest, children: ReactNode) => ReactNode;

export type Item = RemovalRequest['items'][number];
