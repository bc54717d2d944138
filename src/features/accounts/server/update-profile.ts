import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import type { Locale } from '../contract.ts';
import { requirePerson } from './require-can.ts';
import { changeMember } from './store.ts';

export interface UpdateProfile {
  readonly name?: string | undefined;
  readonly locale?: Locale | null | undefined;
}

/** What a person may change of themselves in this workspace. */
export const updateProfile = async (ctx: Ctx, input: UpdateProfile): Promise<void> => {
  const memberId = requirePerson(ctx.actor);
  await changeMember(ctx.tx, ctx.actor.workspaceId, memberId, input);
  await audit(ctx, {
    action: 'accounts.profile-changed',
    details: { name: input.name !== undefined, locale: input.locale ?? null },
  });
  ctx.notices.add(ctx.actor.workspaceId, 'member', memberId);
};
