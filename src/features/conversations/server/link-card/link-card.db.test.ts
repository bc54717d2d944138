import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { block, unblock } from '#features/gate/server/testing.ts';
import type { Actor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { findMessages } from '../message-queries.ts';
import { sendMessage } from '../send-message.ts';
import { aChannel, anAction, aPhone, aText, aThread, type Place, receive } from '../testing.ts';
import { linkCardJobs } from './make-link-card.job.ts';

let deps: TestDeps;
let place: Place;
let agent: Actor;
let admin: Actor;
let server: Server;
let link: string;
let asked = 0;
let whileAsked: () => Promise<unknown> = async () => undefined;
const phone = aPhone();

beforeAll(async () => {
  deps = await openTestDeps();
  server = createServer((_request, response) => {
    asked += 1;
    void whileAsked().then(() => {
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<title>Tabela de preços</title>');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  link = `http://127.0.0.1:${(server.address() as AddressInfo).port}/precos`;
});
afterAll(async () => {
  server.close();
  await deps.close();
});
beforeEach(async () => {
  const workspaceId = await aWorkspace(deps.db);
  place = await aChannel(deps.db, workspaceId);
  agent = await aMember(deps.db, workspaceId, 'agent');
  admin = await aMember(deps.db, workspaceId);
  asked = 0;
  whileAsked = async () => undefined;
});

interface Got {
  id: string;
  contactId: string;
  externalId: string;
}

const get = async (text = `Veja: ${link}.`, more = {}): Promise<Got> => {
  const item = aText(place, { phone }, { content: { kind: 'text', text }, ...more });
  await receive(deps, item);
  const { rows } = await sql<Got>`select id, contact_id as "contactId", external_id as "externalId"
    from message where external_id = ${item.externalId}`.execute(deps.db);
  if (rows[0] === undefined) {
    throw new Error('not stored');
  }
  return rows[0];
};

const isQueued = async (id: string): Promise<boolean> =>
  (await sql`select 1 from graphile_worker.jobs where key = ${`link-card:${id}`}`.execute(deps.db))
    .rows.length > 0;

const make = async (messageId: string, hasLinkCards = true): Promise<void> => {
  const [job] = linkCardJobs({ isAllowed: (address) => address === '127.0.0.1' });
  const config = { ...deps.config, hasLinkCards };
  const payload = { workspaceId: place.workspaceId, messageId };
  await job?.runUnparsed(payload, { deps: { ...deps, config }, log: deps.log, attempt: 1 });
};

const cardOf = async (id: string) =>
  (await findMessages(deps.db, place.workspaceId, [id]))[0]?.linkCard;

const card = { title: 'Tabela de preços', description: null, siteName: '127.0.0.1' };

describe('a link card', () => {
  it('is made after admission, of texts that came and of ours', async () => {
    const { id } = await get();
    expect(await isQueued(id)).toBe(true);
    await make(id);
    expect(await cardOf(id)).toEqual({ ...card, url: link });
    const { conversationId } = await aThread(deps, place, { phone });
    const answer = await inTx(deps, agent, (ctx) =>
      sendMessage(ctx, {
        conversationId,
        text: link,
        replyToId: null,
        forwardedFrom: null,
        idempotencyKey: null,
      }),
    );
    const ours = answer.kind === 'queued' ? answer.messageId : '';
    expect(await isQueued(ours)).toBe(true);
    await make(ours);
    expect(await cardOf(ours)).toMatchObject(card);
  });

  it('is not thought of without a link, or in what is imported', async () => {
    expect(await isQueued((await get('sem link')).id)).toBe(false);
    expect(await isQueued((await get(link, { isHistory: true })).id)).toBe(false);
  });

  it('is not made when it is switched off', async () => {
    const { id } = await get();
    await make(id, false);
    expect([asked, await cardOf(id)]).toEqual([0, null]);
  });

  it('asks nothing for a blocked contact, nor for one that was blocked meanwhile', async () => {
    const { id, contactId } = await get();
    await block(deps, admin, contactId);
    await make(id);
    await unblock(deps, admin, contactId);
    await make(id);
    expect([asked, await cardOf(id)]).toEqual([0, null]);
  });

  it('is not kept when the block comes while the page does', async () => {
    const { id, contactId } = await get();
    whileAsked = () => block(deps, admin, contactId);
    await make(id);
    expect([asked, await cardOf(id)]).toEqual([1, null]);
  });

  it('goes with the text: taken back or edited', async () => {
    const taken = await get();
    const edited = await get();
    await make(taken.id);
    await make(edited.id);
    await receive(deps, anAction(place, { phone }, taken.externalId, { kind: 'revoke' }));
    await receive(
      deps,
      anAction(place, { phone }, edited.externalId, { kind: 'edit', text: 'sem link' }),
    );
    expect(await cardOf(taken.id)).toBeNull();
    expect(await cardOf(edited.id)).toBeNull();
    whileAsked = () => Promise.reject(new Error('nobody asks'));
    await make(edited.id);
    await make(taken.id);
  });

  it('knows nothing of another workspace', async () => {
    const { id } = await get();
    place = { ...place, workspaceId: await aWorkspace(deps.db) };
    await make(id);
    expect(asked).toBe(0);
  });
});
