import {
  blockDialogOf,
  blockFromMenu,
  nextSecond,
  unblockFromBar,
} from './support/block-screen.ts';
import {
  blockedBarOf,
  bubble,
  chooseForMessage,
  chooseTab,
  composerOf,
  notesOf,
  openConversation,
  rowOf,
  say,
} from './support/conversation-screen.ts';
import { networkAway } from './support/faults.ts';
import { aPerson } from './support/person.ts';
import { expect, test } from './support/story.ts';

const refused = 'Não enviada: contato bloqueado';

test('a contact is blocked from the conversation, nothing passes, and it goes on afterwards', async ({
  team,
  sim,
  seat,
}) => {
  test.slow();
  const marcos = aPerson('Marcos');
  const ana = aPerson('Ana');
  const bia = aPerson('Bia');
  await sim.write(ana, 'Vocês abrem no sábado?');

  const { page: agent } = await seat(team.agent);
  const { page: administrator } = await seat(team.administrator, { server: 1 });

  // A message arrives, and the agent answers.
  await sim.write(marcos, 'Oi, meu pedido não chegou');
  await expect(rowOf(agent, marcos.name)).toContainText('Oi, meu pedido não chegou');
  await expect(agent).toHaveTitle('(2) Conversas · Guarita');
  await openConversation(agent, ana);
  await say(agent, 'Abrimos das 9 às 13.');
  await expect(bubble(agent, 'Abrimos das 9 às 13.').getByText('Lida')).toBeAttached();
  const conversationId = await openConversation(agent, marcos);
  await expect(bubble(agent, 'Oi, meu pedido não chegou')).toBeVisible();
  await say(agent, 'Vou verificar agora mesmo.');
  await expect(bubble(agent, 'Vou verificar agora mesmo.').getByText('Lida')).toBeAttached();
  await chooseTab(agent, 'Minhas');
  await expect(rowOf(agent, marcos.name)).toBeVisible();
  await expect(agent).toHaveTitle('Conversas · Guarita');

  // A second screen of the same agent is away from the network with a message on its way…
  const away = await seat(team.agent, { path: `/conversas/${conversationId}` });
  away.faults.allow(networkAway);
  away.faults.allow(/409 .*\/messages\)/);
  await expect(bubble(away.page, 'Vou verificar agora mesmo.')).toBeVisible();
  await away.context.setOffline(true);
  await say(away.page, 'Já foi enviado?');
  await expect(bubble(away.page, 'Já foi enviado?').getByText('Aguardando conexão')).toBeAttached();
  // … and a third one is just forwarding to him.
  const forwarding = (await seat(team.agent)).page;
  await openConversation(forwarding, ana);
  await chooseForMessage(forwarding, 'Abrimos das 9 às 13.', 'Encaminhar');
  const forward = forwarding.getByRole('dialog', { name: 'Encaminhar mensagem' });
  await forward.getByRole('checkbox', { name: marcos.name }).check();
  await forward.getByRole('checkbox', { name: ana.name }).check();

  // The administrator blocks, from the open conversation.
  const sentBefore = (await sim.outbox(marcos)).length;
  expect(sentBefore).toBe(1);
  await openConversation(administrator, marcos);
  await blockFromMenu(administrator, marcos, {
    reason: 'Assédio sexual',
    duration: '7 dias',
    note: 'Terceira vez esta semana.',
  });
  await expect(administrator.getByText(`${marcos.name}: contato bloqueado`)).toBeVisible();
  await expect(blockDialogOf(administrator, marcos)).toBeHidden();

  // The open thread of the agent says so quietly, without being touched.
  await expect(blockedBarOf(agent)).toBeVisible();
  await expect(composerOf(agent)).toBeHidden();
  await expect(agent.getByText('Assédio sexual')).toBeHidden();
  const loaded = {
    Minhas: rowOf(agent, ana.name),
    Fila: agent.getByText('A fila está vazia'),
    Todas: rowOf(agent, ana.name),
  };
  for (const tab of ['Minhas', 'Fila', 'Todas'] as const) {
    await chooseTab(agent, tab);
    await expect(agent.getByRole('tab', { name: tab })).toHaveAttribute('aria-selected', 'true');
    await expect(loaded[tab]).toBeVisible();
    await expect(rowOf(agent, marcos.name)).toBeHidden();
  }

  // The message that was on its way is refused and stays, on every screen, without a way to try again.
  await away.context.setOffline(false);
  const attempt = bubble(away.page, 'Já foi enviado?');
  await expect(attempt).toContainText(refused);
  await expect(blockedBarOf(away.page)).toBeVisible();
  await expect(bubble(agent, 'Já foi enviado?')).toContainText(refused);
  await expect(attempt.getByRole('button', { name: /tentar/i })).toHaveCount(0);

  // So is the forwarded one.
  await expect(forward).toContainText('1 destino está bloqueado e não receberá a mensagem');
  await expect(forward.getByRole('checkbox', { name: marcos.name })).toBeDisabled();
  await forward.getByRole('button', { name: 'Encaminhar para 1' }).click();
  const results = forwarding.getByRole('dialog', { name: 'Resultado do encaminhamento' });
  await expect(results.getByRole('listitem').filter({ hasText: marcos.name })).toContainText(
    refused,
  );
  await expect(results.getByRole('listitem').filter({ hasText: ana.name })).toContainText(
    'Encaminhada',
  );
  await results.getByRole('button', { name: 'Fechar' }).last().click();
  await expect.poll(async () => (await sim.outbox(ana)).length).toBe(2);

  // Whoever asks the server past the screens is refused in the same words.
  const ours = `${away.server}/api/v1/conversations`;
  const direct = await away.context.request.post(`${ours}/${conversationId}/messages`, {
    data: { type: 'text', text: 'Pela API' },
  });
  expect(direct.status()).toBe(409);
  expect(await direct.json()).toMatchObject({ code: 'contact-blocked' });
  const history = (await (
    await away.context.request.get(`${ours}/${conversationId}/messages`)
  ).json()) as { items: { id: string; text: string }[] };
  const first = history.items.find(({ text }) => text === 'Oi, meu pedido não chegou');
  const forwarded = await away.context.request.post(
    `${away.server}/api/v1/messages/${first?.id}/forward`,
    { data: { conversationIds: [conversationId] } },
  );
  expect(await forwarded.json()).toMatchObject({
    results: [{ conversationId, status: 'refused', code: 'contact-blocked' }],
  });
  await expect(bubble(agent, 'Pela API')).toContainText(refused);

  // What he sends is dropped at the door: not shown, not counted, not heard.
  const notes = await notesOf(agent);
  // His, the one that was answered, and the three that were refused, which came live.
  const articles = agent.getByRole('log').getByRole('article');
  await expect(articles).toHaveCount(5);
  await sim.write(marcos, 'Responde, sua ignorante');
  await sim.write(marcos, { type: 'image', text: 'olha isto' });
  await sim.write(marcos, { type: 'call' });
  // All three were handled, and nothing sounded.
  const { contactId } = (await (
    await away.context.request.get(`${ours}/${conversationId}`)
  ).json()) as { contactId: string };
  const block = `/api/v1/contacts/${contactId}/block`;
  await expect
    .poll(async () => (await administrator.request.get(block)).json())
    .toMatchObject({ block: { attempts: { total: 3 } } });
  expect(await notesOf(agent)).toBe(notes);
  // A later message of somebody else is here: his would have been before.
  await sim.write(bia, 'Bom dia!');
  await expect(rowOf(agent, bia.name)).toContainText('Bom dia!');
  await expect(agent).toHaveTitle('(1) Conversas · Guarita');
  await expect(articles).toHaveCount(5);
  await expect(agent.getByText('Responde, sua ignorante')).toHaveCount(0);
  await expect(rowOf(agent, marcos.name)).toHaveCount(0);
  await expect.poll(async () => (await notesOf(agent)) - notes).toBe(2);
  expect(await sim.outbox(marcos)).toHaveLength(sentBefore);

  // Those who decide see how often he tried, and no more.
  await administrator.getByRole('link', { name: 'Bloqueios' }).click();
  const row = administrator.getByRole('row').filter({ hasText: marcos.name });
  await expect(row).toContainText('Assédio sexual');
  await expect(row).toContainText('Terceira vez esta semana.');
  await expect(row.getByRole('cell', { name: /^3 ?última/ })).toBeVisible();
  await row.getByRole('button', { name: marcos.name, exact: true }).click();
  const drawer = administrator.getByRole('dialog', { name: 'Bloqueio' });
  await drawer.getByRole('link', { name: marcos.name }).click();
  const contact = administrator.getByTestId('person-detail');
  await contact.getByRole('link', { name: team.shop }).click();
  await expect(administrator.getByText('3 tentativas de contato desde o bloqueio')).toBeVisible();

  // Unblocked, the conversation goes on in both directions; what was dropped is gone.
  await unblockFromBar(administrator, marcos);
  await expect(blockedBarOf(agent)).toBeHidden();
  await expect(composerOf(agent)).toBeVisible();
  await nextSecond();
  await sim.write(marcos, 'Desculpe, podemos continuar?');
  await expect(bubble(agent, 'Desculpe, podemos continuar?')).toBeVisible();
  await say(agent, 'Podemos. Seu pedido sai hoje.');
  await expect(bubble(agent, 'Podemos. Seu pedido sai hoje.').getByText('Lida')).toBeAttached();
  const texts = (await sim.outbox(marcos)).map(({ text }) => text);
  expect(texts).toEqual(['Vou verificar agora mesmo.', 'Podemos. Seu pedido sai hoje.']);
  await chooseTab(agent, 'Minhas');
  await expect(rowOf(agent, marcos.name)).toBeVisible();
  await expect(agent.getByText('Responde, sua ignorante')).toHaveCount(0);
});
