import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { createLog } from '#platform/server/log.ts';
import { aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { newId } from '#platform/shared/ids.ts';
import type { MessageItem } from '../../channel.ts';
import { createIngest, type Ingest } from './accept-webhook.ts';
import { connectNumber } from './connect-number.ts';

let deps: TestDeps;
let ingest: Ingest;
let workspaceId: string;
let channelId: string;
let logLines: string[];
let phones = 0;

beforeAll(async () => {
  deps = await openTestDeps();
  workspaceId = await aWorkspace(deps.db);
  const number = {
    ...{ name: 'Loja', displayNumber: '5511900000000', phoneNumberId: '1', wabaId: '2' },
    ...{ accessToken: 't', appSecret: 's', verifyToken: 'v' },
  };
  channelId = await inTx(deps, systemActor(workspaceId), (ctx) => connectNumber(ctx, number));
  // A text `falha CODE COUNT` is refused with this SQLSTATE, COUNT times; what a sequence counts no rollback undoes.
  await sql`create sequence failures`.execute(deps.db);
  await sql`create function fail_on_demand() returns trigger language plpgsql as $$
    declare parts text[] := string_to_array(new.text, ' ');
    begin
      if parts[1] = 'falha' and nextval('failures') <= parts[3]::int then
        raise exception 'Failing row contains %', new.text using errcode = parts[2];
      end if;
      return new;
    end $$`.execute(deps.db);
  await sql`create trigger fail_on_demand before insert on message
    for each row execute function fail_on_demand()`.execute(deps.db);
});
afterAll(() => deps.close());

beforeEach(async () => {
  logLines = [];
  const log = createLog('trace', { write: (line) => logLines.push(line) });
  ingest = createIngest({ ...deps, log });
  await sql`select setval('failures', 1, false)`.execute(deps.db);
});

const aText = (text: string): MessageItem => {
  phones += 1;
  return {
    type: 'message',
    direction: 'in',
    workspaceId,
    channelId,
    externalId: newId(),
    timestamp: Math.floor(Date.now() / 1000),
    person: { phone: `55119${String(80_000_000 + phones)}` },
    names: {},
    content: { kind: 'text', text },
    isHistory: false,
  };
};

const stored = async (...items: MessageItem[]): Promise<(string | null)[]> => {
  const found: (string | null)[] = [];
  for (const { externalId } of items) {
    const { rows } = await sql<{ kind: string; text: string | null }>`
      select kind, text from message where external_id = ${externalId}`.execute(deps.db);
    found.push(rows[0] === undefined ? null : (rows[0].text ?? rows[0].kind));
  }
  return found;
};

const counted = async (name: string): Promise<number> => {
  const { rows } = await sql<{ n: number }>`select coalesce(sum(occurrences), 0)::int as n
    from channel_counter where channel_id = ${channelId} and name = ${name}`.execute(deps.db);
  return rows[0]?.n ?? -1;
};

const always = 1_000_000;

describe('an item that cannot be stored', () => {
  it.each(['22021', '23514', '54000'])(
    'because of its data (%s) loses its content',
    async (code) => {
      const [bad, good] = [aText(`falha ${code} ${always}`), aText('oi')];
      await ingest.submit([bad, good]);
      expect(await stored(bad, good)).toEqual(['unsupported', 'oi']);
    },
  );

  it.each(['40P01', '40001', '55P03', '57014'])(
    'because of what passes (%s) is tried again and keeps its content',
    async (code) => {
      const item = aText(`falha ${code} 4`);
      await ingest.submit([item]);
      expect(await stored(item)).toEqual([item.content.text]);
    },
  );

  it.each(['40P01', '55P03', '53200', 'XX000', 'P0001'])(
    'for another reason (%s) comes again whole; the others of its webhook are stored',
    async (code) => {
      const [bad, good] = [aText(`falha ${code} ${always}`), aText('oi')];
      const lost = ingest.submit([bad, good]);
      await expect(lost).rejects.toMatchObject({ code: 'unavailable', status: 503 });
      expect(await stored(bad, good)).toEqual([null, 'oi']);
      expect(logLines.join('')).toContain('"level":50');
      await sql`select setval('failures', ${always})`.execute(deps.db);
      await ingest.submit([bad, good]);
      expect(await stored(bad, good)).toEqual([bad.content.text, 'oi']);
    },
  );

  it('because the second wall is closed is counted, and nothing of it is kept', async () => {
    const [bad, good] = [aText(`falha GT001 ${always}`), aText('oi')];
    const before = await counted('refused-by-second-wall');
    await ingest.submit([bad, good]);
    expect(await stored(bad, good)).toEqual([null, 'oi']);
    expect(await counted('refused-by-second-wall')).toBe(before + 1);
    expect(logLines.join('')).toContain('"level":50');
  });

  it('does not keep the rest of a long webhook, which is stored in pieces, from being stored', async () => {
    const [bad, good] = [aText(`falha 40P01 ${always}`), aText('oi')];
    const rest = Array.from({ length: 2_300 }, () => ({
      type: 'counted' as const,
      ...{ workspaceId: good.workspaceId, channelId: good.channelId, name: 'long-webhook' },
    }));
    const batches = ingest.figures.batches;
    const lost = ingest.submit([bad, ...rest, good]);
    await expect(lost).rejects.toMatchObject({ code: 'unavailable', status: 503 });
    expect(ingest.figures).toMatchObject({ batches: batches + 3, waitingItems: 0 });
    expect(await stored(bad, good)).toEqual([null, 'oi']);
    expect(await counted('long-webhook')).toBe(2_300);
  });

  it('tells nothing of itself in the log', async () => {
    await ingest.submit([aText(`falha 23514 ${always}`)]);
    expect(logLines.join('')).not.toMatch(/falha|Failing|55119/);
  });
});

describe('while a webhook is being stored', () => {
  /** Nobody may write to the contact of this item until the answer is called. */
  const holdContactOf = async (item: MessageItem): Promise<() => Promise<void>> => {
    const client = new pg.Client({ connectionString: deps.databaseUrl });
    await client.connect();
    await client.query('begin');
    const { rows } = await client.query(
      `select c.id from contact c join message m on m.workspace_id = c.workspace_id and m.contact_id = c.id
        where m.external_id = $1 for update of c`,
      [item.externalId],
    );
    expect(rows).toHaveLength(1);
    return async () => {
      await client.query('rollback');
      await client.end();
    };
  };
  const whoWaits = async (): Promise<number> => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(deps.db);
    return rows[0]?.n ?? 0;
  };
  const again = (item: MessageItem, text: string): MessageItem => ({
    ...item,
    externalId: newId(),
    content: { kind: 'text', text },
  });

  it('those of others do not wait for it, and what one person says stays in its order', async () => {
    const [ana, bia] = [aText('oi, aqui é a Ana'), aText('oi, aqui é a Bia')];
    await ingest.submit([ana, bia]);
    const release = await holdContactOf(ana);
    const said = ['um', 'dois', 'três'].map((text) => again(ana, text));
    const [first, ...later] = said.map((item) => () => ingest.submit([item]));
    const waits = first?.();
    await expect.poll(whoWaits, { timeout: 10_000 }).toBe(1);
    const all = Promise.all([waits, ...later.map((submit) => submit())]);
    const other = again(bia, 'e eu?');
    await ingest.submit([other]);
    expect(await stored(other, ...said)).toEqual(['e eu?', null, null, null]);
    await release();
    await all;
    await ingest.drained();
    const { rows } = await sql<{ text: string }>`
      select text from message where external_id = any(${said.map((item) => item.externalId)}) order by at, id`.execute(
      deps.db,
    );
    expect(rows.map(({ text }) => text)).toEqual(['um', 'dois', 'três']);
  });

  // Node counts a timer from the beginning of its turn of the event loop: after a long turn it fires early by so much.
  it('those of others do not wait for it, however long the turn was in which it began', async () => {
    const [ana, bia] = [aText('oi, aqui é a Ana'), aText('oi, aqui é a Bia')];
    await ingest.submit([ana, bia]);
    const release = await holdContactOf(ana);
    setImmediate(() => {
      const until = performance.now() + 60;
      while (performance.now() < until) {
        // The turn is long.
      }
    });
    const waits = ingest.submit([again(ana, 'um')]);
    await nextTurn();
    const other = again(bia, 'e eu?');
    const isStored = ingest.submit([other]).then(() => 'stored');
    const first = await Promise.race([isStored, sleep(2_000, 'waiting')]);
    await release();
    await Promise.all([waits, isStored]);
    expect(first).toBe('stored');
  });
});
