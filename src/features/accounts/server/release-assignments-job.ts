import { z } from 'zod';

/** What a removed person had in hand goes back to the queue; `conversations` runs it. */
export const releaseAssignmentsJob = { name: 'conversations.release-assignments' } as const;
export const removedMemberPayload = z.object({ workspaceId: z.uuid(), memberId: z.uuid() });
