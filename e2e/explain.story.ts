import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessibility.ts';
import {
  blockDialogOf,
  blockFromMenu,
  nextSecond,
  unblockFromBar,
} from './support/block-screen.ts';
import {
  blockedBarOf,
  bubble,
  chooseFromMenu,
  openConversation,
  say,
} from './support/conversation-screen.ts';
import { keepBoth } from './support/keep-picture.ts';
import type { Person } from './support/person.ts';
import { aPerson } from './support/person.ts';
import type { Sim } from './support/sim.ts';
import { expect, test } from './support/story.ts';

/** WhatsApp asks to wait a quarter of an hour: the message stays queued. */
const sayIntoBackOff = async (
  page: Page,
  sim: Sim,
  person: Person,
  text: string,
): Promise<void> => {
  await sim.fault({ on: 'messages', to: person.phone, error: { code: 131_048 } });
  await say(page, text);
  await expect(bubble(page, text)).toHaveAttribute('data-status', 'queued');
};

const stoppedPanelOf = (page: Page) => page.getByRole('region', { name: 'Paradas pelo bloqueio' });

test('Testar número tells who would be blocked, by which block, and who would not', async ({
  team,
  sim,
  seat,
}, testInfo) => {
  const rui = aPerson('Rui');
  const eva = aPerson('Eva');
  await sim.write(rui, 'Oi');
  await sim.write(eva, 'Oi');
  const admin = await seat(team.administrator);
  await openConversation(admin.page, rui);
  await blockFromMenu(admin.page, rui, { reason: 'Golpe ou fraude' });

  const { page, faults } = await seat(team.moderator, { path: '/bloqueios' });
  faults.allow(/422.*blocks\/test/);
  await page.getByRole('button', { name: 'Testar número' }).click();
  const dialog = page.getByRole('dialog', { name: 'Testar número' });
  const field = dialog.getByRole('textbox', { name: 'Número ou identificação' });
  await expect(field).toBeFocused();
  // As people type it: without the country, without the ninth digit.
  const area = rui.phone.slice(2, 4);
  await field.fill(`(${area}) ${rui.phone.slice(-8, -4)}-${rui.phone.slice(-4)}`);
  await field.press('Enter');
  await expect(dialog).toContainText(`••••-${rui.phone.slice(-4)} seria bloqueado.`);
  const found = dialog.getByRole('region', { name: rui.name });
  await expect(found).toContainText('Golpe ou fraude');
  await expect(found).toContainText(`por ${team.administrator.name}`);
  await expect(found).toContainText('atual');
  await expect(found).toContainText('aplicado');
  await expectAccessible(page, 'Testar número');

  await field.fill(`+${eva.phone}`);
  await field.press('Enter');
  await expect(dialog).toContainText(`••••-${eva.phone.slice(-4)} não seria bloqueado.`);
  await expect(dialog).toContainText('Sem bloqueio ativo.');

  await field.fill('Dona Ana');
  await field.press('Enter');
  await expect(dialog).toContainText('Isto não parece um número');

  // Who was found is a way to them, for whoever may see the details of blocks.
  await field.fill(`+${rui.phone}`);
  await field.press('Enter');
  await expect(found).toContainText('Golpe ou fraude');
  await keepBoth(page, testInfo, 'test-number', found);
  await found.getByRole('link', { name: rui.name }).click();
  await expect(dialog).toBeHidden();
  const contact = page.getByTestId('person-detail');
  await expect(contact.getByRole('heading', { name: rui.name })).toBeVisible();
  await expect(contact.getByRole('link', { name: team.shop })).toBeVisible();
});

test('what waits when a block comes is told before it, stopped by it, and sent once by hand after it', async ({
  team,
  sim,
  seat,
}) => {
  const lia = aPerson('Lia');
  await sim.write(lia, 'Oi');
  const admin = await seat(team.administrator);
  const { page } = admin;
  await openConversation(page, lia);
  await sayIntoBackOff(page, sim, lia, 'Segue o orçamento');
  await say(page, 'E a segunda via');
  await expect(bubble(page, 'E a segunda via')).toHaveAttribute('data-status', 'queued');

  await chooseFromMenu(page, 'Bloquear contato');
  const dialog = blockDialogOf(page, lia);
  const impact = dialog.getByRole('region', { name: 'O que este bloqueio interrompe' });
  await expect(impact).toContainText('2 mensagens à espera de envio não sairão.');
  await expect(impact).toContainText('conversa aberta');
  await expect(impact).toContainText('no WhatsApp, aplica agora');
  await dialog.getByRole('button', { name: 'Cancelar' }).click();
  await blockFromMenu(page, lia, { reason: 'Ofensa ou ameaça' });

  const stopped = bubble(page, 'Segue o orçamento');
  await expect(stopped).toContainText('Não enviada: contato bloqueado');
  await expect(stopped.getByRole('link', { name: /Ofensa ou ameaça · desde/ })).toBeVisible();
  await expect(stoppedPanelOf(page)).toBeHidden();

  await nextSecond();
  await unblockFromBar(page, lia);
  const panel = stoppedPanelOf(page);
  await expect(panel).toContainText('2 mensagens ficaram paradas pelo bloqueio');
  expect(await sim.outbox(lia)).toEqual([]);

  // A colleague has it before them as well: both press, it leaves once.
  const agent = await seat(team.agent);
  await openConversation(agent.page, lia);
  const theirs = bubble(agent.page, 'Segue o orçamento');
  await expect(theirs).toContainText('Não enviada: contato bloqueado');
  await expect(theirs.getByRole('link')).toHaveCount(0);
  const send = 'Enviar agora: Segue o orçamento';
  const ours = panel.getByRole('button', { name: send });
  const colleagues = stoppedPanelOf(agent.page).getByRole('button', { name: send });
  await expect(colleagues).toBeVisible();
  await Promise.all([ours.dblclick(), colleagues.click()]);
  await expect(ours).toBeHidden();
  await expect(colleagues).toBeHidden();
  await expect
    .poll(async () => (await sim.outbox(lia)).map(({ text }) => text))
    .toEqual(['Segue o orçamento']);
  await expect(bubble(page, 'Segue o orçamento')).toHaveCount(2);

  await panel.getByRole('button', { name: 'Descartar: E a segunda via' }).click();
  await expect(panel).toBeHidden();
  await expect(stoppedPanelOf(agent.page)).toBeHidden();
  await expect(blockedBarOf(page)).toBeHidden();
  await page.reload();
  await expect(bubble(page, 'E a segunda via')).toContainText('Não enviada: contato bloqueado');
  await expect(stoppedPanelOf(page)).toHaveCount(0);
  expect(await sim.outbox(lia)).toHaveLength(1);
});

test('unblocked from the page of blocks, what was stopped is listed right there', async ({
  team,
  sim,
  seat,
}) => {
  const ivo = aPerson('Ivo');
  await sim.write(ivo, 'Oi');
  const { page } = await seat(team.administrator);
  await openConversation(page, ivo);
  await sayIntoBackOff(page, sim, ivo, 'Já verifico');
  await blockFromMenu(page, ivo);
  await expect(bubble(page, 'Já verifico')).toContainText('Não enviada: contato bloqueado');

  await page.getByRole('link', { name: 'Bloqueios' }).click();
  await page.getByRole('button', { name: `Desbloquear ${ivo.name}` }).click();
  const confirm = page.getByRole('alertdialog', { name: `Desbloquear ${ivo.name}?` });
  await confirm.getByRole('button', { name: 'Desbloquear contato' }).click();
  const dialog = page.getByRole('dialog', {
    name: `Mensagens paradas pelo bloqueio de ${ivo.name}`,
  });
  await dialog.getByRole('button', { name: 'Enviar agora: Já verifico' }).click();
  await expect(dialog).toBeHidden();
  await expect.poll(async () => (await sim.outbox(ivo)).length).toBe(1);
});

test('a block is as good when nothing can be told of what it stops', async ({
  team,
  sim,
  seat,
}) => {
  const noe = aPerson('Noé');
  await sim.write(noe, 'Oi');
  const { page, faults } = await seat(team.administrator);
  await openConversation(page, noe);
  faults.allow(/503/);
  await page.route('**/block-impact', (route) => route.fulfill({ status: 503, body: '' }));
  await chooseFromMenu(page, 'Bloquear contato');
  const dialog = blockDialogOf(page, noe);
  const cancel = dialog.getByRole('button', { name: 'Cancelar' });
  const before = await cancel.boundingBox();
  await expect(dialog).toContainText('Não foi possível verificar agora.');
  expect(await cancel.boundingBox()).toEqual(before);
  await cancel.click();
  await blockFromMenu(page, noe);
  await expect(blockedBarOf(page)).toBeVisible();
});
