import type { Page } from '@playwright/test';
import { call, contactOf } from './support/call-api.ts';
import { keepBoth } from './support/keep-picture.ts';
import { aPerson } from './support/person.ts';
import type { Sim } from './support/sim.ts';
import { expect, test } from './support/story.ts';

/** As the browser does when another of its tabs, or another program, covers this one. */
const cover = (page: Page, isCovered: boolean): Promise<void> =>
  page.evaluate((covered) => {
    const visibilityState = covered ? 'hidden' : 'visible';
    Object.defineProperty(document, 'visibilityState', {
      configurable: true,
      get: () => visibilityState,
    });
    document.dispatchEvent(new Event('visibilitychange'));
  }, isCovered);

interface Asked {
  id: string;
  contactName: string;
}
const ownOf = async (page: Page): Promise<Asked[]> =>
  ((await call(page, 'GET', 'block-requests/own')) as { items: Asked[] }).items;

/** Four people write, and whoever sits there asks for a block of each. */
const askForFour = async (page: Page, sim: Sim): Promise<Asked[]> => {
  const people = ['Eva', 'Gil', 'Lia', 'Téo'].map((name) => aPerson(name));
  for (const person of people) await sim.write(person, 'Oi');
  for (const person of people) {
    const contactId = await contactOf(page, person);
    await call(page, 'POST', `contacts/${contactId}/block-requests`, { reason: 'spam' });
  }
  return ownOf(page);
};
const approve = (page: Page, { id }: Asked) =>
  call(page, 'POST', `block-requests/${id}/approve`, {});

test('approvals are told in one notice, and told again to whoever had no sight of it', async ({
  team,
  sim,
  seat,
}, testInfo) => {
  const { page: administrator } = await seat(team.administrator);
  const { page: agent } = await seat(team.agent, { path: '/ajuda' });
  const asked = await askForFour(agent, sim);
  await agent.clock.install();
  await agent.goto('about:blank');
  for (const request of asked) await approve(administrator, request);

  // Under another tab its time does not run, and it counts as read by nobody.
  const notices = agent.getByRole('region', { name: 'Avisos' });
  const said = '4 pedidos seus de bloqueio aprovados, contatos bloqueados.';
  await agent.goto('/ajuda');
  await expect(notices).toContainText(said);
  await cover(agent, true);
  await agent.clock.runFor(60_000);
  await expect(notices).toContainText(said);
  expect(await ownOf(agent)).toHaveLength(4);
  await agent.reload();
  await expect(notices).toContainText(said);
  await keepBoth(agent, testInfo, 'approved-several');
  await cover(agent, true);
  await cover(agent, false);
  await agent.clock.runFor(13_000);
  await expect(notices).not.toContainText(said);
  await expect.poll(async () => (await ownOf(agent)).length).toBe(0);
  await agent.reload();
  await expect(agent.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(notices).not.toContainText(said);
});

test('an approval whose notice others push away is told again, one that was closed is not', async ({
  team,
  sim,
  seat,
}) => {
  const { page: administrator } = await seat(team.administrator);
  const { page: agent } = await seat(team.agent, { path: '/ajuda' });
  const asked = await askForFour(agent, sim);
  await agent.clock.install();
  await agent.goto('/ajuda');
  await expect(agent.getByRole('heading', { level: 1 })).toBeVisible();
  await cover(agent, true);
  const notices = agent.getByRole('region', { name: 'Avisos' });
  for (const request of asked) {
    await approve(administrator, request);
    await expect(notices).toContainText(`${request.contactName}: pedido aprovado`);
  }
  const [pushed = '', closed = ''] = asked.map(({ contactName }) => contactName);
  await expect(notices).not.toContainText(pushed);
  const left = async () => (await ownOf(agent)).map(({ contactName }) => contactName);
  const close = notices.getByText(closed).locator('..').getByRole('button');
  await close.click();
  await expect.poll(async () => (await left()).length).toBe(3);
  expect(await left()).not.toContain(closed);
  await cover(agent, false);
  await agent.clock.runFor(13_000);
  await expect.poll(left).toEqual([pushed]);
  await agent.reload();
  await expect(notices).toContainText(`${pushed}: pedido aprovado, contato bloqueado.`);
});
