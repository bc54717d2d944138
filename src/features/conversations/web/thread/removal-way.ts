import { createContext, type ReactNode, useContext } from 'react';
import type { NameRemovalWay } from '#features/contacts/web/index.ts';
import type { Message } from '../../contract.ts';

/** How content gets out of the history. The page knows it; this feature only says where it is offered. */
export interface RemovalWay {
  label: string;
  icon: ReactNode;
  ask: (messages: readonly Message[]) => void;
  /** The same for what a contact is called. */
  name: NameRemovalWay;
  /** The way from a tombstone to its request; null for those who may not see it. */
  toRequest: ((number: number) => ReactNode) | null;
}

export const RemovalWayContext = createContext<RemovalWay | null>(null);

/** Null where messages are only looked at. */
export const useRemovalWay = (): RemovalWay | null => useContext(RemovalWayContext);

export const useNameRemovalWay = (): NameRemovalWay | null => useRemovalWay()?.name ?? null;
