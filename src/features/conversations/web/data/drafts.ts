import { useSyncExternalStore } from 'react';
import type { Message } from '../../contract.ts';

/** What is typed and not sent, per conversation; it outlives a reload of the page, not the browser. */
export interface Draft {
  text: string;
  replyTo: Message | null;
}

const empty: Draft = { text: '', replyTo: null };
const storageKey = 'guarita.drafts';

const read = (): Record<string, Draft> => {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(storageKey) ?? '{}');
    return typeof stored === 'object' && stored !== null ? (stored as Record<string, Draft>) : {};
  } catch {
    return {};
  }
};

let drafts = read();
const listeners = new Set<() => void>();

export const getDraft = (conversationId: string): Draft => drafts[conversationId] ?? empty;

export function setDraft(conversationId: string, change: Partial<Draft>): void {
  const next = { ...getDraft(conversationId), ...change };
  const { [conversationId]: _before, ...others } = drafts;
  drafts = next.text === '' && !next.replyTo ? others : { ...others, [conversationId]: next };
  for (const listener of listeners) listener();
  try {
    sessionStorage.setItem(storageKey, JSON.stringify(drafts));
  } catch {
    // Kept in memory only.
  }
}

/** After signing out: the next person at this browser finds nothing. */
export function forgetDrafts(): void {
  drafts = {};
  sessionStorage.removeItem(storageKey);
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useDraft = (conversationId: string): Draft =>
  useSyncExternalStore(subscribe, () => getDraft(conversationId));
