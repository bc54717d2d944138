import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { linkCardJobs } from '../src/features/conversations/server/link-card/make-link-card.job.ts';
import {
  bubble,
  chooseForMessage,
  chooseTab,
  openConversation,
  rowOf,
  threadOf,
} from './support/conversation-screen.ts';
import { keepPicture } from './support/keep-picture.ts';
import { aPerson } from './support/person.ts';
import { expect, test } from './support/story.ts';

const order = {
  catalog_id: '1',
  product_items: [
    { product_retailer_id: 'camiseta-azul-m', quantity: 2, item_price: 59.9, currency: 'BRL' },
    { product_retailer_id: 'caneca', quantity: 1, item_price: 32.5, currency: 'BRL' },
  ],
};

test('everything that is more than text is shown as what it is', async ({ team, sim, seat }) => {
  const teresa = aPerson('Teresa');
  await sim.write(teresa, { text: 'Vi o anúncio de vocês', referral: true });
  await sim.write(teresa, {
    type: 'location',
    title: 'Praça da Sé',
    address: 'Sé, São Paulo',
    latitude: -23.55,
    longitude: -46.63,
  });
  const { page } = await seat(team.administrator);
  await chooseTab(page, 'Todas');
  await expect(rowOf(page, teresa.name)).toContainText('Localização: Praça da Sé');
  for (const kind of [
    { type: 'contacts' },
    { type: 'order', order },
    { type: 'button', text: 'Sim, confirmo', payload: 'confirmar' },
    { type: 'list_reply', title: 'Trocas', description: 'Até 30 dias', payload: 'trocas' },
    { type: 'flow_reply' },
    { type: 'unsupported', unsupportedType: 'poll_creation' },
    { type: 'call', callEvent: 'terminate', duration: 8 },
    { type: 'call', callEvent: 'terminate', callStatus: 'FAILED' },
    { text: 'Encaminhada muitas vezes', forwarded: 'often' },
  ]) {
    await sim.write(teresa, kind);
  }
  await openConversation(page, teresa);
  const thread = threadOf(page);
  const map = thread.getByRole('link', { name: 'Abrir no mapa' });
  await expect(map).toHaveAttribute('href', /openstreetmap\.org\/\?mlat=-23\.55&mlon=-46\.63/);
  await expect(map).toHaveAttribute('rel', /noreferrer/);
  await expect(thread.getByText('Veio de um anúncio')).toBeVisible();
  await expect(thread.getByRole('button', { name: 'Iniciar conversa' }).first()).toBeVisible();
  await expect(thread.getByRole('table')).toContainText('R$ 152,30');
  for (const words of [
    'Resposta a um botão',
    'Até 30 dias',
    'Formulário respondido',
    'Enviou uma enquete',
    'Ligação de voz · 8 s',
    'Ligação de voz perdida',
  ]) {
    await expect(thread.getByText(words)).toBeVisible();
  }
});

test('a reaction goes out, is shown, and is taken back', async ({ team, sim, seat }, testInfo) => {
  const rui = aPerson('Rui');
  await sim.write(rui, 'Chegou tudo certo!');
  const { page } = await seat(team.agent);
  await chooseTab(page, 'Fila');
  await openConversation(page, rui);
  const message = bubble(page, 'Chegou tudo certo!');
  await message.hover();
  await message.getByRole('button', { name: 'Ações da mensagem' }).click();
  await page.getByRole('menuitem', { name: 'Reagir com 👍' }).click();
  const ours = message.getByRole('button', { name: 'Retirar a reação 👍' });
  await expect(ours).toBeVisible();
  await expect
    .poll(async () => (await sim.outbox(rui)).map(({ type, text }) => [type, text]))
    .toEqual([['reaction', '👍']]);
  await page.reload();
  await ours.click();
  await expect(ours).toBeHidden();
  await expect.poll(async () => (await sim.outbox(rui)).length).toBe(2);
  await page.reload();
  await expect(message).toBeVisible();
  await expect(ours).toBeHidden();

  // One that WhatsApp does not take is a line of its own, and stands at no message.
  await sim.fault({ on: 'messages', to: rui.phone, error: { code: 131_009 } });
  await chooseForMessage(page, 'Chegou tudo certo!', 'Reagir com 🙏');
  const refused = threadOf(page).getByRole('article').last();
  await expect(refused).toContainText('Reação');
  await expect(refused).toContainText('🙏');
  await expect(refused).toContainText('Não enviada: o WhatsApp não aceitou algum dado da mensagem');
  // It quotes the message, which has its words too.
  await expect(message.first().getByText('🙏')).toHaveCount(0);
  for (const width of [1440, 390]) await keepPicture(page, testInfo, 'refused-reaction', width);
});

const pageOfShop = `<!doctype html><meta charset="utf-8"><title>outro</title>
  <meta property="og:title" content="Tabela de preços de novembro">
  <meta property="og:description" content="Cafés em grão e moídos, direto da torra.">
  <meta property="og:site_name" content="Loja da Nina">`;

test('a link is shown as what its page says of itself', async ({
  team,
  sim,
  seat,
  doors,
}, testInfo) => {
  const nina = aPerson('Nina');
  const shop = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end(pageOfShop);
  });
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
  const link = `http://127.0.0.1:${(shop.address() as AddressInfo).port}/precos`;
  const { id } = await sim.write(nina, `Estes preços valem? ${link}`);
  const { page } = await seat(team.agent);
  await openConversation(page, nina);
  const message = bubble(page, 'Estes preços valem?');
  await expect(message.getByRole('link', { name: link })).toBeVisible();
  // The servers ask no address of this machine; the same job asks this one page.
  const [job] = linkCardJobs({ isAllowed: (address) => address === '127.0.0.1' });
  const { rows } = await sql`select workspace_id as "workspaceId", id as "messageId" from message
    where external_id = ${id}`.execute(doors.db);
  await job?.runUnparsed(rows[0], { deps: doors, log: doors.log, attempt: 1 });
  shop.close();
  const card = message.getByTestId('link-card');
  await expect(card).toContainText('Tabela de preços de novembro');
  await expect(card).toContainText('Cafés em grão e moídos, direto da torra.');
  await expect(card).toContainText('Loja da Nina');
  await expect(card).toHaveAttribute('href', link);
  await expect(card).toHaveAttribute('rel', /noreferrer/);
  for (const width of [1440, 390]) await keepPicture(page, testInfo, 'link-card', width);
});

test('a message is found by its words, and its conversation opens there', async ({
  team,
  sim,
  seat,
}) => {
  const lia = aPerson('Lia');
  await sim.write(lia, 'Preciso de informações sobre o frete para Manaus');
  for (let n = 1; n <= 60; n += 1) await sim.write(lia, `linha ${n}`);
  const { page } = await seat(team.administrator);
  const find = page.getByRole('searchbox');
  const found = page.getByTestId('found-messages');
  await expect(async () => {
    await find.fill('');
    await find.fill('informacao manaus');
    await expect(found.getByRole('link')).toHaveCount(1, { timeout: 2_000 });
  }).toPass({ timeout: 20_000 });
  await expect(found.getByText('informações', { exact: true })).toBeVisible();
  await found.getByRole('link').click();
  await expect(bubble(page, 'frete para Manaus')).toBeInViewport();
});
