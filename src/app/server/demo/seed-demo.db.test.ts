import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { removeAccount } from '#channels/whatsapp/server/number-store.ts';
import { isPasswordOf } from '#features/accounts/server/password.ts';
import { readProtection } from '#features/reports/server/index.ts';
import { systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { demoNumber, demoPassword } from './demo-people.ts';
import { type DemoPhone, listDemoPhones } from './demo-queries.ts';
import { type DemoState, seedDemo } from './seed-demo.ts';
import { talks } from './talks/all-talks.ts';
import { harasser } from './talks/harasser.ts';
import { incidents } from './talks/improper.ts';

const countOf = async (deps: TestDeps, query: string): Promise<number> => {
  const { rows } = await deps.pool.query<{ count: number }>(`select count(*) as count ${query}`);
  return Number(rows[0]?.count);
};

/** The customer's messages since our last one, in any conversation `v`. */
const unanswered = `(select m.* from message m
  where m.conversation_id = v.id and m.direction = 'in' and m.at > coalesce(
    (select max(o.at) from message o where o.conversation_id = v.id and o.direction = 'out'), '-infinity'))`;

describe('an empty installation', () => {
  let deps: TestDeps;
  let states: DemoState[];
  let took: number;

  beforeAll(async () => {
    deps = await openTestDeps();
    const began = performance.now();
    states = await Promise.all([seedDemo(deps), seedDemo(deps)]);
    took = performance.now() - began;
  });

  afterAll(() => deps.close());

  it('is filled once, however many processes start together', async () => {
    expect(states.toSorted()).toEqual(['present', 'seeded']);
    expect(await seedDemo(deps)).toBe('present');
    expect(await countOf(deps, 'from workspace')).toBe(1);
    expect(took).toBeLessThan(4_000);
  });

  it('lets the four people sign in with the password that is printed', async () => {
    const { rows } = await deps.pool.query<{ email: string; role: string; password: string }>(
      `select u.email, m.role, a.password from "user" u join account a on a."userId" = u.id
         join member m on m.user_id = u.id order by u.email`,
    );
    expect(rows.map(({ email, role }) => [email, role])).toEqual([
      ['admin@demo.guarita.example', 'administrator'],
      ['atendente1@demo.guarita.example', 'agent'],
      ['atendente2@demo.guarita.example', 'agent'],
      ['moderacao@demo.guarita.example', 'moderator'],
    ]);
    for (const { password } of rows) {
      expect(await isPasswordOf(password, demoPassword)).toBe(true);
    }
  });

  it('holds two weeks of conversations in every state', async () => {
    expect(await countOf(deps, 'from conversation')).toBe(talks.length);
    expect(talks.length).toBeGreaterThanOrEqual(40);
    const open = `from conversation v where v.status = 'open'`;
    expect(await countOf(deps, `${open} and v.assignee_id is null`)).toBeGreaterThanOrEqual(8);
    expect(
      await countOf(
        deps,
        `from (select 1 ${open} and v.assignee_id is not null
      group by v.assignee_id) s`,
      ),
    ).toBe(4);
    expect(await countOf(deps, `from conversation where status = 'resolved'`)).toBeGreaterThan(15);
    expect(await countOf(deps, `${open} and v.unread_count > 0`)).toBeGreaterThanOrEqual(8);
    expect(
      await countOf(
        deps,
        `${open} and v.last_inbound_at < clock_timestamp() - interval '24 hours'`,
      ),
    ).toBeGreaterThan(0);
    expect(
      await countOf(
        deps,
        `from message where at > clock_timestamp() or at < clock_timestamp() - interval '14 days 12 hours'`,
      ),
    ).toBe(0);
  });

  it('shows ticks, failures, quotes, forwards, corrections, reactions and lines of the team', async () => {
    for (const status of ['sent', 'delivered', 'read', 'failed']) {
      expect(
        await countOf(deps, `from message where direction = 'out' and status = '${status}'`),
      ).toBeGreaterThan(0);
    }
    expect(await countOf(deps, 'from message where reply_to_id is not null')).toBeGreaterThan(3);
    expect(
      await countOf(
        deps,
        'from message where reply_to_external_id is not null and reply_to_id is null',
      ),
    ).toBe(0);
    expect(
      await countOf(
        deps,
        `from message m join message o on o.id = m.forwarded_from and o.text = m.text`,
      ),
    ).toBe(1);
    expect(
      await countOf(deps, `from message where payload @> '{"isFrequentlyForwarded": true}'`),
    ).toBe(1);
    expect(await countOf(deps, 'from message where edited_at is not null')).toBe(1);
    expect(await countOf(deps, 'from message_reaction')).toBeGreaterThan(5);
    expect(await countOf(deps, `from message where kind = 'activity'`)).toBeGreaterThan(40);
  });

  it('leaves every conversation as its history says', async () => {
    const wrong = await countOf(
      deps,
      `from conversation v cross join lateral (
         select m.id, m.at from message m where m.conversation_id = v.id and m.direction in ('in', 'out')
          order by m.at desc, m.id desc limit 1) last
        where v.last_message_id is distinct from last.id or v.last_activity_at is distinct from last.at
           or v.last_inbound_at is distinct from (
                -- What was removed has forgotten when the channel had it.
                select max(case when m.removed_at is null then m.provider_at else date_trunc('second', m.at) end)
                  from message m where m.conversation_id = v.id and m.direction = 'in')
           or v.waiting_since is distinct from case when v.status = 'open'
                then (select min(u.at) from ${unanswered} u) end
           or v.unread_count > (select count(*) from ${unanswered} u)
           or (v.status = 'resolved' and v.unread_count > 0)`,
    );
    expect(wrong).toBe(0);
    // Nothing of the past is still to be sent.
    expect(await countOf(deps, `from message where status in ('queued', 'sending')`)).toBe(0);
  });

  it('has the contact who does not stop on top of the queue, not blocked', async () => {
    const { rows } = await deps.pool.query<{
      name: string;
      unread: number;
      assignee: string | null;
    }>(
      `select c.profile_name as name, v.unread_count as unread, v.assignee_id as assignee
         from conversation v join contact c on c.id = v.contact_id
        order by v.last_activity_at desc limit 1`,
    );
    expect(rows).toEqual([{ name: harasser.name, unread: 6, assignee: null }]);
    expect(
      await countOf(
        deps,
        `from block b join contact_identity i on i.contact_id = b.contact_id where i.value = '${harasser.phone}'`,
      ),
    ).toBe(0);
  });

  it('has met what the report on protection tells of, and nothing of it waits', async () => {
    const { rows } = await deps.pool.query<{ id: string }>('select id from workspace');
    const report = await readProtection(deps.db, rows[0]?.id ?? '', {});
    expect(report.incidents.removalRequests).toMatchObject({ total: incidents.length });
    expect(report.incidents.removalRequests.counts.filter((count) => count > 0)).toHaveLength(7);
    expect(report.incidents.blocks.total).toBe(4);
    expect(report.times.toDecision).toMatchObject({ count: 7, medianMs: 45 * 60_000, overdue: 0 });
    expect(report.times.toBlock).toMatchObject({ count: 3, waiting: 0 });
    expect(report.blocks.attempts).toEqual({ atLeast: 24, atMost: 24 });
    expect(await countOf(deps, `from message where text like '%sem roupa%'`)).toBe(0);
  });

  it('tells the simulator what stands on the phones', async () => {
    const phones = await listDemoPhones(deps.db, demoNumber.phoneNumberId);
    expect(phones).toHaveLength(talks.length);
    const last: DemoPhone | undefined = phones.at(-1);
    expect(last).toMatchObject({ phone: harasser.phone, name: harasser.name });
    expect(last?.lines.at(-1)).toMatchObject({ direction: 'in', isAnswered: false });
    expect(last?.lines.at(0)).toMatchObject({ direction: 'in', isAnswered: true });
    expect(Date.now() - (last?.lastInboundAt?.getTime() ?? 0)).toBeLessThan(5 * 60_000);
  });

  it('has its number again at the next start, with all that was said, after somebody disconnected it', async () => {
    const { rows } = await deps.pool.query<{ workspaceId: string; channelId: string }>(
      'select workspace_id as "workspaceId", id as "channelId" from channel',
    );
    const [place] = rows;
    if (place === undefined) throw new Error('the demonstration has no number');
    const actor = systemActor(place.workspaceId);
    expect(await inTx(deps, actor, ({ tx }) => removeAccount(tx, place))).toBe(true);
    const again = await Promise.all([seedDemo(deps), seedDemo(deps)]);
    expect(again).toEqual(['present', 'present']);
    expect(await countOf(deps, 'from channel where disconnected_at is null')).toBe(1);
    expect(await countOf(deps, 'from channel')).toBe(1);
    expect(await listDemoPhones(deps.db, demoNumber.phoneNumberId)).toHaveLength(talks.length);
  });
});

it('leaves an installation alone that is somebody’s own', async () => {
  const deps = await openTestDeps();
  try {
    await aWorkspace(deps.db);
    expect(await seedDemo(deps)).toBe('other');
    expect(await countOf(deps, 'from contact')).toBe(0);
    expect(await countOf(deps, 'from "user"')).toBe(0);
  } finally {
    await deps.close();
  }
});
