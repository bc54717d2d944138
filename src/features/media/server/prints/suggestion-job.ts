import type { Tx } from '#platform/server/deps.ts';
import { enqueue } from '#platform/server/jobs.ts';
import type { MessagePayload } from '../job-names.ts';

/** Covers a message whose file is like a removed one, and suggests its removal. Run by removals, which media does not know. */
export const suggestRemovalJob = { name: 'removals.suggest-repeat' } as const;

export const enqueueSuggestion = (tx: Tx, payload: MessagePayload): Promise<void> =>
  enqueue(tx, suggestRemovalJob, payload, { key: `repeat:${payload.messageId}` });
