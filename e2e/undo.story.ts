import { blockDialogOf, blockFromMenu, nextSecond } from './support/block-screen.ts';
import {
  blockedBarOf,
  bubble,
  composerOf,
  openConversation,
  say,
} from './support/conversation-screen.ts';
import { aPerson } from './support/person.ts';
import { expect, test } from './support/story.ts';

test('a block just made is undone from its toast', async ({ team, sim, seat }) => {
  const bia = aPerson('Bia');
  await sim.write(bia, 'Boa tarde');
  const { page: administrator, context, server } = await seat(team.administrator);
  const { page: agent } = await seat(team.agent, { server: 1 });
  await openConversation(agent, bia);
  await openConversation(administrator, bia);

  await blockFromMenu(administrator, bia);
  await expect(blockedBarOf(agent)).toBeVisible();
  await sim.write(bia, 'Isto se perde');
  const notices = administrator.getByRole('region', { name: 'Avisos' });
  await expect(notices).toContainText('o que chegou nesse meio-tempo fica perdido');
  await notices.getByRole('button', { name: 'Desfazer' }).click();

  await expect(administrator.getByRole('alertdialog')).toHaveCount(0);
  await expect(notices).toContainText('Bloqueio desfeito.');
  await expect(blockedBarOf(administrator)).toBeHidden();
  await expect(composerOf(agent)).toBeVisible();
  await nextSecond();
  await sim.write(bia, 'Ainda estão aí?');
  await expect(bubble(agent, 'Ainda estão aí?')).toBeVisible();
  await say(agent, 'Estamos!');
  await expect(bubble(agent, 'Estamos!').getByText('Lida')).toBeAttached();
  await expect(agent.getByText('Isto se perde')).toHaveCount(0);

  const ended = await context.request.get(`${server}/api/v1/blocks?state=ended`);
  expect(await ended.json()).toMatchObject({
    items: [
      {
        contactName: bia.name,
        isActive: false,
        liftedBy: { name: team.administrator.name },
        attempts: { total: 1 },
      },
    ],
  });
});

test('the offer to undo goes by itself', async ({ team, sim, seat }) => {
  const bia = aPerson('Bia');
  await sim.write(bia, 'Boa tarde');
  const { page, context, server } = await seat(team.administrator);
  await openConversation(page, bia);
  // Blocked at the foot of the contact panel, which then offers the way back.
  const safety = page.getByRole('region', { name: 'Segurança' });
  await safety.getByRole('button', { name: 'Bloquear contato' }).click();
  const dialog = blockDialogOf(page, bia);
  await expect(dialog).toContainText(
    'Ninguém da equipe conseguirá enviar ou encaminhar mensagens para este contato, e o que ele mandar não será entregue nem guardado. Você pode desfazer quando quiser.',
  );
  await dialog.getByRole('button', { name: 'Bloquear contato' }).click();
  await expect(dialog.getByRole('alert')).toHaveText('Escolha um motivo.');
  await dialog.getByRole('radio', { name: 'Ofensa ou ameaça' }).check();
  await dialog.getByRole('button', { name: 'Bloquear contato' }).click();
  const undo = page.getByRole('button', { name: 'Desfazer' });
  await expect(undo).toBeVisible();
  await page.mouse.move(0, 0);
  await expect(undo).toBeHidden();
  await expect(blockedBarOf(page)).toBeVisible();

  await safety.getByRole('button', { name: 'Desbloquear contato' }).click();
  const unblock = page.getByRole('alertdialog', { name: `Desbloquear ${bia.name}?` });
  await unblock.getByRole('button', { name: 'Desbloquear contato' }).click();
  await expect(composerOf(page)).toBeVisible();

  // Somebody else blocks while the dialog is open here: that block is not for this screen to undo.
  await safety.getByRole('button', { name: 'Bloquear contato' }).click();
  await dialog.getByRole('radio', { name: 'Spam' }).check();
  const found = await context.request.get(`${server}/api/v1/contacts?search=${bia.phone}`);
  const [contact] = ((await found.json()) as { items: { id: string }[] }).items;
  const path = `${server}/api/v1/contacts/${contact?.id}/block`;
  expect((await context.request.put(path, { data: { reason: 'fraud' } })).status()).toBe(200);
  await dialog.getByRole('button', { name: 'Bloquear contato' }).click();
  await expect(dialog).toBeHidden();
  const notices = page.getByRole('region', { name: 'Avisos' });
  await expect(notices).toContainText('o contato já estava bloqueado');
  await expect(undo).toHaveCount(0);
});
