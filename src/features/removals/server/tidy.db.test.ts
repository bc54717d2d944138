import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { inTx } from '#platform/server/in-tx.ts';
import { endCheck } from './checklist-store.ts';
import { findTablesDue } from './table-store.ts';
import { aRemovalsStage, removalsOn } from './testing/removals-stage.ts';
import { tidyTables } from './tidy-tables.ts';

const stage = aRemovalsStage();
const world = removalsOn(stage);

let id: string;
let met: string;
beforeEach(async () => {
  // Of the tests before this one.
  await tidyTables(stage.deps);
  [met = ''] = await world.texts(1);
  const { requests } = await world.asks(stage.larissa, [met]);
  id = requests[0]?.id ?? '';
});

const settle = () =>
  world.runs('removals.settle', { workspaceId: stage.place.workspaceId, requestId: id });
const tablesOf = async () => {
  const { checklist, state } = await world.sees(stage.admin, id);
  return { ...checklist.find(({ step }) => step === 'tables'), request: state };
};
const fileOf = async (table: string): Promise<string | undefined> => {
  const { rows } = await sql<{ path: string }>`
    select pg_relation_filepath(${table}::regclass) as path`.execute(stage.deps.db);
  return rows[0]?.path;
};
/** Where it is now so many o'clock. */
const moveTo = (hour: number) => {
  const ahead = hour - new Date().getUTCHours();
  const near = ahead > 12 ? ahead - 24 : ahead < -12 ? ahead + 24 : ahead;
  // Signs are the other way round there.
  const zone = near === 0 ? 'UTC' : `Etc/GMT${near > 0 ? '-' : '+'}${Math.abs(near)}`;
  return sql`update workspace set time_zone = ${zone} where id = ${stage.place.workspaceId}`.execute(
    stage.deps.db,
  );
};
const allLarge = { smallBytes: 0, lockMs: 3_000 };

describe('the tables', () => {
  it('are written anew after a removal, and only then', async () => {
    const before = await fileOf('message');
    await world.decides(stage.diego, id, { [met]: 'keep' });
    await tidyTables(stage.deps);
    expect(await fileOf('message')).toBe(before);
    await world.removesAtSight(stage.diego, [met]);
    await tidyTables(stage.deps);
    expect(await fileOf('message')).not.toBe(before);
  });

  it('have statistics without what went, wherever rows are found by it', async () => {
    const more = await world.texts(3);
    const { rows } = await sql<{ externalId: string }>`
      select external_id as "externalId" from message where id = any(${[met, ...more]}::uuid[])`.execute(
      stage.deps.db,
    );
    await sql`analyze message`.execute(stage.deps.db);
    const known = async () => {
      const { rows: stats } = await sql<{ all: string }>`
        select string_agg(histogram_bounds::text, ' ') as all from pg_stats where tablename = 'message'`.execute(
        stage.deps.db,
      );
      return rows.filter(({ externalId }) => stats[0]?.all.includes(externalId)).length;
    };
    expect(await known()).toBe(4);
    await world.removesAtSight(stage.diego, [met, ...more]);
    await tidyTables(stage.deps);
    expect(await known()).toBe(0);
  });

  it('that are large wait for the night, and the check says until when', async () => {
    await moveTo(14);
    await world.decides(stage.diego, id, { [met]: 'remove' });
    await settle();
    const before = await fileOf('message');
    await tidyTables(stage.deps, allLarge);
    expect(await fileOf('message')).toBe(before);
    const waiting = await tablesOf();
    expect(waiting).toMatchObject({ state: 'pending', errorCode: null, request: 'removing' });
    const inHours = (Date.parse(waiting.at ?? '') - Date.now()) / 3_600_000;
    expect(inHours).toBeGreaterThan(11);
    expect(inHours).toBeLessThan(13.1);
    expect(await world.jobsOf('removals.tidy-tables')).toBe(1);
    await moveTo(3);
    await tidyTables(stage.deps, allLarge);
    expect(await tablesOf()).toMatchObject({ state: 'pending' });
    await sql`update removal_check set at = clock_timestamp() where request_id = ${id}`.execute(
      stage.deps.db,
    );
    await tidyTables(stage.deps, allLarge);
    expect(await tablesOf()).toMatchObject({ state: 'done', request: 'removed' });
    expect(await fileOf('message')).not.toBe(before);
  });

  it('that somebody holds are tried again', async () => {
    await world.decides(stage.diego, id, { [met]: 'remove' });
    await settle();
    const other = await stage.deps.pool.connect();
    try {
      await other.query('begin; lock table message_search in row exclusive mode');
      await tidyTables(stage.deps, { smallBytes: 2 ** 30, lockMs: 100 });
      expect(await tablesOf()).toMatchObject({
        state: 'failed',
        errorCode: 'table-in-use',
        tries: 1,
        request: 'removing',
      });
    } finally {
      await other.query('rollback');
      other.release();
    }
    await sql`update removal_check set at = clock_timestamp() where request_id = ${id}`.execute(
      stage.deps.db,
    );
    await tidyTables(stage.deps);
    expect(await tablesOf()).toMatchObject({ state: 'done', errorCode: null, request: 'removed' });
  });

  it('of what is decided during a pass are the next one’s', async () => {
    const { workspaceId } = stage.place;
    const [later = ''] = await world.texts(1);
    const { requests } = await world.asks(stage.larissa, [met, later]);
    const rest = requests.find((one) => one.id !== id)?.id ?? '';
    await sql`update removal_item set request_id = ${id} where request_id = ${rest}`.execute(
      stage.deps.db,
    );
    await world.decides(stage.diego, id, { [met]: 'remove' });
    const due = await inTx(stage.deps, stage.admin, (ctx) => findTablesDue(ctx.tx));
    const read = due.waiting.find((one) => one.requestId === id)?.version ?? '';
    const end = (version: string) =>
      inTx(stage.deps, stage.admin, (ctx) =>
        endCheck(ctx.tx, workspaceId, id, 'tables', { state: 'done' }, version),
      );
    await world.decides(stage.diego, id, { [later]: 'remove' });
    await end(read);
    expect(await tablesOf()).toMatchObject({ state: 'pending' });
    await tidyTables(stage.deps);
    expect(await tablesOf()).toMatchObject({ state: 'done' });
  });
});
