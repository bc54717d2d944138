import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import type { PersonRef } from '#channels/channel.ts';
import { forgetPerson } from '#features/contacts/server/index.ts';
import { blockContact, findOnWire } from '#features/gate/server/index.ts';
import { block, unblock } from '#features/gate/server/testing.ts';
import { systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { claimNextMessage } from './claim-dispatch.ts';
import { sendMessage } from './send-message.ts';
import { aStage } from './testing/stage.ts';
import {
  aBsuid,
  aNumberChange,
  aPhone,
  aText,
  aThread,
  mergeContacts,
  receive,
  type Thread,
} from './testing.ts';

const stage = aStage();

let owner: Thread;
let heir: Thread;

const threadOf = async (externalId: string): Promise<Thread> => {
  const { rows } = await sql<Thread>`
    select m.contact_id as "contactId", m.conversation_id as "conversationId" from message m
     where m.external_id = ${externalId}`.execute(stage.deps.db);
  const [thread] = rows;
  if (thread === undefined) throw new Error('nothing was stored');
  return thread;
};

/** The owner left a number behind; somebody else has it now, and writes. */
beforeEach(async () => {
  const phone = aPhone();
  owner = await aThread(stage.deps, stage.place, { phone, bsuid: aBsuid() });
  await receive(
    stage.deps,
    aNumberChange(stage.place, { phone }, { phone: aPhone(), bsuid: aBsuid() }),
  );
  const word = aText(stage.place, { phone, bsuid: aBsuid() });
  await receive(stage.deps, word);
  heir = await threadOf(word.externalId);
  expect(heir.contactId).not.toBe(owner.contactId);
});

const queue = async ({ conversationId } = heir): Promise<string> => {
  const answer = await inTx(stage.deps, stage.agent, (ctx) =>
    sendMessage(ctx, {
      conversationId,
      text: 'bom dia',
      replyToId: null,
      forwardedFrom: null,
      idempotencyKey: null,
    }),
  );
  if (answer.kind !== 'queued') throw new Error(`${answer.kind} instead of queued`);
  return answer.messageId;
};

const claim = ({ conversationId } = heir) =>
  inTx(stage.deps, systemActor(stage.place.workspaceId), (ctx) =>
    claimNextMessage(ctx, conversationId),
  );

const stateOf = async (id: string) => {
  const { rows } = await sql<{ status: string; code: string | null }>`
    select status, error_code as code from message where id = ${id}`.execute(stage.deps.db);
  return rows[0];
};

describe('whoever has now what a blocked contact left behind', () => {
  it('gets nothing that waited from before the block until after it', async () => {
    const waiting = await queue();
    await block(stage.deps, stage.admin, owner.contactId);
    await unblock(stage.deps, stage.admin, owner.contactId);
    await claim();
    expect(await stateOf(waiting)).toEqual({ status: 'failed', code: 'contact-blocked' });
  });

  it('has its requests under way waited for', async () => {
    const leaving = await queue();
    await claim();
    const onWire = await inTx(stage.deps, stage.admin, (ctx) =>
      findOnWire(ctx.tx, stage.place.workspaceId, owner.contactId),
    );
    expect(onWire.map(({ messageId }) => messageId)).toEqual([leaving]);
  });

  it('is locked by the block: a claim that began before it is over, one that begins later is refused', async () => {
    const waiting = await queue();
    let commit = (): void => undefined;
    let blocked = (): void => undefined;
    const mayCommit = new Promise<void>((resolve) => {
      commit = resolve;
    });
    const isBlocked = new Promise<void>((resolve) => {
      blocked = resolve;
    });
    const blocking = inTx(stage.deps, stage.admin, async (ctx) => {
      await blockContact(ctx, {
        contactId: owner.contactId,
        reason: 'spam',
        note: null,
        expiresAt: null,
      });
      blocked();
      await mayCommit;
    });
    await isBlocked;
    const claiming = claim();
    await sleep(150);
    expect((await stateOf(waiting))?.status).toBe('queued');
    commit();
    await Promise.all([blocking, claiming]);
    expect(await stateOf(waiting)).toEqual({ status: 'failed', code: 'contact-blocked' });
  });

  it('is written to again once the block is lifted', async () => {
    await block(stage.deps, stage.admin, owner.contactId);
    await unblock(stage.deps, stage.admin, owner.contactId);
    const fresh = await queue();
    expect(await claim()).toBeDefined();
    expect(await stateOf(fresh)).toEqual({ status: 'sending', code: null });
  });
});

describe('whoever comes to it while the one who left it is blocked', () => {
  let next: PersonRef;
  let later: Thread;
  beforeEach(async () => {
    next = { bsuid: aBsuid() };
    later = await aThread(stage.deps, stage.place, next);
  });

  const erase = ({ contactId }: Thread) =>
    inTx(stage.deps, stage.admin, (ctx) =>
      forgetPerson(ctx, contactId, [contactId], { isKeptOut: true }),
    );

  it.each([
    ['once that block is lifted', false],
    ['of somebody erased neither', true],
  ])('gets nothing that waited from before, %s', async (_, isErased) => {
    const phone = aPhone();
    const gone = await aThread(stage.deps, stage.place, { phone });
    await receive(stage.deps, aNumberChange(stage.place, { phone }, { phone: aPhone() }));
    const waiting = await queue(later);
    await block(stage.deps, stage.admin, gone.contactId);
    if (isErased) await erase(gone);
    await receive(stage.deps, aNumberChange(stage.place, next, { ...next, phone }));
    await unblock(stage.deps, stage.admin, gone.contactId);
    await claim(later);
    expect(await stateOf(waiting)).toEqual({ status: 'failed', code: 'contact-blocked' });
  });

  it.each([
    ['neither', false],
    ['of somebody erased neither', true],
  ])('by a merge %s', async (_, isErased) => {
    const waiting = await queue(later);
    await block(stage.deps, stage.admin, owner.contactId);
    if (isErased) await erase(owner);
    await inTx(stage.deps, stage.admin, (ctx) =>
      mergeContacts(ctx, later.contactId, heir.contactId),
    );
    await unblock(stage.deps, stage.admin, owner.contactId);
    await claim(later);
    await claim(heir);
    expect(await stateOf(waiting)).toEqual({ status: 'failed', code: 'contact-blocked' });
  });
});
