import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectNumber } from '#channels/whatsapp/server/index.ts';
import { systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aWorkspace } from '#platform/server/testing/a-workspace.ts';
import {
  changeFor,
  contactEntry,
  postSigned,
  type TestNumber,
  textFrom,
  webhookOf,
} from './testing/signed-webhook.ts';
import { startTestServer, type TestServer } from './testing/test-app.ts';
import { aStranger } from './testing/test-workspace.ts';

interface Place {
  readonly id: string;
  readonly number: Omit<TestNumber, 'channelId'>;
}

let server: TestServer;
let made = 0;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

/** A workspace with a number; three may belong to one app of Meta's, whose secret signs for all of them. */
const aPlace = async (appSecret: string): Promise<Place> => {
  made += 1;
  const id = await aWorkspace(server.deps.db);
  const number = {
    phoneNumberId: `10000000000090${made}`,
    wabaId: '200000000000900',
    displayNumber: `551130009${made}`,
    appSecret,
    verifyToken: `verify-${made}`,
  };
  await inTx(server.deps, systemActor(id), (ctx) =>
    connectNumber(ctx, { name: `Loja ${made}`, accessToken: 'token', ...number }),
  );
  return { id, number };
};

const changeOf = (place: Place, people: number, each: number) => {
  const outside = Array.from({ length: people }, () => aStranger('marca-1-y'));
  return changeFor({ ...place.number, channelId: '' }, 'messages', {
    contacts: outside.map(contactEntry),
    messages: outside.flatMap((person) =>
      Array.from({ length: each }, (_, n) => textFrom(person, `lote ${n}`)),
    ),
  });
};

interface Counts {
  readonly messages: number;
  readonly conversations: number;
  readonly unread: number;
}

const countsOf = async (place: Place): Promise<Counts | undefined> => {
  const { rows } = await sql<Counts>`
    select (select count(*) from message where workspace_id = ${place.id})::int as messages,
           count(*)::int as conversations, coalesce(sum(unread_count), 0)::int as unread
      from conversation where workspace_id = ${place.id}`.execute(server.deps.db);
  return rows[0];
};

describe('one webhook of 1,000 messages', () => {
  const postAll = (places: readonly Place[], secret: string) => {
    const changes = places.map((place, n) => changeOf(place, n === 0 ? 34 : 33, 10));
    const bytes = JSON.stringify(webhookOf('200000000000900', ...changes));
    return () => postSigned(server.http, bytes, secret);
  };

  it('over three workspaces of one app is stored in each, once, however often it comes', async () => {
    const secret = 'one secret for three';
    const places = [await aPlace(secret), await aPlace(secret), await aPlace(secret)];
    const deliver = postAll(places, secret);
    expect((await deliver()).status).toBe(200);
    expect((await deliver()).status).toBe(200);
    const full = (people: number): Counts => ({
      messages: people * 10,
      conversations: people,
      unread: people * 10,
    });
    expect(await Promise.all(places.map(countsOf))).toEqual([full(34), full(33), full(33)]);
  });

  it('enters only the workspaces whose own secret signed it', async () => {
    const ours = [await aPlace('secret of ours'), await aPlace('secret of ours')];
    const theirs = await aPlace('secret of theirs');
    const deliver = postAll([...ours, theirs], 'secret of ours');
    expect((await deliver()).status).toBe(200);
    const counts = await Promise.all([...ours, theirs].map(countsOf));
    expect(counts.map((count) => count?.messages)).toEqual([340, 330, 0]);
  });
});
