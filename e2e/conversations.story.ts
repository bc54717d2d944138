import {
  bubble,
  chooseForMessage,
  chooseFromMenu,
  chooseTab,
  composerOf,
  notesOf,
  openConversation,
  rowOf,
  say,
  threadOf,
} from './support/conversation-screen.ts';
import { aPerson } from './support/person.ts';
import { expect, test } from './support/story.ts';

test.describe.configure({ mode: 'parallel' });

test('a conversation is opened by a number as Brazilians type it', async ({ team, sim, seat }) => {
  const joao = aPerson('João');
  const local = joao.phone.slice(4);
  const { page, faults } = await seat(team.agent);
  faults.allow(/422 .*\/api\/v1\/conversations\)/);
  await page.getByText('Nenhuma conversa ainda').waitFor();
  await page.getByRole('button', { name: 'Nova conversa' }).last().click();
  const dialog = page.getByRole('dialog', { name: 'Nova conversa' });
  await dialog.getByLabel('Número com DDD').fill('123');
  await dialog.getByRole('button', { name: 'Abrir conversa' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Este número não parece certo.');
  await dialog.getByLabel('Número com DDD').fill(`(11) ${local.slice(0, 5)}-${local.slice(5)}`);
  await dialog.getByLabel('Nome (opcional)').fill('João da obra');
  await dialog.getByRole('button', { name: 'Abrir conversa' }).click();
  await expect(page).toHaveURL(/\/conversas\/.+/);
  await expect(page.getByText('A janela de 24 horas está fechada.')).toBeVisible();
  const first = page.url();

  // WhatsApp may know him without the ninth digit: it is the same conversation, which opens its window.
  await sim.write(joao, { text: 'Oi, aqui é o João', waId: `5511${local.slice(1)}` });
  await expect(bubble(page, 'Oi, aqui é o João')).toBeVisible();
  await expect(composerOf(page)).toBeVisible();
  await say(page, 'Oi, João!');
  await expect(bubble(page, 'Oi, João!').getByText('Lida')).toBeAttached();
  await chooseTab(page, 'Todas');
  await expect(rowOf(page, 'João da obra')).toHaveCount(1);
  await expect(
    page.getByRole('list', { name: 'Lista de conversas' }).getByRole('link'),
  ).toHaveCount(1);

  // The same number again, typed without the ninth digit: found, not doubled.
  await page.getByRole('button', { name: 'Nova conversa' }).click();
  await dialog.getByLabel('Número com DDD').fill(`11${local.slice(1)}`);
  await dialog.getByRole('button', { name: 'Abrir conversa' }).click();
  await expect(dialog).toBeHidden();
  expect(page.url().split('?')[0]).toBe(first.split('?')[0]);
});

test('search finds by name and by number', async ({ team, sim, seat }) => {
  const [lucia, caio] = [aPerson('Lúcia'), aPerson('Caio')];
  await sim.write(lucia, 'Oi');
  await sim.write(caio, 'Olá');
  const { page } = await seat(team.agent);
  const search = page.getByRole('searchbox', { name: 'Buscar nome, número ou mensagem' });
  await expect(rowOf(page, caio.name)).toBeVisible();
  await search.fill('lucia');
  await expect(rowOf(page, caio.name)).toBeHidden();
  await expect(rowOf(page, lucia.name)).toBeVisible();
  for (const typed of [caio.shownPhone, caio.phone.slice(4), `(11) ${caio.phone.slice(5)}`]) {
    await search.fill(typed);
    await expect(rowOf(page, lucia.name)).toBeHidden();
    await expect(rowOf(page, caio.name)).toBeVisible();
  }
  await search.fill('ninguém assim');
  await expect(page.getByText('Nada encontrado para “ninguém assim”')).toBeVisible();
  await page.getByRole('button', { name: 'Mostrar todas' }).click();
  await expect(rowOf(page, lucia.name)).toBeVisible();
  await expect(rowOf(page, caio.name)).toBeVisible();
});

test('take, assign, back to the queue, resolve, and open again when the person writes', async ({
  team,
  sim,
  seat,
}) => {
  const ada = aPerson('Ada');
  await sim.write(ada, 'Preciso de ajuda');
  const { page } = await seat(team.agent);
  await chooseTab(page, 'Fila');
  await openConversation(page, ada);
  await page.getByRole('button', { name: 'Assumir' }).click();
  await expect(page.getByText(`${team.agent.name} assumiu a conversa`)).toBeVisible();
  await expect(rowOf(page, ada.name)).toBeHidden();
  await expect(page.getByRole('tab', { name: 'Minhas' })).toContainText('1');
  await chooseTab(page, 'Minhas');
  await expect(rowOf(page, ada.name)).toBeVisible();

  await page.getByRole('button', { name: 'Atribuir conversa: Você' }).first().click();
  await page.getByRole('menuitemradio', { name: team.colleague.name }).click();
  await expect(
    page.getByText(`${team.agent.name} passou a conversa para ${team.colleague.name}`),
  ).toBeVisible();
  await expect(page.getByText('Nenhuma conversa com você agora')).toBeVisible();
  await chooseFromMenu(page, 'Devolver à fila');
  await expect(page.getByText(`${team.agent.name} devolveu a conversa à fila`)).toBeVisible();
  await chooseTab(page, 'Fila');
  await expect(rowOf(page, ada.name)).toBeVisible();

  // Answering from the queue takes it.
  await say(page, 'Pois não?');
  await expect(page.getByRole('button', { name: 'Atribuir conversa: Você' }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Resolver' }).click();
  await expect(page.getByText(`${team.agent.name} resolveu a conversa`)).toBeVisible();
  await chooseTab(page, 'Minhas');
  await expect(rowOf(page, ada.name)).toBeHidden();
  await chooseTab(page, 'Todas');
  await expect(rowOf(page, ada.name)).toContainText('Resolvida');
  await sim.write(ada, 'Só mais uma coisa');
  await expect(bubble(page, 'Só mais uma coisa')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Resolver' })).toBeVisible();
  await expect(rowOf(page, ada.name)).not.toContainText('Resolvida');
});

test('a contact gets the name the team uses, and its own one back', async ({ team, sim, seat }) => {
  const rosa = aPerson('Rosa');
  await sim.write(rosa, 'Oi');
  const { page } = await seat(team.agent);
  const { page: colleague } = await seat(team.colleague, { server: 1 });
  await openConversation(page, rosa);
  await page.getByRole('button', { name: 'Mudar nome' }).click();
  const dialog = page.getByRole('dialog', { name: 'Nome do contato' });
  await dialog.getByLabel('Nome').fill('Dona Rosa (atacado)');
  await dialog.getByRole('button', { name: 'Salvar nome' }).click();
  await expect(dialog).toBeHidden();
  await expect(rowOf(page, 'Dona Rosa (atacado)')).toBeVisible();
  await expect(page.getByText(`Nome no WhatsApp: ${rosa.name}`)).toBeVisible();
  await expect(rowOf(colleague, 'Dona Rosa (atacado)')).toBeVisible();
  await page.getByRole('button', { name: 'Mudar nome' }).click();
  await dialog.getByLabel('Nome').fill('');
  await dialog.getByRole('button', { name: 'Salvar nome' }).click();
  await expect(rowOf(page, rosa.name)).toBeVisible();
});

test('replies quote, emoji go in, days are told apart, drafts stay', async ({
  team,
  sim,
  seat,
}) => {
  const tom = aPerson('Tom');
  const yesterday = Math.floor(Date.now() / 1000) - 24 * 3600;
  await sim.write(tom, { text: 'Qual o prazo?', timestamp: yesterday });
  const asked = await sim.write(tom, 'E o frete?');
  const { page } = await seat(team.agent);
  await openConversation(page, tom);
  await expect(threadOf(page).getByText('ontem')).toBeVisible();
  await expect(threadOf(page).getByText('hoje')).toBeVisible();

  await chooseForMessage(page, 'E o frete?', 'Responder');
  await expect(page.getByText(`Respondendo a ${tom.name}`)).toBeVisible();
  await expect(composerOf(page)).toBeFocused();
  await composerOf(page).fill('O frete é grátis ');
  await page.getByRole('button', { name: 'Emoji' }).click();
  await page.getByRole('searchbox', { name: 'Buscar emoji' }).fill('caminh');
  await page.getByRole('gridcell', { name: 'caminhão' }).first().click();
  await expect(composerOf(page)).toBeFocused();
  await expect(composerOf(page)).toHaveValue(/^O frete é grátis \p{Emoji}/u);
  await page.keyboard.press('Enter');
  const ours = bubble(page, 'O frete é grátis');
  await expect(ours).toContainText('E o frete?');
  await expect(ours.getByText('Lida')).toBeAttached();
  const [sent] = await sim.outbox(tom);
  expect(sent?.text).toMatch(/^O frete é grátis \p{Emoji}/u);
  expect(sent?.context?.message_id).toBe(asked.id);

  // The person quotes us; a press goes to what was quoted.
  await sim.write(tom, { text: 'Que bom!', replyTo: sent?.id });
  const theirs = bubble(page, 'Que bom!');
  await expect(theirs).toContainText('O frete é grátis');
  await theirs.getByRole('button', { name: /O frete é grátis/ }).click();
  await expect(ours.first()).toBeInViewport();

  // A draft waits, in the list too.
  await composerOf(page).fill('Amanhã eu');
  await page.keyboard.press('Escape');
  await expect(rowOf(page, tom.name)).toContainText('Rascunho: Amanhã eu');
  await page.reload();
  await openConversation(page, tom);
  await expect(composerOf(page)).toHaveValue('Amanhã eu');
});

test('a message is forwarded', async ({ team, sim, seat }) => {
  const [leo, mia] = [aPerson('Leo'), aPerson('Mia')];
  await sim.write(leo, 'Rua das Flores, 10');
  await sim.write(mia, 'Onde fica a obra?');
  const { page } = await seat(team.agent);
  await openConversation(page, leo);
  await chooseForMessage(page, 'Rua das Flores, 10', 'Encaminhar');
  const dialog = page.getByRole('dialog', { name: 'Encaminhar mensagem' });
  await dialog.getByRole('searchbox').fill(mia.name);
  await dialog.getByRole('checkbox', { name: mia.name }).check();
  await dialog.getByRole('button', { name: 'Encaminhar para 1' }).click();
  await expect(page.getByText('Encaminhada para 1 conversa')).toBeVisible();
  await openConversation(page, mia);
  const copy = bubble(page, 'Rua das Flores, 10');
  await expect(copy).toContainText('Encaminhada');
  await expect(copy.getByText('Lida')).toBeAttached();
  expect((await sim.outbox(mia)).map(({ text }) => text)).toEqual(['Rua das Flores, 10']);
});

test('what is unread is counted, heard, filtered, and read', async ({ team, sim, seat }) => {
  const [ravi, ines] = [aPerson('Ravi'), aPerson('Inês')];
  const { page } = await seat(team.agent);
  await expect(page).toHaveTitle('Conversas · Guarita');
  // A browser sounds only after a first touch.
  await page.getByRole('tab', { name: 'Todas' }).click();
  await sim.write(ravi, 'Oi');
  await expect(page).toHaveTitle('(1) Conversas · Guarita');
  await expect.poll(() => notesOf(page)).toBeGreaterThan(0);
  const newest = await sim.write(ravi, 'Tem alguém aí?');
  await sim.write(ines, 'Bom dia');
  await expect(page).toHaveTitle('(2) Conversas · Guarita');
  await expect(rowOf(page, ravi.name)).toContainText('2 mensagens não lidas');
  await expect(page.getByRole('link', { name: 'Conversas, 2 conversas não lidas' })).toBeVisible();
  await expect(page.locator('link[rel="icon"]')).toHaveAttribute('href', /unread/);

  await openConversation(page, ravi);
  await expect(threadOf(page).getByText('Novas mensagens')).toBeVisible();
  await expect(page).toHaveTitle('(1) Conversas · Guarita');
  await expect(rowOf(page, ravi.name)).not.toContainText('não lida');
  // The person sees it too.
  await expect
    .poll(async () => (await sim.reads()).map(({ messageId }) => messageId))
    .toContain(newest.id);
  await page.getByRole('button', { name: 'Não lidas' }).click();
  await expect(rowOf(page, ines.name)).toBeVisible();
  await openConversation(page, ines);
  await expect(page).toHaveTitle('Conversas · Guarita');
});

test('blocked conversations stand under their filter only', async ({ team, sim, seat }) => {
  const [ugo, ana] = [aPerson('Ugo'), aPerson('Ana')];
  await sim.write(ugo, 'Oi');
  await sim.write(ana, 'Olá');
  const { page, context, server } = await seat(team.administrator);
  const found = (await (
    await context.request.get(`${server}/api/v1/contacts?search=${ugo.phone}`)
  ).json()) as { items: { id: string }[] };
  const blocked = await context.request.put(
    `${server}/api/v1/contacts/${found.items[0]?.id}/block`,
    { data: { reason: 'spam' } },
  );
  expect(blocked.status()).toBe(200);
  await expect(rowOf(page, ugo.name)).toBeHidden();
  await expect(page.getByRole('tab', { name: 'Fila' })).toContainText('1');
  await page.getByRole('searchbox', { name: 'Buscar nome, número ou mensagem' }).fill(ugo.name);
  await expect(page.getByText(`Nada encontrado para “${ugo.name}”`)).toBeVisible();
  await page.getByRole('button', { name: 'Limpar busca' }).click();
  await page.getByRole('button', { name: 'Bloqueadas' }).click();
  await expect(rowOf(page, ugo.name)).toBeVisible();
  await expect(rowOf(page, ana.name)).toBeHidden();
  await openConversation(page, ugo);
  await expect(bubble(page, 'Oi')).toBeVisible();
  await page.getByRole('button', { name: 'Bloqueadas' }).click();
  await expect(rowOf(page, ana.name)).toBeVisible();
});

test('a long history is read page by page', async ({ team, sim, seat }) => {
  const dora = aPerson('Dora');
  const start = Math.floor(Date.now() / 1000) - 3600;
  for (let n = 1; n <= 70; n += 1) {
    await sim.write(dora, { text: `linha ${n}.`, timestamp: start + n });
  }
  const { page } = await seat(team.agent);
  await openConversation(page, dora);
  await threadOf(page).hover();
  await expect(async () => {
    await page.mouse.wheel(0, -20_000);
    await expect(bubble(page, 'linha 1.')).toBeInViewport({ timeout: 500 });
  }).toPass();
  await expect(threadOf(page).getByText('Início da conversa')).toBeVisible();
  await sim.write(dora, 'a mais nova');
  await page.getByRole('button', { name: /mensagem nova, ir para a mais recente/ }).click();
  await expect(bubble(page, 'a mais nova')).toBeInViewport();
  await threadOf(page).hover();
  await page.mouse.wheel(0, -20_000);
  await expect(bubble(page, 'a mais nova')).not.toBeInViewport();
  await say(page, 'respondo daqui de cima');
  await expect(bubble(page, 'respondo daqui de cima')).toBeInViewport();
});
