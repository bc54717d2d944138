import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settlePortfolios } from '#channels/whatsapp/server/index.ts';
import { aMetaNumber, type NumbersApp, startNumbersApp } from './testing/numbers-app.ts';
import { type TestNumber, type TestPerson, textFrom, write } from './testing/signed-webhook.ts';
import { startPeer, type TestServer } from './testing/test-app.ts';
import { aStranger } from './testing/test-workspace.ts';

let numbers: NumbersApp;
beforeAll(async () => {
  numbers = await startNumbersApp();
});
afterAll(() => numbers.close());

/** Connects a number of this portfolio, as an administrator does. */
const aNumberOf = async (portfolio: string): Promise<TestNumber> => {
  const number = await aMetaNumber(numbers.simulator.url, { portfolio });
  const view = await numbers.connect(number);
  return { ...number, channelId: view.id };
};

/** What the job does that a new number is given. */
const reads = (channelId: string, by: TestServer = numbers.app) =>
  by.whatsApp.channel.readTemplates(
    { workspaceId: numbers.app.a.id, channelId },
    { signal: AbortSignal.timeout(10_000) },
  );

const portfolioOf = async ({ channelId }: TestNumber): Promise<string | null> => {
  const { rows } = await sql<{ id: string | null }>`
    select portfolio_id as id from channel where id = ${channelId}`.execute(numbers.app.deps.db);
  return rows[0]?.id ?? null;
};

const waitsForALock = async (): Promise<boolean> => {
  const { rows } = await sql`select 1 from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`.execute(numbers.app.deps.db);
  return rows.length > 0;
};

/** Of each contact that has written from this number: at how many of ours. */
const contactsOf = async ({ phone }: TestPerson): Promise<number[]> => {
  const { rows } = await sql<{ channels: number }>`
    select count(distinct v.channel_id)::int as channels from conversation v
      join contact_identity i on i.workspace_id = v.workspace_id and i.contact_id = v.contact_id
     where i.workspace_id = ${numbers.app.a.id} and i.value = ${phone}
     group by v.contact_id`.execute(numbers.app.deps.db);
  return rows.map(({ channels }) => channels);
};

it('of which portfolio a number is, WhatsApp tells when its templates are read', async () => {
  const [loja, again, filial] = [
    await aNumberOf('loja'),
    await aNumberOf('loja'),
    await aNumberOf('filial'),
  ];
  expect(await portfolioOf(loja)).toBeNull();
  for (const { channelId } of [loja, again, filial]) {
    await reads(channelId);
  }
  expect(await portfolioOf(loja)).toMatch(/^\d{15}$/);
  expect(await portfolioOf(again)).toBe(await portfolioOf(loja));
  expect(await portfolioOf(filial)).not.toBe(await portfolioOf(loja));

  // A process that has read the numbers since: the others know it within seconds.
  const peer = await startPeer(numbers.app);
  const person = aStranger(numbers.app.a.marker);
  const elsewhere = { ...person, bsuid: `${person.bsuid}filial` };
  const answers = [
    await write(peer.http, loja, person, textFrom(person, 'Oi, loja')),
    await write(peer.http, filial, elsewhere, textFrom(elsewhere, 'Oi, filial')),
    await write(peer.http, again, person, textFrom(person, 'Oi de novo')),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  await peer.close();
  expect(await contactsOf(person)).toEqual([[loja, again, filial].length]);
  const { items } = (
    await numbers.call(
      numbers.app.a.team.administrator,
      'GET',
      '/api/v1/identity-conflicts?state=open',
    )
  ).json as { items: unknown[] };
  expect(items).toEqual([]);
});

it('is one portfolio for all where the installation says so', async () => {
  const filial = await aNumberOf('filial');
  await reads(filial.channelId);
  expect(await portfolioOf(filial)).not.toBeNull();
  const { config } = numbers.app.deps;
  const graph = { ...config.graph, arePortfoliosApart: false };
  const deps = { ...numbers.app.deps, config: { ...config, graph } };
  await settlePortfolios(numbers.app.deps);
  expect(await portfolioOf(filial)).not.toBeNull();
  await settlePortfolios(deps);
  expect(await portfolioOf(filial)).toBeNull();
  // Nor is it asked any more.
  const peer = await startPeer({ ...numbers.app, deps });
  await reads(filial.channelId, peer);
  expect(await portfolioOf(filial)).toBeNull();
  const person = aStranger(numbers.app.a.marker);
  await write(peer.http, filial, person, textFrom(person, 'Oi'));
  await peer.close();
  const { rows } = await sql`select portfolio_id as id from contact_identity
    where workspace_id = ${numbers.app.a.id} and value = ${person.bsuid}`.execute(
    numbers.app.deps.db,
  );
  expect(rows).toEqual([{ id: null }]);
});

describe('of which portfolio a number is', () => {
  const givesAccount = (channelId: string, wabaId: string, work?: () => Promise<unknown>) =>
    numbers.app.deps.db.transaction().execute(async (tx) => {
      await sql`update whatsapp_account set waba_id = ${wabaId} where channel_id = ${channelId}`.execute(
        tx,
      );
      await work?.();
    });

  it('is asked again once it is of another account', async () => {
    const { channelId, wabaId, ...loja } = await aNumberOf('loja');
    const number = { ...loja, channelId, wabaId };
    await reads(channelId);
    const known = await portfolioOf(number);
    expect(known).not.toBeNull();
    const patches = async () =>
      (await numbers.asAdministrator('PATCH', `/${channelId}`, { wabaId })).status;
    expect(await patches()).toBe(200);
    expect(await portfolioOf(number)).toBe(known);
    await givesAccount(channelId, '1');
    expect(await patches()).toBe(200);
    expect(await portfolioOf(number)).toBeNull();
    const peer = await startPeer(numbers.app);
    await reads(channelId, peer);
    await peer.close();
    expect(await portfolioOf(number)).toBe(known);
  });

  it('is not what was told of the account that it had while it was asked', async () => {
    const number = await aNumberOf('loja');
    let reading: Promise<unknown> | undefined;
    const peer = await startPeer(numbers.app);
    await givesAccount(number.channelId, '1', async () => {
      reading = reads(number.channelId, peer);
      await expect.poll(waitsForALock, { timeout: 10_000 }).toBe(true);
    });
    await reading;
    await peer.close();
    expect(await portfolioOf(number)).toBeNull();
  });
});
