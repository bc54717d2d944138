import type { ReactNode } from 'react';
import type { BlockRequest } from '../../requests/contract.ts';
import type { ContactLink } from '../block-row-cells.tsx';

/** The page knows the way to a contact and how its messages look, the gate does not: both are handed in. */
export interface QueueParts {
  contactLink: ContactLink;
  messages: (request: BlockRequest) => ReactNode;
}
