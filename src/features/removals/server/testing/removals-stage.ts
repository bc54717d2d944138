import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import {
  aChannel,
  aPhone,
  aText,
  type Place,
  receive,
} from '#features/conversations/server/testing.ts';
import type { Actor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { newId } from '#platform/shared/ids.ts';
import type { DecideRemoval, RemovalReason, RemovalRequest } from '../../contract.ts';
import { type BlockWish, decideRequest, removeAtSight } from '../decide-request.ts';
import { openRequest } from '../open-request.ts';
import { removalJobs } from '../removal.job.ts';
import { findRemovalRequest } from '../request-queries.ts';
import type { Taken } from '../take-messages.ts';

export interface RemovalsStage {
  /** On a database of the file's own. */
  readonly deps: TestDeps;
  readonly place: Place;
  readonly admin: Actor;
  /** An agent. */
  readonly larissa: Actor;
  /** A moderator, and another one. */
  readonly diego: Actor;
  readonly bruna: Actor;
  /** Of somebody outside, with one message each. */
  phone: string;
}

/** Call it once in a file, outside of any test; what it answers is filled before each test. */
export const aRemovalsStage = (): RemovalsStage => {
  const stage: { -readonly [K in keyof RemovalsStage]?: RemovalsStage[K] } = {};
  beforeAll(async () => {
    stage.deps = await openTestDeps();
  });
  afterAll(() => stage.deps?.close());
  beforeEach(async () => {
    const { db } = (stage as RemovalsStage).deps;
    const workspaceId = await aWorkspace(db);
    stage.place = await aChannel(db, workspaceId);
    stage.admin = await aMember(db, workspaceId);
    stage.larissa = await aMember(db, workspaceId, 'agent');
    stage.diego = await aMember(db, workspaceId, 'moderator');
    stage.bruna = await aMember(db, workspaceId, 'moderator');
    stage.phone = aPhone();
  });
  return stage as RemovalsStage;
};

interface AskWords {
  reason?: RemovalReason;
  note?: string | null;
}

/** As the API does it. */
const actsOn = (stage: RemovalsStage) => ({
  asks: (actor: Actor, messageIds: readonly string[], words: AskWords = {}): Promise<Taken> =>
    inTx(stage.deps, actor, (ctx) =>
      openRequest(ctx, { messageIds, reason: words.reason ?? 'offense', note: words.note ?? null }),
    ),
  decides: (
    actor: Actor,
    requestId: string,
    items: Record<string, 'remove' | 'keep'>,
    more: { answer?: string; block?: BlockWish; also?: string[] } = {},
  ) => {
    const decisions: DecideRemoval['items'] = Object.entries(items).map(
      ([messageId, decision]) => ({
        messageId,
        decision,
        ...(more.also === undefined ? {} : { alsoMessageIds: more.also }),
      }),
    );
    return inTx(stage.deps, actor, (ctx) =>
      decideRequest(ctx, requestId, {
        items: decisions,
        answer: more.answer ?? null,
        block: more.block,
      }),
    );
  },
  removesAtSight: (actor: Actor, messageIds: readonly string[], block?: BlockWish) =>
    inTx(stage.deps, actor, (ctx) =>
      removeAtSight(ctx, { messageIds, reason: 'sexual', note: null, block }),
    ),
  runs: async (name: string, payload: unknown = {}): Promise<void> => {
    const job = removalJobs.find((one) => one.name === name);
    if (job === undefined) {
      throw new Error(`no job ${name}`);
    }
    await job.runUnparsed(payload, { deps: stage.deps, log: stage.deps.log, attempt: 1 });
  },
});

const readsOn = (stage: RemovalsStage) => ({
  sees: async (actor: Actor, requestId: string): Promise<RemovalRequest> => {
    const request = await findRemovalRequest(stage.deps.db, actor, requestId);
    if (request === undefined) {
      throw new Error('no such request');
    }
    return request;
  },
  withheldOf: async (id: string): Promise<string | null> => {
    const { rows } = await sql<{ withheld: string | null }>`
      select withheld from shown_message where id = ${id}`.execute(stage.deps.db);
    return rows[0]?.withheld ?? null;
  },
  auditOf: async (): Promise<string[]> => {
    const { rows } = await sql<{ action: string }>`select action from audit_event
      where workspace_id = ${stage.place.workspaceId} and action like 'removals.%' order by at, id`.execute(
      stage.deps.db,
    );
    return rows.map(({ action }) => action);
  },
  jobsOf: async (key: string): Promise<number> => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n
      from graphile_worker.jobs where key = ${key}`.execute(stage.deps.db);
    return rows[0]?.n ?? 0;
  },
});

/** What tests of requests do and look at. */
export const removalsOn = (stage: RemovalsStage) => ({
  ...actsOn(stage),
  ...readsOn(stage),
  /** Texts of one person, stored. @returns their ids, oldest first */
  texts: async (count: number, phone = stage.phone): Promise<string[]> => {
    const items = Array.from({ length: count }, (_, n) =>
      aText(stage.place, { phone }, { content: { kind: 'text', text: `ofensa ${n} ${newId()}` } }),
    );
    await receive(stage.deps, ...items);
    const { rows } = await sql<{ id: string }>`
      select id from message where external_id = any(${items.map((item) => item.externalId)}) order by id`.execute(
      stage.deps.db,
    );
    return rows.map(({ id }) => id);
  },
});

/** How each of these ended: `done`, or the code of its refusal. */
export const outcomes = async (...tries: Promise<unknown>[]): Promise<string[]> =>
  (await Promise.allSettled(tries)).map((one) =>
    one.status === 'fulfilled' ? 'done' : String((one.reason as { code?: string }).code),
  );
