import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as fixtures from '#channels/whatsapp/server/testing/fixtures.ts';
import * as rows from '#channels/whatsapp/server/testing/sheet-rows.ts';
import type { Contact } from '#features/contacts/contract.ts';
import type { Conversation } from '#features/conversations/contract.ts';
import { type Simulator, startSimulator } from '../../../simulator/start-simulator.ts';
import { changeFor, deliver } from './testing/signed-webhook.ts';
import { expectSilence } from './testing/silent-log.ts';
import { startTestApp, startTestServer, type TestServer } from './testing/test-app.ts';
import { aTestWorkspace, type TestWorkspace } from './testing/test-workspace.ts';

type Json = Record<string, unknown>;
type TestHttp = Pick<TestServer, 'http'>;

/** As _Nova conversa_ and the list of people ask. */
const find = async (app: TestHttp, { team }: TestWorkspace, typed: string): Promise<Contact[]> => {
  const url = `/api/v1/contacts?search=${encodeURIComponent(typed)}`;
  return ((await app.http(url, team.agent)).json as { items: Contact[] }).items;
};

const conversations = async (app: TestHttp, { team }: TestWorkspace): Promise<Conversation[]> =>
  (
    (await app.http('/api/v1/conversations?limit=100', team.agent)).json as {
      items: Conversation[];
    }
  ).items;

describe('the address book, by the signed door', () => {
  it('is a name and no conversation; what is broken in it is counted, nothing of it logged', async () => {
    const app = await startTestApp();
    try {
      const { a } = app;
      const tell = async (...entries: readonly unknown[]) => {
        const change = changeFor(a.number, 'smb_app_state_sync', { state_sync: entries });
        expect((await deliver(app.http, a.number, change)).status).toBe(200);
      };
      const [added, removed] = rows.addressBook['state_sync'] as Json[];
      const before = await conversations(app, a);
      await tell(added);
      expect(await find(app, a, 'BIA li')).toMatchObject([
        { name: 'Bia Lima', addressBookName: 'Bia Lima', phone: '+5521999990000' },
      ]);
      expect(await find(app, app.b, 'bia')).toEqual([]);
      await tell(added, removed);
      expect(await find(app, a, 'bia')).toMatchObject([
        { name: '@bia.lima', addressBookName: null },
      ]);
      await tell({ ...added, type: 'group' }, { ...added, action: 'merge' }, null, fixtures.echoes);
      expect(await conversations(app, a)).toEqual(before);
      const { rows: counters } = await sql`select name, occurrences::int as n from channel_counter
        where channel_id = ${a.number.channelId} and name like 'contact-sync%' order by 1`.execute(
        app.deps.db,
      );
      expect(counters).toEqual([
        { name: 'contact-sync-action-other', n: 1 },
        { name: 'contact-sync-other-type', n: 3 },
      ]);
      expectSilence(app.logLines, [a, app.b], 'Bia Lima', 'bia.lima', '5521999990000');
    } finally {
      await app.close();
    }
  });

  it('of a thousand people is answered within the time WhatsApp waits', async () => {
    const app = await startTestApp();
    try {
      const entries = Array.from({ length: 1_000 }, (_, n) => ({
        type: 'contact',
        contact: {
          full_name: `Cliente número ${n}`,
          phone_number: `55219${String(60_000_000 + n)}`,
          user_id: `BR.77${n}`,
        },
        action: 'add',
        metadata: { timestamp: String(Math.floor(Date.now() / 1000)) },
      }));
      const change = changeFor(app.a.number, 'smb_app_state_sync', { state_sync: entries });
      const begin = performance.now();
      expect((await deliver(app.http, app.a.number, change)).status).toBe(200);
      expect(performance.now() - begin).toBeLessThan(5_000);
      expect(await find(app, app.a, 'cliente número 999')).toHaveLength(1);
    } finally {
      await app.close();
    }
  });
});

describe('the address book of a simulated phone', () => {
  let simulator: Simulator;
  let server: TestServer;
  let workspace: TestWorkspace;
  const ana = '5511987650001';

  beforeAll(async () => {
    const channel = {
      phoneNumberId: '100000000000001',
      wabaId: '200000000000001',
      displayPhoneNumber: '5511900000001',
      appSecret: 'app-secret-of-1',
      verifyToken: 'verify-token-of-1',
      accessToken: 'access-token-of-1',
    };
    simulator = await startSimulator({ port: 0, webhookUrl: null, channels: [channel] });
    server = await startTestServer({ env: { GRAPH_API_URL: simulator.url } });
    workspace = await aTestWorkspace(server.deps, server.http, 1, 1);
    simulator.setWebhookUrl(`${server.url}/webhooks/whatsapp`);
  }, 60_000);
  afterAll(async () => {
    await server.close();
    await simulator.close();
  });

  /** Resolves after our webhook has answered. */
  const happens = async (what: object): Promise<void> => {
    const response = await fetch(`${simulator.url}/_sim/inbound`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ from: ana, name: 'ana ✨', wait: true, ...what }),
    });
    expect(await response.json()).toMatchObject({ lastStatus: 200 });
  };
  const saved = (bookName: string) => happens({ type: 'contact_sync', bookName });
  const shown = async () => (await conversations(server, workspace))[0]?.contactName;

  it('names people before they write, and the first message shows it', async () => {
    await saved('Ana do bolo');
    expect(await find(server, workspace, 'ana do bolo')).toHaveLength(1);
    await happens({ text: 'oi' });
    expect(await shown()).toBe('Ana do bolo');
  });

  it('gives way to a name of the team, and to the person’s own once it is gone', async () => {
    const [contact] = await find(server, workspace, 'ana do bolo');
    const rename = (givenName: string | null) =>
      server.http(`/api/v1/contacts/${contact?.id}`, {
        ...workspace.team.agent,
        method: 'PATCH',
        body: { givenName },
      });
    expect((await rename('Dona Ana')).json).toMatchObject({
      name: 'Dona Ana',
      addressBookName: 'Ana do bolo',
    });
    await saved('Ana bolos e doces');
    expect(await shown()).toBe('Dona Ana');
    await rename(null);
    expect(await shown()).toBe('Ana bolos e doces');
    const query = `area=contacts&subjectId=${contact?.id}`;
    const log = await server.http(`/api/v1/audit-events?${query}`, workspace.team.administrator);
    const { items } = log.json as { items: { action: string }[] };
    expect(items.map(({ action }) => action)).toEqual(['contacts.renamed', 'contacts.renamed']);
    expect(log.text).not.toMatch(/Dona|bolo/);
    await happens({ type: 'contact_sync', contactAction: 'remove' });
    expect(await shown()).toBe('ana ✨');
  });

  it('is the name in the list of blocks, and changes no more while the block is there', async () => {
    await saved('Ana do bolo');
    const [contact] = await find(server, workspace, 'ana do bolo');
    const { administrator } = workspace.team;
    await server.http(`/api/v1/contacts/${contact?.id}/block`, {
      ...administrator,
      method: 'PUT',
      body: { reason: 'offense' },
    });
    await saved('Ana que ofende');
    await happens({ type: 'contact_sync', contactAction: 'remove' });
    const { items } = (await server.http('/api/v1/blocks', administrator)).json as {
      items: { contactId: string; contactName: string; attempts: { total: number } }[];
    };
    expect(items.find(({ contactId }) => contactId === contact?.id)).toMatchObject({
      contactName: 'Ana do bolo',
      attempts: { total: 0 },
    });
  });
});
