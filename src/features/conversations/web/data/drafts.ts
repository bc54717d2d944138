import type { Message } from '../../contract.ts';
import { keptInTab } from './kept-in-tab.ts';

/** What is typed and not sent, per conversation. */
export interface Draft {
  text: string;
  replyTo: Message | null;
}

type Drafts = Readonly<Record<string, Draft>>;

const empty: Draft = { text: '', replyTo: null };
const kept = keptInTab<Drafts>(
  'drafts',
  {},
  (stored) => typeof stored === 'object' && stored !== null && !Array.isArray(stored),
);

export const getDraft = (conversationId: string): Draft => kept.get()[conversationId] ?? empty;

export function setDraft(conversationId: string, change: Partial<Draft>): void {
  const next = { ...getDraft(conversationId), ...change };
  const { [conversationId]: _before, ...others } = kept.get();
  kept.set(next.text === '' && !next.replyTo ? others : { ...others, [conversationId]: next });
}

export const forgetDrafts = kept.forget;

export const useDraft = (conversationId: string): Draft =>
  kept.use((drafts) => drafts[conversationId] ?? empty);
