import type {
  ContactSyncItem,
  CountedItem,
  InboundItem,
  MessageActionItem,
  MessageItem,
} from '#channels/channel.ts';
import {
  type Learning,
  lockPeople,
  lookUpPeople,
  type Resolution,
  resolveAgain,
  startLearning,
} from '#features/contacts/server/index.ts';
import {
  blockListed,
  checkGateInbound,
  findKeysInUse,
  type InboundVerdict,
  type Judged,
  type Passed,
  type ReadSpans,
  readSpans,
} from '#features/gate/server/index.ts';
import { applyTemplateChanges } from '#features/templates/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { AppError } from '#platform/server/errors.ts';
import { together } from '#platform/server/together.ts';
import { forgetEarlyFor } from './actions/early-action-store.ts';
import { applyActions } from './actions/receive-actions.ts';
import { countOnChannels } from './channel-counter-store.ts';
import { isAnyDisconnected } from './channel-store.ts';
import { lockConversationsOf } from './conversation-store.ts';
import { purgedHashOf } from './end-for-good.ts';
import { isFromPerson, judgedOf, lookedUpOf, peopleOf } from './judged.ts';
import { isToErased, keepErasedOut, withoutErased } from './keep-erased-out.ts';
import { learnFromDropped } from './learn-from-dropped.ts';
import { findWhetherStored } from './message-store.ts';
import { type PersonItem, startPlacing } from './place-people.ts';
import { receiveAddressBook } from './receive-address-book.ts';
import { receiveNumberChanges } from './receive-number-changes.ts';
import { applyStatuses, findTargets } from './receive-statuses.ts';
import { settlePeople } from './settle-people.ts';
import { storeMessages } from './store-messages.ts';

type Content = MessageItem | MessageActionItem;
type Judgeable = Content | ContactSyncItem;
type PassedMessage = { passed: Passed<MessageItem>; contactId: string };
type PassedAction = { passed: Passed<MessageActionItem>; contactId: string };

const isContent = (passed: Passed<Judgeable>): passed is Passed<Content> =>
  passed.item.type !== 'contact-sync';
const isBookEntry = (passed: Passed<Judgeable>): passed is Passed<ContactSyncItem> =>
  passed.item.type === 'contact-sync';
const isMessage = (passed: Passed<Content>): passed is Passed<MessageItem> =>
  passed.item.type === 'message';
const isAction = (passed: Passed<Content>): passed is Passed<MessageActionItem> =>
  passed.item.type === 'action';

const storePassed = async (
  ctx: Ctx,
  resolution: Resolution,
  learning: Learning,
  passed: readonly Passed<Content>[],
): Promise<void> => {
  // Of whom our own phone app wrote to we learn no name: that person may be blocked, and a name is content.
  const ownerOf = ({ item }: Passed<Content>): PersonItem =>
    item.direction === 'out' ? { ...item, names: {}, isToThem: true } : item;
  const placing = await startPlacing(ctx, resolution, learning, passed.map(ownerOf));
  const messages: PassedMessage[] = [];
  const actions: PassedAction[] = [];
  for (const proof of passed) {
    const contactId = await placing.contactOf(ownerOf(proof));
    if (isMessage(proof)) {
      messages.push({ passed: proof, contactId });
    } else if (isAction(proof)) {
      actions.push({ passed: proof, contactId });
    }
  }
  if (actions.some(({ passed: { item } }) => item.action.kind === 'reaction')) {
    // A reaction touches its conversation: all there are of the batch are locked in one order, ahead of any message.
    await lockConversationsOf(
      ctx.tx,
      [...messages, ...actions].map(({ passed, contactId }) => {
        return { workspaceId: passed.item.workspaceId, contactId };
      }),
    );
  }
  await storeMessages(ctx, messages);
  await applyActions(ctx, actions);
};

/** Of messages that will never be stored: what waited for them goes. */
const dropped = (
  ctx: Ctx,
  items: readonly Judgeable[],
  verdicts: readonly InboundVerdict<Judgeable>[],
): { workspaceId: string; hash: string }[] =>
  items.flatMap((item, index) =>
    item.type === 'message' && verdicts[index]?.kind === 'drop'
      ? [
          {
            workspaceId: item.workspaceId,
            hash: purgedHashOf(ctx, item.channelId, item.externalId),
          },
        ]
      : [],
  );

/** Actions have no row of their own: only a message can be known to be here. */
const findStoredOf = async (
  tx: Ctx['tx'],
  dropped: readonly Judged<Judgeable>[],
): Promise<ReadonlySet<Judged<Judgeable>>> => {
  const messages = dropped.filter(({ item }) => item.type === 'message');
  const isHere = await findWhetherStored(tx, messages);
  return new Set(messages.filter((_, index) => isHere[index] === true));
};

/** @returns what was dropped without being an attempt of the person, to be counted on its channel */
const judgeAndStore = async (
  ctx: Ctx,
  resolution: Resolution,
  items: readonly Judgeable[],
  spans: ReadSpans | undefined,
): Promise<CountedItem[]> => {
  const verdicts = await checkGateInbound(
    ctx,
    items.map((item) => judgedOf<Judgeable>(resolution, item)),
    { spans, findStored: (dropped) => findStoredOf(ctx.tx, dropped) },
  );
  const learning = startLearning(ctx.tx, resolution);
  const passed: Passed<Judgeable>[] = [];
  const uncounted: CountedItem[] = [];
  for (const [index, verdict] of verdicts.entries()) {
    const item = items[index];
    if (
      verdict.kind === 'pass' &&
      item !== undefined &&
      (await isToErased(ctx, resolution, item))
    ) {
      const { workspaceId, channelId } = item;
      uncounted.push({ type: 'counted', workspaceId, channelId, name: 'echo-to-erased' });
    } else if (verdict.kind === 'pass') {
      passed.push(verdict.passed);
    } else if (item?.type === 'contact-sync') {
      const { workspaceId, channelId } = item;
      uncounted.push({ type: 'counted', workspaceId, channelId, name: 'contact-sync-blocked' });
    } else if (
      item !== undefined &&
      // What they came with is known already, as a keyed hash, and is not to be stored otherwise.
      resolution.erasedOf(item.workspaceId, item.person).length === 0
    ) {
      await learnFromDropped(ctx, learning, item);
    }
  }
  await forgetEarlyFor(ctx.tx, dropped(ctx, items, verdicts));
  await storePassed(ctx, resolution, learning, passed.filter(isContent));
  await receiveAddressBook(ctx, resolution, learning, passed.filter(isBookEntry));
  return uncounted;
};

/**
 * Everything that comes in enters here: messages, echoes, history, calls, reactions, edits, number changes, statuses, our address book.
 * One batch, one transaction; locks in the order of gate.md (contacts, conversations, messages, counters).
 * @throws ContactsMovedError (repeat the transaction); AppError unavailable for a number that is not connected any more;
 *   anything the database refuses
 */
export const receiveItems = async (ctx: Ctx, items: readonly InboundItem[]): Promise<void> => {
  const fromPeople = items.filter(isFromPerson);
  const statuses = items.filter((item) => item.type === 'status');
  const people = fromPeople.flatMap(peopleOf);
  const [targets, isGone, keys, lookedUp] = await together([
    findTargets(ctx, statuses),
    isAnyDisconnected(ctx.tx, items),
    findKeysInUse(
      ctx.tx,
      items.map(({ workspaceId }) => workspaceId),
    ),
    lookUpPeople(ctx, people),
  ]);
  if (isGone) {
    // This process read the numbers before. By now the number may be another workspace's: WhatsApp comes again.
    throw new AppError('unavailable', 503);
  }
  let spans: ReadSpans | undefined;
  const found = await lockPeople(ctx, lookedUp, targets, async (contacts) => {
    spans = await readSpans(ctx, contacts);
  });
  const asked = keys.length > 0 ? lookedUpOf(fromPeople) : [];
  const wasListed = await blockListed(ctx, keys, await withoutErased(ctx, found, asked));
  const resolved = wasListed ? await resolveAgain(ctx, people) : found;
  const settled = await settlePeople(ctx, resolved, fromPeople);
  const changed = await receiveNumberChanges(ctx, settled, fromPeople);
  const current = await keepErasedOut(ctx, changed, fromPeople, people);

  const contents = fromPeople.filter((item) => item.type !== 'identity-change');
  // Whoever was blocked, made or merged by this very batch is another answer: their blocks are read anew.
  const known = current === found ? spans : undefined;
  const uncounted = contents.length > 0 ? await judgeAndStore(ctx, current, contents, known) : [];
  await applyStatuses(ctx, statuses, targets);
  await applyTemplateChanges(
    ctx,
    items.filter((item) => item.type === 'template-change'),
  );
  await countOnChannels(ctx.tx, [...items.filter((item) => item.type === 'counted'), ...uncounted]);
};
