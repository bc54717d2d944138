import { learnOrAsk, type Resolution, startLearning } from '#features/contacts/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { noteIdentities } from './heal-store.ts';
import type { ListedPair } from './listed-store.ts';

/**
 * WhatsApp's list names number and account of people we block: what we did not know of them holds from now on, on every number
 * (G3). What cannot both be true of one person is for people to decide. Names of those who were erased teach nothing.
 * @param resolution of these people, whose contacts are locked
 */
export const learnFromList = async (
  ctx: Ctx,
  resolution: Resolution,
  people: readonly ListedPair[],
): Promise<void> => {
  const { workspaceId } = ctx.actor;
  const learning = startLearning(ctx.tx, resolution);
  const learnt: string[] = [];
  for (const person of people) {
    if (resolution.erasedOf(workspaceId, person).length === 0) {
      const contactId = await learnOrAsk(ctx, learning, { workspaceId, person, timestamp: null });
      learnt.push(...(contactId === undefined ? [] : [contactId]));
    }
  }
  await noteIdentities(ctx.tx, workspaceId, learnt);
};
