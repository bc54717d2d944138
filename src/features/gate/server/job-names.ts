import { z } from 'zod';

/** Of a contact that was just blocked. */
export const blockedContactPayload = z.object({ workspaceId: z.uuid(), contactId: z.uuid() });

/** Fails what is queued for the contact now instead of at its next try; `conversations` runs it. */
export const stopQueuedJob = { name: 'conversations.stop-queued' } as const;

/** A block has ended by the clock, which holds without this: it is written down and told. */
export const announceEndJob = { name: 'gate.announce-end' } as const;

/** A line in the contact's conversations: the clock has ended its block; `conversations` runs it. */
export const noteBlockEndedJob = { name: 'conversations.note-block-ended' } as const;

/** Forgets what is kept for a limited time only. */
export const forgetTracesJob = { name: 'gate.forget-traces' } as const;

/** Of a request for a block. */
export const requestPayload = z.object({ workspaceId: z.uuid(), requestId: z.uuid() });

/** Brings up a request that nobody has answered in time. */
export const bringUpRequestJob = { name: 'gate.bring-up-request' } as const;
