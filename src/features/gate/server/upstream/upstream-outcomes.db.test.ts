import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { ListOutcome } from '#channels/block-list-port.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { block, unblock } from '../testing.ts';
import { nextRound, recordRound } from './apply-upstream.ts';
import { noteHealing, noteIdentities } from './heal-store.ts';
import { findStillListed } from './still-listed-queries.ts';
import { aListStage } from './testing/list-stage.ts';

const stage = aListStage();

const blocked = async (contactId: string, more: object = {}) =>
  block(stage.deps, stage.world.admin, contactId, more);

describe('what WhatsApp answers', () => {
  const refused = (
    why: 'waiting-for-message' | 'list-full' | 'not-supported' | 'failed',
    n: number,
  ): ListOutcome => ({
    kind: 'refused',
    why,
    code: `whatsapp-${n}`,
  });

  it.each([
    ['waiting-for-message', 131_047],
    ['list-full', 139_101],
    ['not-supported', 100],
    ['failed', 131_021],
  ] as const)('%s is shown with its code and not asked for again', async (why, code) => {
    const contactId = await stage.world.aContact();
    await blocked(contactId);
    stage.world.list.answers.push(refused(why, code));
    await stage.world.apply();
    await stage.world.apply();
    expect(stage.world.list.calls).toHaveLength(1);
    const [shown] = (await stage.world.shownOf(contactId)) ?? [];
    expect(shown).toMatchObject({ state: why, code: `whatsapp-${code}` });
    expect(shown?.triedAt).not.toBeNull();
    await unblock(stage.deps, stage.world.admin, contactId);
    await stage.world.apply();
    expect(await stage.world.rowsOf(contactId)).toEqual([]);
  });

  it('part of the work is recorded as that', async () => {
    const contacts = [await stage.world.aContact(), await stage.world.aContact()];
    for (const contactId of contacts) {
      await blocked(contactId);
    }
    const outcomes = [{ kind: 'done' } as const, refused('waiting-for-message', 131_047)];
    stage.world.list.answers.push({ outcomes, restMs: null });
    await stage.world.apply();
    const states = await Promise.all(contacts.map((id) => stage.world.rowsOf(id)));
    expect(
      states
        .flat()
        .map((row) => row.state)
        .sort(),
    ).toEqual(['applied', 'waiting-for-message']);
  });

  it('an answer that never came is asked again, until one comes', async () => {
    const contactId = await stage.world.aContact();
    await blocked(contactId);
    stage.world.list.answers.push({ kind: 'unknown' }, { kind: 'unknown' });
    await stage.world.apply();
    expect(stage.world.list.calls).toHaveLength(3);
    expect(await stage.world.rowsOf(contactId)).toMatchObject([{ state: 'applied', isDue: false }]);
  });

  it('after eight tries without an end it says so, and an unblock still asks for the removal', async () => {
    const contactId = await stage.world.aContact();
    await blocked(contactId);
    stage.world.list.answers.push(
      ...Array.from({ length: 8 }, () => ({ kind: 'unknown' }) as const),
    );
    await stage.world.apply();
    expect(stage.world.list.calls).toHaveLength(8);
    expect(await stage.world.shownOf(contactId)).toMatchObject([
      { state: 'failed', code: 'no-answer' },
    ]);
    await unblock(stage.deps, stage.world.admin, contactId);
    await stage.world.apply();
    expect(stage.world.list.calls.at(-1)?.verb).toBe('unblock');
  });

  it('asked to wait, the number is left alone, whatever is blocked meanwhile', async () => {
    const contactId = await stage.world.aContact();
    await blocked(contactId);
    const outcomes = [{ kind: 'retry', code: 'whatsapp-130429' } as const];
    stage.world.list.answers.push({ outcomes, restMs: 60_000 });
    await stage.world.apply();
    await blocked(await stage.world.aContact());
    await stage.world.apply();
    expect(stage.world.list.calls).toHaveLength(1);
    expect(await stage.world.shownOf(contactId)).toMatchObject([{ state: 'pending' }]);
    const { rows } = await sql<{ seconds: number }>`
      select extract(epoch from run_at - now())::float8 as seconds from graphile_worker.jobs
       where key = ${`upstream:${stage.world.channelId}`}`.execute(stage.deps.db);
    expect(rows[0]?.seconds).toBeGreaterThan(50);
    await sql`update upstream_list set rest_until = clock_timestamp() - interval '1 second'`.execute(
      stage.deps.db,
    );
    await stage.world.apply();
    expect(stage.world.list.listed.size).toBe(2);
  });

  it('when somebody leaves a full list, those that waited for room are tried', async () => {
    const [first, second] = [await stage.world.aContact(), await stage.world.aContact()];
    await blocked(first);
    await stage.world.apply();
    await blocked(second);
    stage.world.list.answers.push(refused('list-full', 139_101));
    await stage.world.apply();
    expect(await stage.world.shownOf(second)).toMatchObject([{ state: 'list-full' }]);
    await unblock(stage.deps, stage.world.admin, first);
    await stage.world.apply();
    expect(await stage.world.shownOf(second)).toMatchObject([{ state: 'applied' }]);
  });

  it('a removal that WhatsApp could not be asked for is asked for again when its list is read', async () => {
    const contactId = await stage.world.aContact();
    await blocked(contactId);
    await stage.world.apply();
    await unblock(stage.deps, stage.world.admin, contactId);
    stage.world.list.answers.push(
      ...Array.from({ length: 8 }, () => ({ kind: 'unknown' }) as const),
    );
    await stage.world.apply();
    expect(stage.world.list.calls).toHaveLength(9);
    const { rows } = await sql`select 1 from upstream_stranger
      where channel_id = ${stage.world.channelId}`.execute(stage.deps.db);
    expect(rows).toEqual([]);
    expect(stage.world.list.listed.size).toBe(1);
    await sql`update upstream_block set tried_at = tried_at - interval '1 minute'`.execute(
      stage.deps.db,
    );
    await stage.world.check();
    await stage.world.apply();
    expect(stage.world.list.listed.size).toBe(0);
  });

  it('a removal that is refused of that person is left to a person', async () => {
    const contactId = await stage.world.aContact();
    await blocked(contactId);
    await stage.world.apply();
    await unblock(stage.deps, stage.world.admin, contactId);
    stage.world.list.answers.push(refused('failed', 131_009));
    await stage.world.apply();
    const { rows } = await sql<{ code: string; contactId: string }>`
      select code, contact_id as "contactId" from upstream_stranger where channel_id = ${stage.world.channelId}`.execute(
      stage.deps.db,
    );
    expect(rows).toEqual([{ code: 'whatsapp-131009', contactId }]);
    // Whoever looks at the contact sees that the unblock has not come through there.
    const stillListed = () => findStillListed(stage.deps.db, stage.world.workspaceId, contactId);
    expect(await stillListed()).toEqual([
      {
        ...{ channelId: stage.world.channelId, channelName: 'Loja', isRemoving: false },
        ...{ code: 'whatsapp-131009', triedAt: expect.any(String) },
      },
    ]);
    await blocked(contactId);
    expect(await stillListed()).toEqual([]);
    await stage.world.apply();
    await unblock(stage.deps, stage.world.admin, contactId);
    expect(await stillListed()).toMatchObject([{ isRemoving: true }]);
    await stage.world.apply();
    expect(await stillListed()).toEqual([]);
  });
});

describe('somebody who writes though WhatsApp said that the block is applied', () => {
  const applied = async (): Promise<string> => {
    const contactId = await stage.world.aContact();
    await blocked(contactId);
    await stage.world.apply();
    expect(await stage.world.shownOf(contactId)).toMatchObject([{ state: 'applied' }]);
    return contactId;
  };
  const writes = async (contactId: string): Promise<void> => {
    await inTx(stage.deps, stage.world.admin, (ctx) =>
      noteHealing(ctx.tx, [{ ...stage.world.place, contactId }]),
    );
    await stage.world.heal(contactId);
  };
  const keptState = async (contactId: string): Promise<unknown> =>
    (
      await sql`select upstream_state as state from block where contact_id = ${contactId}`.execute(
        stage.deps.db,
      )
    ).rows;

  it.each<ListOutcome>([{ kind: 'unknown' }, { kind: 'retry', code: 'whatsapp-80007' }])(
    'is shown as not applied until WhatsApp says so again: %j',
    async (outcome) => {
      const contactId = await applied();
      await writes(contactId);
      expect(await stage.world.shownOf(contactId)).toMatchObject([
        { state: 'pending', code: null },
      ]);
      stage.world.list.answers.push({ outcomes: [outcome], restMs: 60_000 });
      await stage.world.apply();
      expect(await stage.world.shownOf(contactId)).toMatchObject([{ state: 'pending' }]);
      expect(await keptState(contactId)).toEqual([{ state: 'pending' }]);
      await sql`update upstream_list set rest_until = null`.execute(stage.deps.db);
      await stage.world.apply();
      expect(await stage.world.shownOf(contactId)).toMatchObject([{ state: 'applied' }]);
    },
  );

  it('is so even when a try from before comes to nothing', async () => {
    const contactId = await applied();
    await sql`update upstream_block set is_due = true where contact_id = ${contactId}`.execute(
      stage.deps.db,
    );
    const next = await inTx(stage.deps, stage.world.admin, (ctx) =>
      nextRound(ctx, stage.world.place),
    );
    await writes(contactId);
    await inTx(stage.deps, stage.world.admin, async (ctx) => {
      const nothing = { outcomes: [{ kind: 'unknown' } as const], restMs: 60_000 };
      if (next.kind === 'round') await recordRound(ctx, stage.world.place, next.round, nothing);
    });
    expect(next.kind).toBe('round');
    expect(await stage.world.shownOf(contactId)).toMatchObject([{ state: 'pending' }]);
  });

  it('but not for a name that was learnt, of which WhatsApp has said nothing', async () => {
    const contactId = await applied();
    await sql`update upstream_block set tried_at = tried_at - interval '1 day'`.execute(
      stage.deps.db,
    );
    await inTx(stage.deps, stage.world.admin, (ctx) =>
      noteIdentities(ctx.tx, stage.world.workspaceId, [contactId]),
    );
    await stage.world.heal(contactId);
    expect(await stage.world.rowsOf(contactId)).toMatchObject([{ state: 'applied', isDue: true }]);
  });

  it('nor for a name that its person left behind, which is asked for no more', async () => {
    const contactId = await applied();
    await sql`update contact_identity set is_former = true where contact_id = ${contactId}`.execute(
      stage.deps.db,
    );
    await writes(contactId);
    expect(await stage.world.rowsOf(contactId)).toMatchObject([{ state: 'applied' }]);
  });
});
