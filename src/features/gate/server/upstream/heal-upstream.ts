import { lockContacts } from '#features/contacts/server/index.ts';
import { type Ctx, type Deps, systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { findBlockedUpstream, findDueHealing, settleHealing } from './heal-store.ts';
import { enqueueApply, enqueueCheck, type ListPlace } from './job-names.ts';
import { findAllLists } from './reading-store.ts';
import { doubtApplied, makeDue } from './row-store.ts';

/** What one transaction takes: the contacts are locked for its time. */
const mostAtOnce = 200;

const heal = async (ctx: Ctx, place: ListPlace, contactIds: readonly string[]): Promise<void> => {
  const { workspaceId, channelId } = place;
  await lockContacts(
    ctx.tx,
    contactIds.map((contactId) => ({ workspaceId, contactId })),
  );
  const blocked = await findBlockedUpstream(ctx.tx, workspaceId, contactIds);
  await settleHealing(ctx.tx, place, contactIds);
  for (const contactId of await doubtApplied(ctx.tx, place, blocked)) {
    ctx.notices.add(workspaceId, 'contact', contactId);
  }
  const due = await makeDue(ctx.tx, workspaceId, blocked, { isBlocking: true, onlyOn: channelId });
  if (due.length > 0) {
    // One for all of them: each works from everything that is due on its list.
    await enqueueApply(ctx.tx, place);
  }
};

/** Blocked people wrote, so WhatsApp takes their blocks now, for 24 hours from that message on. */
export const healUpstream = async (deps: Deps): Promise<void> => {
  for (;;) {
    const found = await findDueHealing(deps.db, mostAtOnce);
    if (found === undefined) {
      return;
    }
    const { contactIds, ...place } = found;
    await inTx(deps, systemActor(place.workspaceId), (ctx) => heal(ctx, place, contactIds));
  }
};

/** The list of every number is read, each by a job of its own. */
export const enqueueAllChecks = async (ctx: Ctx): Promise<void> => {
  for (const place of await findAllLists(ctx.tx)) {
    await enqueueCheck(ctx.tx, place);
  }
};
