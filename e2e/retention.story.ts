import { purgeOldJob } from '../src/features/conversations/server/purge-old.job.ts';
import { systemActor } from '../src/platform/server/deps.ts';
import { inTx } from '../src/platform/server/in-tx.ts';
import { enqueue } from '../src/platform/server/jobs.ts';
import { everyWorkspace } from '../src/platform/shared/ids.ts';
import { expectAccessible } from './support/accessibility.ts';
import { bubble, openConversation } from './support/conversation-screen.ts';
import { keepPicture } from './support/keep-picture.ts';
import { aPerson } from './support/person.ts';
import { expect, test } from './support/story.ts';

test('old messages go by a setting, once what it does was read and confirmed', async ({
  team,
  sim,
  seat,
  doors,
}, testInfo) => {
  const vera = aPerson('Vera');
  const old = Math.floor(Date.now() / 1000) - 40 * 86_400;
  await sim.write(vera, 'De hoje');
  await sim.write(vera, { type: 'history', timestamp: old, text: 'De quarenta dias atrás' });
  const agent = await seat(team.agent);
  await openConversation(agent.page, vera);
  await expect(bubble(agent.page, 'De quarenta dias atrás')).toBeVisible();

  const { page } = await seat(team.administrator, { path: '/ajustes' });
  await page.getByRole('link', { name: 'Guarda de mensagens' }).click();
  await page.getByRole('switch', { name: 'Apagar mensagens antigas' }).click();
  const days = page.getByLabel('Guardar por quantos dias');
  const save = page.getByRole('button', { name: 'Salvar' });
  await days.fill('12');
  await expect(page.getByText('Escreva um número de 30 a 3650.')).toBeVisible();
  await save.click();
  await expect(days).toBeFocused();
  await days.fill('30');
  await expectAccessible(page, 'how long messages are kept');
  await save.click();
  const dialog = page.getByRole('alertdialog', { name: 'Apagar o que tem mais de 30 dias?' });
  await expect(dialog).toContainText('apagados para sempre. Isto não pode ser desfeito.');
  await expect(dialog.getByRole('button', { name: 'Cancelar' })).toBeFocused();
  for (const width of [1440, 390]) await keepPicture(page, testInfo, 'retention-asks', width);
  await dialog.getByRole('button', { name: 'Apagar mensagens antigas' }).click();
  await expect(page.getByText('Ajuste salvo.')).toBeVisible();
  await expect(dialog).toBeHidden();
  await page.reload();
  await expect(days).toHaveValue('30');
  await keepPicture(page, testInfo, 'retention-saved', 390);

  // Nothing goes before the night.
  await agent.page.reload();
  await expect(bubble(agent.page, 'De quarenta dias atrás')).toBeVisible();
  await inTx(doors, systemActor(everyWorkspace), (ctx) => enqueue(ctx.tx, purgeOldJob, {}));
  await expect(async () => {
    await agent.page.reload();
    await expect(bubble(agent.page, 'De hoje')).toBeVisible();
    await expect(bubble(agent.page, 'De quarenta dias atrás')).toHaveCount(0);
  }).toPass({ timeout: 20_000 });
  await keepPicture(agent.page, testInfo, 'retention-night', 1440);
});
