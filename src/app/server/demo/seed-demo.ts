import { connectNumber } from '#channels/whatsapp/server/index.ts';
import {
  createUserWithMembership,
  hashPassword,
  hasWorkspace,
} from '#features/accounts/server/index.ts';
import { receiveItems } from '#features/conversations/server/index.ts';
import { type Ctx, type Deps, systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { newId } from '#platform/shared/ids.ts';
import { demoNumber, demoPassword, demoPeople, demoShop } from './demo-people.ts';
import { findDemoNumber } from './demo-queries.ts';
import {
  findPlaces,
  insertOwnRows,
  insertWorkspace,
  linkReplies,
  lockSetup,
  settleConversations,
} from './demo-store.ts';
import { actionsOf, messagesOf } from './inbound-items.ts';
import { type Members, ownRowsOf } from './own-rows.ts';
import { labelsOf } from './play-labels.ts';
import { playTalk } from './play-talk.ts';
import type { Colleague } from './talk.ts';
import { talks } from './talks/all-talks.ts';
import { tellIncidents } from './tell-incidents.ts';

const createPeople = async (ctx: Ctx, passwordHash: string): Promise<Members> => {
  const { workspaceId } = ctx.actor;
  const members = new Map<Colleague, string>();
  for (const { key, name, email, role } of demoPeople) {
    const person = { workspaceId, name, email, role, passwordHash };
    members.set(key, (await createUserWithMembership(ctx.tx, person)).memberId);
  }
  return members;
};

const tellTalks = async (ctx: Ctx, channelId: string, members: Members): Promise<void> => {
  const { workspaceId } = ctx.actor;
  const target = { workspaceId, channelId };
  const now = Date.now();
  const played = talks.map((talk, place) => playTalk(talk, place, now));
  const labels = labelsOf(played);
  // What the customers wrote comes in by the way of all that comes in.
  await receiveItems(ctx, messagesOf(target, played, labels));
  const places = new Map(
    (await findPlaces(ctx.tx, workspaceId)).map((place) => [place.phone, place]),
  );
  const placed = played.flatMap((talk) => {
    const place = places.get(talk.talk.phone);
    return place === undefined ? [] : [{ talk, place }];
  });
  const ours = placed.flatMap(({ talk, place }) => ownRowsOf(talk, place, members, labels));
  await insertOwnRows(ctx.tx, workspaceId, ours);
  await linkReplies(ctx.tx, workspaceId);
  await receiveItems(ctx, actionsOf(target, played));
  await settleConversations(
    ctx.tx,
    workspaceId,
    placed.map(({ talk, place }) => ({
      conversationId: place.conversationId,
      assigneeId: talk.assignee === null ? null : (members.get(talk.assignee) ?? null),
      status: talk.status,
      unread: talk.unread,
      givenName: talk.talk.givenName ?? null,
    })),
  );
  await tellIncidents(ctx, members, placed);
};

/** seeded: it was empty · present: the demonstration is there already · other: it is somebody's own. */
export type DemoState = 'seeded' | 'present' | 'other';

/** Somebody disconnected the number to see what happens: a demonstration has it at every start. */
const reconnect = (deps: Deps, workspaceId: string): Promise<void> =>
  inTx(deps, systemActor(workspaceId), async (ctx) => {
    await lockSetup(ctx.tx);
    const found = await findDemoNumber(ctx.tx, demoNumber.phoneNumberId);
    if (found?.isConnected === false) {
      await connectNumber(ctx, demoNumber);
    }
  });

const goOn = async (deps: Deps): Promise<DemoState> => {
  const found = await findDemoNumber(deps.db, demoNumber.phoneNumberId);
  if (found === undefined) {
    return 'other';
  }
  if (!found.isConnected) {
    await reconnect(deps, found.workspaceId);
  }
  return 'present';
};

/**
 * Fills an empty installation with a shop, its people, its number and two weeks of conversations, all in one
 * transaction. An installation that has a workspace is left as it is, but for a demonstration's own number: disconnected, it is
 * connected again.
 */
export const seedDemo = async (deps: Deps): Promise<DemoState> => {
  if (await hasWorkspace(deps.db)) {
    return goOn(deps);
  }
  const passwordHash = await hashPassword(demoPassword);
  const workspaceId = newId();
  const isSeeded = await inTx(deps, systemActor(workspaceId), async (ctx) => {
    await lockSetup(ctx.tx);
    if (await hasWorkspace(ctx.tx)) {
      return false;
    }
    await insertWorkspace(ctx.tx, workspaceId, demoShop);
    const members = await createPeople(ctx, passwordHash);
    const channelId = await connectNumber(ctx, demoNumber);
    await tellTalks(ctx, channelId, members);
    return true;
  });
  return isSeeded ? 'seeded' : goOn(deps);
};
