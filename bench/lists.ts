import { ask, askPage, referencePath } from './support/ask.ts';
import { flag, percentile, report } from './support/figures.ts';
import { startBenchPostgres, withClient } from './support/postgres.ts';
import { type BenchServer, startBenchServer } from './support/server.ts';
import { type BenchWorkspace, makeWorkspace } from './support/workspace.ts';

/**
 * Conversation page and message page through the API, with 1,000,000 messages in 50,000 conversations against 100,000
 * messages in 5,000, page one and deep pages, one client; beside them a request that reads one row, which tells what the machine
 * itself takes.
 */
const rounds = flag('rounds', 400);

const fill = (url: string, workspace: BenchWorkspace, conversations: number): Promise<void> =>
  withClient(url, async (client) => {
    const ids = [workspace.workspaceId, workspace.channelId];
    await client.query(
      `create table bench_thread as
         select n, gen_random_uuid() as contact, gen_random_uuid() as conversation from generate_series(1, $1) n`,
      [conversations],
    );
    await client.query(
      `insert into contact (workspace_id, id, profile_name) select $1, contact, 'Cliente ' || n from bench_thread`,
      [ids[0]],
    );
    await client.query(
      `insert into contact_identity (workspace_id, id, contact_id, kind, match_key, value)
       select $1, gen_random_uuid(), contact, 'phone', 'phone:' || (5511900000000 + n), (5511900000000 + n)::text
         from bench_thread`,
      [ids[0]],
    );
    await client.query(
      `insert into conversation (workspace_id, id, contact_id, channel_id, last_activity_at, last_inbound_at, unread_count)
       select $1, conversation, contact, $2, clock_timestamp() - n * interval '7 seconds',
              clock_timestamp() - n * interval '7 seconds', n % 3 from bench_thread`,
      ids,
    );
    await client.query(
      `insert into message (workspace_id, id, conversation_id, contact_id, channel_id, direction, kind, text,
                            external_id, status, at)
       select $1, gen_random_uuid(), t.conversation, t.contact, $2, case when k % 2 = 0 then 'in' else 'out' end, 'text',
              'Bom dia, o meu pedido já saiu para entrega? ' || repeat('x', (n + k) % 80), 'wamid.' || n || '.' || k,
              case when k % 2 = 0 then 'received' else 'read' end,
              clock_timestamp() - n * interval '7 seconds' - k * interval '5 minutes'
         from bench_thread t, generate_series(1, 20) k`,
      ids,
    );
    await client.query(
      `update conversation v set last_message_id = m.id
         from (select distinct on (conversation_id) conversation_id, id from message
                order by conversation_id, at desc) m where m.conversation_id = v.id`,
    );
    await client.query(
      `insert into block (workspace_id, id, contact_id, reason, started_by_kind)
       select $1, gen_random_uuid(), contact, 'spam', 'system' from bench_thread where n % 50 = 0`,
      [ids[0]],
    );
    await client.query('vacuum analyze');
  });

interface Page {
  readonly items: { readonly id: string }[];
  readonly nextCursor: string | null;
}

interface Subject {
  readonly server: BenchServer;
  readonly apiKey: string;
  readonly conversationMs: number[];
  readonly messageMs: number[];
  readonly referenceMs: number[];
  cursor: string;
}

const get = ({ server, apiKey }: Subject, path: string) =>
  askPage<Page>({ url: server.url, apiKey }, path);

const measureRound = async (subject: Subject, round: number): Promise<void> => {
  const { page, ms } = await get(subject, `/conversations?view=all&limit=50${subject.cursor}`);
  const id = page.items[round % page.items.length]?.id ?? '';
  const thread = await get(subject, `/conversations/${id}/messages?limit=50`);
  const reference = await ask({ url: subject.server.url, apiKey: subject.apiKey }, referencePath);
  // The first rounds warm up plans and caches.
  if (round >= rounds / 10) {
    subject.referenceMs.push(reference.ms);
    subject.conversationMs.push(ms);
    subject.messageMs.push(thread.ms);
  }
  // Forty pages deep, then from the top again.
  subject.cursor =
    page.nextCursor === null || round % 40 === 39 ? '' : `&cursor=${page.nextCursor}`;
};

const postgres = await startBenchPostgres();
try {
  const subjects: Subject[] = [];
  for (const conversations of [5_000, 50_000]) {
    const url = await postgres.makeDatabase(`guarita_bench_${conversations}`);
    const workspace = await makeWorkspace(url);
    await fill(url, workspace, conversations);
    const server = await startBenchServer(url, { GUARITA_ROLES: 'web' });
    const { apiKey } = workspace;
    subjects.push({
      ...{ server, apiKey, cursor: '' },
      ...{ conversationMs: [], messageMs: [], referenceMs: [] },
    });
  }
  const [small, large] = subjects;
  if (small === undefined || large === undefined) {
    throw new Error('nothing was measured');
  }
  // Turn by turn: whatever else the machine does falls on both.
  for (let round = 0; round < rounds; round += 1) {
    await measureRound(small, round);
    await measureRound(large, round);
  }
  await Promise.all(subjects.map((subject) => subject.server.stop()));
  const figures = {
    conversationP50Ms: percentile(large.conversationMs, 50),
    conversationP99Ms: percentile(large.conversationMs, 99),
    conversationP50SmallMs: percentile(small.conversationMs, 50),
    messageP50Ms: percentile(large.messageMs, 50),
    messageP99Ms: percentile(large.messageMs, 99),
    messageP50SmallMs: percentile(small.messageMs, 50),
    referenceP50Ms: percentile(large.referenceMs, 50),
    referenceP99Ms: percentile(large.referenceMs, 99),
  };
  const conversationRatio = figures.conversationP50Ms / figures.conversationP50SmallMs;
  const messageRatio = figures.messageP50Ms / figures.messageP50SmallMs;
  report(
    'lists',
    {
      ratio: Math.max(conversationRatio, messageRatio),
      conversationRatio,
      messageRatio,
      ...figures,
    },
    [
      { text: 'conversation page p50 <= 1.5 x at 100,000', isMet: conversationRatio <= 1.5 },
      { text: 'message page p50 <= 1.5 x at 100,000', isMet: messageRatio <= 1.5 },
      { text: 'conversation page p99 <= 10 ms', isMet: figures.conversationP99Ms <= 10 },
      { text: 'message page p99 <= 10 ms', isMet: figures.messageP99Ms <= 10 },
    ],
  );
} finally {
  await postgres.stop();
}
