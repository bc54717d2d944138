import { sql } from 'kysely';
import type { Actor, Db, Deps } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import type { Block } from '../contract.ts';
import { awaitWire } from './await-wire.ts';
import { type BlockContactInput, blockContact } from './block-contact.ts';
import { listBlocks } from './list/list-queries.ts';
import { findOnWire } from './queries.ts';
import { unblockContact } from './unblock-contact.ts';
import type { ListPlace } from './upstream/job-names.ts';
import { aListDouble } from './upstream/testing/list-double.ts';
import { upstreamJobs } from './upstream/upstream.job.ts';

export { exchangeLists } from './exchange/testing/lists.ts';
export { runOnce as runImport } from './imports/testing/import-world.ts';
export { healUpstream } from './upstream/heal-upstream.ts';

/** Blocks as the API does it, waiting for the wire included. @returns the block's id and what is still on the wire */
export const block = async (
  deps: Deps,
  actor: Actor,
  contactId: string,
  more: Partial<BlockContactInput> = {},
): Promise<{ id: string; stillOnWire: string[] }> => {
  const input = {
    contactId,
    reason: 'offense',
    note: null,
    expiresAt: null,
    upstream: true,
    ...more,
  } as const;
  const { id, onWire } = await inTx(deps, actor, async (ctx) => ({
    id: (await blockContact(ctx, input)).blockId,
    onWire: await findOnWire(ctx.tx, actor.workspaceId, contactId),
  }));
  return { id, stillOnWire: await awaitWire(deps.db, actor.workspaceId, onWire) };
};

export const unblock = (deps: Deps, actor: Actor, contactId: string): Promise<string | null> =>
  inTx(deps, actor, (ctx) => unblockContact(ctx, contactId));

/** Sets the block back in time, for tests of what is delivered long after it. */
export const moveBlockBack = async (db: Db, blockId: string, bySeconds: number): Promise<void> => {
  await sql`update block set started_at = started_at - make_interval(secs => ${bySeconds}),
      lifted_at = lifted_at - make_interval(secs => ${bySeconds}),
      expires_at = expires_at - make_interval(secs => ${bySeconds}) where id = ${blockId}`.execute(
    db,
  );
};

/** How often a block was tried against, by kind. */
export const attemptsOf = async (db: Db, blockId: string): Promise<Record<string, number>> => {
  const { rows } = await sql<{ kind: string; attempts: number }>`
    select kind, attempts from block_attempt where block_id = ${blockId} order by kind`.execute(db);
  return Object.fromEntries(rows.map((row) => [row.kind, row.attempts]));
};

/** The jobs of WhatsApp's lists, against a list that does what it is told. */
export const upstreamRunner = (deps: Deps) => {
  const list = aListDouble();
  const jobs = upstreamJobs({ blockList: list.port });
  return {
    list,
    /** Under which names WhatsApp was asked to block on this number. */
    asked: (channelId: string): string[] =>
      list.calls
        .filter((call) => call.channelId === channelId && call.verb === 'block')
        .flatMap((call) => call.addresses.map(({ value }) => value)),
    run: async (name: string, { workspaceId, channelId }: ListPlace): Promise<void> => {
      const job = jobs.find((one) => one.name === name);
      await job?.runUnparsed({ workspaceId, channelId }, { deps, log: deps.log, attempt: 1 });
    },
  };
};

/** All blocks of a contact, as *Bloqueios* shows them. */
export const blocksShown = async (
  deps: Deps,
  workspaceId: string,
  contactId: string,
): Promise<Block[]> =>
  (await listBlocks(deps.db, workspaceId, { state: 'all', contactId, limit: 10 })).items;
