import { expectAccessible } from './support/accessibility.ts';
import { bubble, openConversation, say } from './support/conversation-screen.ts';
import { watchFaults } from './support/faults.ts';
import { aPerson } from './support/person.ts';
import { expect, test } from './support/story.ts';

test('a phone on the simulator’s desk talks with the product', async ({
  browser,
  team,
  seat,
  world,
}) => {
  const iris = aPerson('Íris');
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    // What other stories do is logged here too, and a line that is just appearing has no colour to judge.
    reducedMotion: 'reduce',
  });
  const faults = watchFaults(context);
  const desk = await context.newPage();
  await desk.goto(world.simulator);
  await desk.getByLabel('Número da empresa', { exact: true }).selectOption(team.phoneNumberId);
  await desk.getByRole('button', { name: 'Adicionar celular' }).click();
  await desk.getByLabel('Número', { exact: true }).fill(iris.shownPhone);
  await desk.getByLabel('Nome', { exact: true }).fill(iris.name);
  await desk.getByRole('button', { name: 'Pôr na mesa' }).click();
  const phone = desk.getByRole('region', { name: `Celular de ${iris.name}` });
  await phone.getByRole('textbox', { name: `Mensagem de ${iris.name}` }).fill('Oi, é da loja?');
  await phone.getByRole('button', { name: `Enviar como ${iris.name}` }).click();

  const { page } = await seat(team.agent);
  await openConversation(page, iris);
  await expect(bubble(page, 'Oi, é da loja?')).toBeVisible();
  await say(page, 'É sim, boa tarde!');
  await expect(phone.getByText('É sim, boa tarde!')).toBeVisible();
  await expect(
    phone
      .getByRole('listitem')
      .filter({ hasText: 'Oi, é da loja?' })
      .getByRole('img', { name: 'lida' }),
  ).toBeVisible();
  const log = desk.getByRole('complementary', { name: 'Registro' });
  await expect(log.getByRole('listitem').first()).toBeVisible();
  // What other stories left there would only take time to judge.
  await log.getByRole('button', { name: 'Limpar o registro' }).click();
  await say(page, 'Como posso ajudar?');
  await expect(phone.getByText('Como posso ajudar?')).toBeVisible();
  await log.getByRole('listitem').first().getByRole('button').click();
  await expectAccessible(desk, 'the desk of phones');

  // Leaves the desk as it was.
  await phone.getByRole('button', { name: `Opções de ${iris.name}` }).click();
  await phone.getByRole('button', { name: 'Tirar da mesa' }).click();
  await expect(phone).toBeHidden();
  faults.assertNone();
  await context.close();
});
