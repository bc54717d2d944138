import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { insertContact } from '#features/contacts/server/index.ts';
import { type Actor, type Ctx, systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { newId } from '#platform/shared/ids.ts';
import { assertPassed, checkGateInbound, checkGateOutbound } from './check-gate.ts';
import { type Claim, ClaimExpiredError, openClaim, requestTimeoutMs } from './claim.ts';
import type { Passed } from './decide.ts';
import { block, unblock } from './testing.ts';

let deps: TestDeps;
let workspaceId: string;
let admin: Actor;
let contactId: string;
let otherId: string;

beforeAll(async () => {
  deps = await openTestDeps();
});
afterAll(() => deps.close());

beforeEach(async () => {
  workspaceId = await aWorkspace(deps.db);
  admin = await aMember(deps.db, workspaceId);
  [contactId, otherId] = [await aContact(), await aContact()];
});

const aContact = (): Promise<string> =>
  deps.db
    .transaction()
    .execute((tx) => insertContact(tx, { workspaceId, profileName: null, username: null }));

const inSystem = <T>(work: (ctx: Ctx) => Promise<T>): Promise<T> =>
  inTx(deps, systemActor(workspaceId), work);

const pass = async (ctx: Ctx, id = contactId): Promise<Passed<string>> => {
  const verdict = await checkGateOutbound(ctx, 'message', id, 'oi', null);
  if (verdict.kind === 'refuse') {
    throw new Error('it should pass');
  }
  return verdict.passed;
};

const claim = (ctx: Ctx, passed: Passed<string>, id = contactId): Promise<Claim<string>> =>
  openClaim(ctx, passed, { contactId: id, channelId: newId(), messageId: newId() });

const never = /never let this item pass/;

describe('a proof of the gate', () => {
  it('is good in its own transaction', async () => {
    const taken = await inSystem(async (ctx) => (await claim(ctx, await pass(ctx))).take());
    expect(taken).toBe('oi');
  });

  it('is refused in another transaction', async () => {
    const stale = await inSystem((ctx) => pass(ctx));
    await expect(inSystem((ctx) => claim(ctx, stale))).rejects.toThrow(never);
  });

  it('is refused for another contact', async () => {
    await expect(inSystem(async (ctx) => claim(ctx, await pass(ctx), otherId))).rejects.toThrow(
      never,
    );
  });

  it('of somebody unknown is good for a contact made in the same transaction, and for no other', async () => {
    const place = { workspaceId, channelId: newId(), externalId: 'wamid.1', direction: 'in' };
    await inSystem(async (ctx) => {
      const text = {
        item: 'oi',
        timestamp: 0,
        kind: 'text',
        isAttempt: true,
        isHistory: false,
        contactIds: [],
      } as const;
      const unknown = { ...place, ...text };
      const [verdict] = await checkGateInbound(ctx, [{ ...unknown, direction: 'in' }]);
      if (verdict?.kind !== 'pass') {
        throw new Error('it should pass');
      }
      const made = await insertContact(ctx.tx, { workspaceId, profileName: null, username: null });
      expect(() => assertPassed(verdict.passed, ctx.tx, made)).not.toThrow();
      expect(() => assertPassed(verdict.passed, ctx.tx, contactId)).toThrow(never);
    });
  });

  it('is not made while a block is active, nor for an epoch that has passed', async () => {
    await block(deps, admin, contactId);
    const refused = { kind: 'refuse', code: 'contact-blocked' };
    expect(
      await inSystem((ctx) => checkGateOutbound(ctx, 'message', contactId, 'oi', null)),
    ).toEqual(refused);
    await unblock(deps, admin, contactId);
    expect(await inSystem((ctx) => checkGateOutbound(ctx, 'message', contactId, 'oi', 0))).toEqual(
      refused,
    );
    expect(
      await inSystem((ctx) => checkGateOutbound(ctx, 'message', contactId, 'oi', 1)),
    ).toMatchObject({
      kind: 'pass',
    });
  });
});

describe('a claim', () => {
  it('is good for one request', async () => {
    const mine = await inSystem(async (ctx) => claim(ctx, await pass(ctx)));
    expect(mine.take()).toBe('oi');
    expect(() => mine.take()).toThrow('one request');
  });

  it('runs out by a monotonic clock', async () => {
    const mine = await inSystem(async (ctx) => claim(ctx, await pass(ctx)));
    const over = performance.now() + requestTimeoutMs;
    // A wall clock that was set back changes nothing.
    vi.spyOn(Date, 'now').mockReturnValue(0);
    const now = vi.spyOn(performance, 'now').mockReturnValue(over);
    expect(() => mine.take()).toThrow(ClaimExpiredError);
    now.mockReturnValue(over - 100);
    expect(mine.take()).toBe('oi');
  });

  it('aborts its request when its time is over', async () => {
    const mine = await inSystem(async (ctx) => claim(ctx, await pass(ctx)));
    const over = performance.now() + requestTimeoutMs;
    const now = vi.spyOn(performance, 'now').mockReturnValue(over);
    const signal = mine.signal();
    now.mockRestore();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(signal.aborted).toBe(true);
    expect(mine.signal().aborted).toBe(false);
  });

  it('is not opened by the database when the contact was blocked meanwhile', async () => {
    const closed = inSystem(async (ctx) => {
      const passed = await pass(ctx);
      // As a bug would have it: the block is made in the same transaction, after the gate was asked.
      await ctx.tx
        .insertInto('block')
        .values({
          workspace_id: workspaceId,
          id: newId(),
          contact_id: contactId,
          reason: 'spam',
          started_by_kind: 'system',
        })
        .execute();
      return claim(ctx, passed);
    });
    await expect(closed).rejects.toMatchObject({ code: 'GT001' });
  });
});
