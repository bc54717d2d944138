import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessibility.ts';
import { bubble, openConversation, threadOf } from './support/conversation-screen.ts';
import { aPerson } from './support/person.ts';
import { expect, test } from './support/story.ts';

/** Opens a dialog of the composer's menu. */
const choose = async (page: Page, item: string, title: string) => {
  await page.getByRole('button', { name: 'Anexar', exact: true }).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
  const dialog = page.getByRole('dialog', { name: title });
  return {
    dialog,
    field: (name: string) => dialog.getByRole('textbox', { name, exact: true }),
    send: async () => {
      await dialog.getByRole('button', { name: 'Enviar', exact: true }).click();
      await expect(dialog).toBeHidden();
    },
  };
};

test('a place, a card, buttons and a list go out from the menu', async ({ team, sim, seat }) => {
  const nina = aPerson('Nina');
  await sim.write(nina, 'Vocês abrem hoje?');
  const { page } = await seat(team.agent);
  await page.getByRole('tab', { name: 'Fila' }).click();
  await openConversation(page, nina);

  const place = await choose(page, 'Localização', 'Enviar localização');
  await place.field('Latitude e longitude').fill('-23.55, -46.63');
  await place.field('Nome do local (opcional)').fill('Praça da Sé');
  await place.send();
  const card = await choose(page, 'Contato', 'Enviar contato');
  await card.field('Nome').fill('Oficina do Zé');
  await card.field('Número com DDD').fill('+55 11 3333-4444');
  await card.send();

  const buttons = await choose(page, 'Botões', 'Enviar botões');
  await expect(buttons.field('Mensagem')).toBeFocused();
  await buttons.field('Botão 1').fill('Um botão com letras demais');
  await expect(buttons.dialog.getByText('Até 20 caracteres: 6 a mais.')).toBeVisible();
  await buttons.dialog.getByRole('button', { name: 'Enviar', exact: true }).click();
  await expect(buttons.dialog.getByText('Escreva a mensagem.')).toBeVisible();
  await expect(buttons.field('Mensagem')).toBeFocused();
  await expectAccessible(page, 'the dialog of buttons');
  await page.keyboard.type('Podemos confirmar?');
  await buttons.field('Botão 1').fill('Sim');
  await page.keyboard.press('Enter');
  await expect(buttons.field('Botão 2')).toBeFocused();
  await page.keyboard.type('Não');
  await buttons.field('Rodapé (opcional)').fill('Responda até amanhã');
  await buttons.send();

  const list = await choose(page, 'Lista', 'Enviar lista');
  await list.field('Mensagem').fill('Sobre o que é?');
  await list.field('Botão que abre a lista').fill('Ver opções');
  await list.field('Opção 1').fill('Trocas');
  await list.field('Descrição da opção 1 (opcional)').fill('Até 30 dias');
  await list.dialog.getByRole('button', { name: 'Adicionar seção' }).click();
  await expect(list.field('Título da seção 2')).toBeFocused();
  await page.keyboard.type('Outros');
  await list.field('Opção 2').fill('Falar com alguém');
  await list.dialog.getByRole('button', { name: 'Enviar', exact: true }).click();
  await expect(list.field('Título da seção 1')).toBeFocused();
  await expectAccessible(page, 'the dialog of a list');
  await page.keyboard.type('Pedidos');
  await list.field('Mensagem').press('Control+Enter');
  await expect(list.dialog).toBeHidden();

  await expect(threadOf(page).getByRole('link', { name: 'Abrir no mapa' })).toBeVisible();
  await expect(bubble(page, 'Oficina do Zé')).toBeVisible();
  await expect(bubble(page, 'Podemos confirmar?')).toContainText('Responda até amanhã');
  await expect(bubble(page, 'Sobre o que é?')).toContainText('Ver opções');
  await expect
    .poll(async () => (await sim.outbox(nina)).map(({ type }) => type))
    .toEqual(['location', 'contacts', 'interactive', 'interactive']);
});
