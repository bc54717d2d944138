import { blockFromMenu, nextSecond, unblockFromBar } from './support/block-screen.ts';
import {
  blockedBarOf,
  bubble,
  chooseTab,
  composerOf,
  openConversation,
  rowOf,
  say,
} from './support/conversation-screen.ts';
import { aPerson } from './support/person.ts';
import { expect, test } from './support/story.ts';

test('two browsers on two processes see what the other does', async ({
  team,
  sim,
  seat,
  world,
}) => {
  expect(world.servers[0]).not.toBe(world.servers[1]);
  const lia = aPerson('Lia');
  const { page: agent } = await seat(team.agent, { server: 0 });
  const { page: administrator } = await seat(team.administrator, { server: 1 });

  // The webhook goes to the first process; both screens show the message.
  await sim.write(lia, 'Quero trocar o tamanho');
  await expect(rowOf(agent, lia.name)).toContainText('Quero trocar o tamanho');
  await expect(rowOf(administrator, lia.name)).toContainText('Quero trocar o tamanho');
  await openConversation(administrator, lia);
  await openConversation(agent, lia);

  await agent.getByRole('button', { name: 'Assumir' }).click();
  const assign = (name: string) => ({ name: `Atribuir conversa: ${name}` });
  await expect(administrator.getByRole('button', assign(team.agent.name)).first()).toBeVisible();
  await expect(administrator.getByText(`${team.agent.name} assumiu a conversa`)).toBeVisible();

  await administrator.getByRole('button', assign(team.agent.name)).first().click();
  await administrator.getByRole('menuitemradio', { name: team.colleague.name }).click();
  await expect(agent.getByRole('button', assign(team.colleague.name)).first()).toBeVisible();
  await chooseTab(agent, 'Minhas');
  await expect(rowOf(agent, lia.name)).toBeHidden();

  await say(agent, 'Claro, qual tamanho?');
  await expect(bubble(administrator, 'Claro, qual tamanho?').getByText('Lida')).toBeAttached();
  await say(administrator, 'Temos até o 44.');
  await expect(bubble(agent, 'Temos até o 44.')).toContainText(team.administrator.name);
  await expect.poll(async () => (await sim.outbox(lia)).length).toBe(2);

  // Blocked through the second process; the first one refuses at once.
  await blockFromMenu(administrator, lia);
  await expect(blockedBarOf(agent)).toBeVisible();
  await sim.write(lia, 'Não passa');
  await unblockFromBar(administrator, lia);
  await expect(composerOf(agent)).toBeVisible();
  await nextSecond();
  await sim.write(lia, 'O 42');
  await expect(bubble(agent, 'O 42')).toBeVisible();
  await expect(bubble(administrator, 'O 42')).toBeVisible();
  await expect(agent.getByText('Não passa')).toHaveCount(0);
});
