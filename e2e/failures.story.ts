import { bubble, openConversation, say } from './support/conversation-screen.ts';
import { aPerson } from './support/person.ts';
import { expect, test } from './support/story.ts';

test.describe.configure({ mode: 'parallel' });

test('a message that does not arrive says why', async ({ team, sim, seat }) => {
  const zeca = aPerson('Zeca');
  await sim.write(zeca, 'Oi');
  await sim.fault({ text: 'Primeira', error: { code: 131026, when: 'async' } });
  await sim.fault({ text: 'Segunda', error: { code: 131049 } });
  const { page } = await seat(team.agent);
  await openConversation(page, zeca);
  await say(page, 'Primeira');
  await expect(bubble(page, 'Primeira')).toContainText(
    'Não entregue: este número não pode receber a mensagem',
  );
  await say(page, 'Segunda');
  await expect(bubble(page, 'Segunda')).toContainText(
    'Não entregue: o WhatsApp limitou mensagens para esta pessoa',
  );
  await say(page, 'Terceira');
  await expect(bubble(page, 'Terceira').getByText('Lida')).toBeAttached();
});

test('of a message whose end nobody knows, whoever looked says how it went', async ({
  team,
  sim,
  seat,
}) => {
  const zeca = aPerson('Zeca');
  await sim.write(zeca, 'Oi');
  await sim.fault({ text: 'Chegou', http: 500 });
  await sim.fault({ text: 'Ficou', http: 500 });
  const { page } = await seat(team.agent);
  await openConversation(page, zeca);
  for (const text of ['Chegou', 'Ficou']) {
    await say(page, text);
    await expect(bubble(page, text)).toContainText('Não sabemos se foi entregue');
  }
  await bubble(page, 'Chegou').getByRole('button', { name: 'Foi entregue', exact: true }).click();
  await expect(bubble(page, 'Chegou').getByText('Enviada')).toBeAttached();
  await bubble(page, 'Ficou').getByRole('button', { name: 'Não foi entregue' }).click();
  await expect(bubble(page, 'Ficou')).toContainText('Não');
  await expect(page.getByRole('button', { name: 'Foi entregue', exact: true })).toHaveCount(0);
});
