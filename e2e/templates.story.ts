import { bubble, composerOf } from './support/conversation-screen.ts';
import { aPerson } from './support/person.ts';
import { expect, type Seat, test } from './support/story.ts';

/** The number was connected before WhatsApp knew of it: the list is read once more. */
const readTemplates = async ({ context, server }: Seat): Promise<void> => {
  const channels = await context.request.get(`${server}/api/v1/channels`);
  const { items } = (await channels.json()) as { items: { id: string }[] };
  const channelId = items[0]?.id ?? '';
  await context.request.post(`${server}/api/v1/channels/${channelId}/templates/sync`);
  await expect
    .poll(async () => {
      const list = await context.request.get(`${server}/api/v1/templates?channelId=${channelId}`);
      return ((await list.json()) as { items: unknown[] }).items.length;
    })
    .toBeGreaterThan(5);
};

test('outside the window a template is filled in, sent and arrives', async ({
  team,
  sim,
  seat,
}) => {
  const rui = aPerson('Rui');
  await readTemplates(await seat(team.administrator));
  const { page } = await seat(team.agent);
  const local = rui.phone.slice(4);
  await page.getByRole('button', { name: 'Nova conversa' }).last().click();
  const start = page.getByRole('dialog', { name: 'Nova conversa' });
  await start.getByLabel('Número com DDD').fill(`(11) ${local.slice(0, 5)}-${local.slice(5)}`);
  await start.getByRole('button', { name: 'Abrir conversa' }).click();
  await expect(page.getByText('A janela de 24 horas está fechada.')).toBeVisible();
  await expect(composerOf(page)).toHaveCount(0);

  const open = page.getByRole('button', { name: 'Enviar modelo' });
  await open.click();
  const chooser = page.getByRole('dialog', { name: 'Enviar modelo' });
  const search = chooser.getByRole('searchbox', { name: 'Buscar por nome ou texto' });
  await search.fill('desconto');
  await expect(chooser.getByRole('button', { name: /Promocao da semana/ })).toBeVisible();
  await search.fill('como montar');
  await expect(chooser.getByRole('listitem')).toHaveText([/Como montar/]);
  await search.press('ArrowDown');
  // Esc goes back one step, and the focus with it.
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Como montar' }).press('Escape');
  await expect(chooser.getByRole('button', { name: /Como montar/ })).toBeFocused();
  await search.fill('pedido enviado');
  await chooser.getByRole('button', { name: /Pedido enviado/ }).click();

  const form = page.getByRole('dialog', { name: 'Pedido enviado' });
  await expect(form).toContainText('português (Brasil) · Utilidade');
  await form.getByRole('button', { name: 'Enviar modelo' }).click();
  await expect(form.getByText('Preencha este campo.')).toHaveCount(4);
  await expect(form.getByLabel('Campo 1')).toBeFocused();
  await form.getByLabel('Campo 1').fill('Rui');
  await form.getByLabel('Campo 2').fill('20431');
  await form.getByLabel('Campo 3').fill('amanhã');
  const text = 'Olá, Rui! O pedido 20431 foi enviado hoje e deve chegar até amanhã.';
  await expect(form.getByTestId('template-preview')).toHaveText(text);
  await form.getByLabel('Botão “Acompanhar entrega”').fill('20431');
  await form.getByRole('button', { name: 'Enviar modelo' }).click();
  await expect(form).toBeHidden();
  await expect(open).toBeFocused();

  const sent = bubble(page, text);
  await expect(sent).toContainText('Seu pedido saiu!');
  await expect(sent).toContainText('Loja Demonstração');
  await expect(sent).toContainText('Acompanhar entrega');
  await expect(sent.getByText('Lida')).toBeAttached();
  expect(await sim.outbox(rui)).toMatchObject([{ type: 'template', text }]);
});
