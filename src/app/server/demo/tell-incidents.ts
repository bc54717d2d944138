import { receiveItems } from '#features/conversations/server/index.ts';
import { approveBlockRequest, blockContact, requestBlock } from '#features/gate/server/index.ts';
import { decideRequest, openRequest } from '#features/removals/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { demoPeople } from './demo-people.ts';
import type { DemoPlace } from './demo-store.ts';
import type { Members } from './own-rows.ts';
import { findMessageId, placeBlock, placeBlockRequest, placeRemoval } from './past-store.ts';
import type { PlayedTalk } from './play-talk.ts';
import type { Colleague } from './talk.ts';
import { type Incident, improper, incidents } from './talks/improper.ts';

interface Placed {
  readonly talk: PlayedTalk;
  readonly place: DemoPlace;
}

const later = (at: Date, minutes: number): Date => new Date(at.getTime() + minutes * 60_000);

/** The same transaction, in the hands of one of the people. */
const as = (ctx: Ctx, members: Members, key: Colleague): Ctx => {
  const person = demoPeople.find((one) => one.key === key);
  const id = members.get(key);
  if (person === undefined || id === undefined) {
    throw new Error(`${key} is not among the people of the demonstration`);
  }
  const { workspaceId } = ctx.actor;
  return { ...ctx, actor: { kind: 'member', id, workspaceId, role: person.role } };
};

const badLineOf = ({ talk }: Placed) => {
  for (const line of talk.turns) {
    if (line.kind === 'theirs' && line.turn.label?.startsWith(improper)) return line;
  }
  throw new Error('an incident of the demonstration has no improper line');
};

/** Asked and decided by the doors of the product, which cover and take out as they always do. */
const tellRemoval = async (
  ctx: Ctx,
  members: Members,
  { reason, askedBy, decision, decidedAfter }: Incident,
  placed: Placed,
): Promise<void> => {
  const { externalId, at } = badLineOf(placed);
  const { workspaceId } = ctx.actor;
  const messageId = await findMessageId(ctx.tx, workspaceId, externalId);
  const began = performance.now();
  const words = { messageIds: [messageId], reason, note: null };
  const { requests } = await openRequest(as(ctx, members, askedBy), words);
  const tookMs = performance.now() - began;
  const requestId = requests[0]?.id ?? '';
  await decideRequest(as(ctx, members, 'moderacao'), requestId, {
    items: [{ messageId, decision }],
    answer: null,
  });
  const asked = later(at, 2);
  const moments = { at: asked, decidedAt: later(asked, decidedAfter), tookMs };
  await placeRemoval(ctx.tx, workspaceId, requestId, moments);
};

const tellBlock = async (
  ctx: Ctx,
  members: Members,
  { reason, askedBy, after, attempts }: NonNullable<Incident['block']>,
  placed: Placed,
): Promise<void> => {
  const { externalId, at: said } = badLineOf(placed);
  const { contactId, phone, channelId } = placed.place;
  const { workspaceId } = ctx.actor;
  const admin = as(ctx, members, 'admin');
  const at = later(said, after);
  if (askedBy === undefined) {
    await blockContact(admin, { contactId, reason, note: null, expiresAt: null });
  } else {
    const words = { contactId, reason, note: null };
    const { id } = await requestBlock(as(ctx, members, askedBy), words);
    const approval = {
      requestId: id,
      reason: undefined,
      note: null,
      expiresAt: null,
      upstream: true,
    };
    await approveBlockRequest(admin, approval);
    await placeBlockRequest(ctx.tx, workspaceId, id, { at: later(said, 3), decidedAt: at });
  }
  // What they sent after it is dropped by the gate, and counted.
  const tries = Array.from({ length: attempts }, (_, n) => ({
    type: 'message' as const,
    workspaceId,
    channelId,
    externalId: `${externalId}B${n}`,
    timestamp: Math.floor(Date.now() / 1_000),
    direction: 'in' as const,
    person: { phone },
    names: {},
    content: { kind: 'text' as const, text: '…' },
    isHistory: false,
  }));
  await receiveItems(ctx, tries);
  await placeBlock(ctx.tx, workspaceId, contactId, { at, lastAt: later(at, 60 * attempts) });
};

/** What the team did about the talks that went wrong, so that the report on protection has something to tell. */
export const tellIncidents = async (
  ctx: Ctx,
  members: Members,
  placed: readonly Placed[],
): Promise<void> => {
  for (const incident of incidents) {
    const one = placed.find(({ place }) => place.phone === incident.talk.phone);
    if (one === undefined) continue;
    await tellRemoval(ctx, members, incident, one);
    if (incident.block) {
      await tellBlock(ctx, members, incident.block, one);
    }
  }
};
