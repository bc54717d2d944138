import { bubble, composerOf, openConversation, rowOf, say } from './support/conversation-screen.ts';
import { networkAway } from './support/faults.ts';
import { aPerson } from './support/person.ts';
import { expect, test } from './support/story.ts';

const lost = 'Sem conexão. Reconectando…';

test('a lost connection is shown calmly, loses nothing, and heals', async ({ team, sim, seat }) => {
  const ivo = aPerson('Ivo');
  const eva = aPerson('Eva');
  await sim.write(ivo, 'Tem estacionamento?');
  const { page, context, faults } = await seat(team.agent);
  faults.allow(networkAway);
  await openConversation(page, ivo);

  await context.setOffline(true);
  await expect(page.getByText(lost)).toBeVisible();
  await say(page, 'Temos, na rua de trás.');
  await expect(
    bubble(page, 'Temos, na rua de trás.').getByText('Aguardando conexão'),
  ).toBeAttached();
  await composerOf(page).fill('E é de gra');
  await sim.write(ivo, 'Alô?');
  await sim.write(eva, 'Vocês entregam?');
  await expect(bubble(page, 'Alô?')).toHaveCount(0);

  await context.setOffline(false);
  await expect(page.getByText(lost)).toBeHidden();
  await expect(bubble(page, 'Alô?')).toBeVisible();
  await expect(rowOf(page, eva.name)).toContainText('Vocês entregam?');
  await expect(composerOf(page)).toHaveValue('E é de gra');
  await expect(bubble(page, 'Temos, na rua de trás.').getByText('Lida')).toBeAttached();
  await expect(bubble(page, 'Temos, na rua de trás.')).toHaveCount(1);
  expect((await sim.outbox(ivo)).map(({ text }) => text)).toEqual(['Temos, na rua de trás.']);

  // Live again: nothing has to be reloaded.
  await sim.write(ivo, 'Obrigado');
  await expect(bubble(page, 'Obrigado')).toBeVisible();
});
