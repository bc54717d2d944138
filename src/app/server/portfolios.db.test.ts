import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { aMetaNumber, type NumbersApp, startNumbersApp } from './testing/numbers-app.ts';
import { type TestNumber, type TestPerson, textFrom, write } from './testing/signed-webhook.ts';
import { startPeer } from './testing/test-app.ts';
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
const reads = (channelId: string) =>
  numbers.app.whatsApp.channel.readTemplates(
    { workspaceId: numbers.app.a.id, channelId },
    { signal: AbortSignal.timeout(10_000) },
  );

const portfolioOf = async ({ channelId }: TestNumber): Promise<string | null> => {
  const { rows } = await sql<{ id: string | null }>`
    select portfolio_id as id from channel where id = ${channelId}`.execute(numbers.app.deps.db);
  return rows[0]?.id ?? null;
};

/** The contacts that have written from this number. */
const contactsOf = async ({ phone }: TestPerson): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`
    select distinct v.contact_id as id from conversation v
      join contact_identity i on i.workspace_id = v.workspace_id and i.contact_id = v.contact_id
     where i.workspace_id = ${numbers.app.a.id} and i.value = ${phone}`.execute(
    numbers.app.deps.db,
  );
  return rows.map(({ id }) => id);
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
  await write(peer.http, loja, person, textFrom(person, 'Oi, loja'));
  await write(peer.http, filial, elsewhere, textFrom(elsewhere, 'Oi, filial'));
  await write(peer.http, again, person, textFrom(person, 'Oi de novo'));
  await peer.close();
  expect(await contactsOf(person)).toHaveLength(1);
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
  const peer = await startPeer({ ...numbers.app, deps });
  const person = aStranger(numbers.app.a.marker);
  await write(peer.http, filial, person, textFrom(person, 'Oi'));
  await peer.close();
  const { rows } = await sql`select portfolio_id as id from contact_identity
    where workspace_id = ${numbers.app.a.id} and value = ${person.bsuid}`.execute(
    numbers.app.deps.db,
  );
  expect(rows).toEqual([{ id: null }]);
});

it('of which portfolio a number is, is asked again once it is of another account', async () => {
  const loja = await aNumberOf('loja');
  await reads(loja.channelId);
  expect(await portfolioOf(loja)).not.toBeNull();
  const known = await portfolioOf(loja);
  const { channelId, wabaId } = loja;
  const patches = async () =>
    (await numbers.asAdministrator('PATCH', `/${channelId}`, { wabaId })).status;
  expect(await patches()).toBe(200);
  expect(await portfolioOf(loja)).toBe(known);
  await sql`update whatsapp_account set waba_id = '1' where channel_id = ${channelId}`.execute(
    numbers.app.deps.db,
  );
  expect(await patches()).toBe(200);
  expect(await portfolioOf(loja)).toBeNull();
  await reads(channelId);
  expect(await portfolioOf(loja)).toBe(known);
});
