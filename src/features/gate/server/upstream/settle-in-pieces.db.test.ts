import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { aListStage, readingsOf } from './testing/list-stage.ts';

const many = 2_500;
const mostLocked = 1_000;
const stage = aListStage();
const { list, longAgo, readId } = readingsOf(stage);

/** Blocked before the number had the layer: nobody is on its list, and nobody has a row. */
const blockMany = async (): Promise<void> => {
  const { workspaceId, channelId } = stage.world;
  await sql`
    with person as (
      select n, gen_random_uuid() as id from generate_series(1, ${many}::int) n
    ), contacts as (
      insert into contact (workspace_id, id, profile_name, block_epoch)
      select ${workspaceId}, id, 'Ana', 1 from person
    ), identities as (
      insert into contact_identity (workspace_id, id, contact_id, kind, value, match_key)
      select ${workspaceId}, gen_random_uuid(), id, 'phone', 552100000000 + n, 'phone:' || (552100000000 + n) from person
    ), talks as (
      insert into conversation (workspace_id, id, contact_id, channel_id)
      select ${workspaceId}, gen_random_uuid(), id, ${channelId} from person
    )
    insert into block (workspace_id, id, contact_id, reason, cause, started_by_kind)
    select ${workspaceId}, gen_random_uuid(), id, 'spam', 'import', 'system' from person`.execute(
    stage.deps.db,
  );
  // A number of so many blocks has had them for a while: what is planned knows of them.
  await sql`analyze contact, contact_identity, conversation, block`.execute(stage.deps.db);
};

/** How many contacts each transaction has locked: the one that did it last is written on the row. */
const lockedByTransaction = async (): Promise<number[]> => {
  const { rows } = await sql<{ locked: number }>`
    select count(*)::int as locked from contact where workspace_id = ${stage.world.workspaceId} and xmax <> 0
     group by xmax::text order by 1`.execute(stage.deps.db);
  return rows.map(({ locked }) => locked);
};

/** Of how many there is a row that says that WhatsApp is to be asked. */
const due = async (): Promise<number> => {
  const { rows } = await sql<{ due: number }>`select count(*)::int as due from upstream_block
    where channel_id = ${stage.world.channelId} and is_due`.execute(stage.deps.db);
  return rows[0]?.due ?? 0;
};

/** Job after job, as the runner takes them. @returns how many there were */
const readOn = async (): Promise<number> => {
  for (let steps = 0; ; steps += 1) {
    const id = await readId();
    if (id === undefined) {
      return steps;
    }
    await stage.world.check(id);
  }
};

describe('settling what a reading has found', () => {
  it('of very many locks no more than a thousand of them at a time', async () => {
    await blockMany();
    await stage.world.check();
    await readOn();
    const locked = await lockedByTransaction();
    expect(locked.reduce((sum, n) => sum + n, 0)).toBe(many);
    expect(Math.max(...locked)).toBeLessThanOrEqual(mostLocked);
    expect(await due()).toBe(many);
    expect(await list()).toMatchObject({
      isChecking: false,
      failure: null,
      onlyHere: many,
    });
  }, 60_000);

  it('of whom was on the list and is not any more as well, whatever the requests between two pieces do', async () => {
    await blockMany();
    await stage.world.check();
    await readOn();
    await stage.world.apply();
    expect(stage.world.list.listed.size).toBe(many);
    await longAgo();
    stage.world.list.listed.clear();
    await stage.world.check();
    expect(await due()).toBe(mostLocked);
    await stage.world.apply();
    expect(await due()).toBe(0);
    expect(await readOn()).toBe(2);
    await stage.world.apply();
    expect(stage.world.list.listed.size).toBe(many);
    expect(Math.max(...(await lockedByTransaction()))).toBeLessThanOrEqual(mostLocked);
  }, 60_000);

  it('goes on after a process that ended between two pieces, by the job that it left', async () => {
    await blockMany();
    await stage.world.check();
    expect(await due()).toBe(mostLocked);
    expect(await list()).toMatchObject({
      isChecking: true,
      checkedAt: null,
    });
    expect(await stage.world.jobsWaiting()).toEqual(
      [`upstream-check:${stage.world.channelId}`, `upstream:${stage.world.channelId}`].sort(),
    );
    // The list is not asked for again: what was read is there.
    stage.world.list.pages.push({
      kind: 'failed',
      code: 'network-unreachable',
      isWorthRepeating: true,
    });
    expect(await readOn()).toBe(2);
    expect(stage.world.list.pages).toHaveLength(1);
    expect(await due()).toBe(many);
  }, 60_000);

  it('loses nobody when that job is lost too: the next reading finds the rest', async () => {
    await blockMany();
    await stage.world.check();
    await sql`delete from graphile_worker._private_jobs`.execute(stage.deps.db);
    await stage.world.check();
    await readOn();
    expect(await due()).toBe(many);
    expect((await list())?.checkedAt).not.toBeNull();
  }, 60_000);
});
