import {
  bubble,
  chooseTab,
  notesOf,
  openConversation,
  rowOf,
} from './support/conversation-screen.ts';
import { aPerson } from './support/person.ts';
import { expect, test } from './support/story.ts';

test('a message sounds once, however many tabs are open', async ({ team, sim, seat }) => {
  const rosa = aPerson('Rosa');
  const { page, context } = await seat(team.agent);
  const other = await context.newPage();
  await other.goto(page.url());
  const tabs = [page, other];
  // A browser sounds only after a first touch.
  for (const tab of tabs) await chooseTab(tab, 'Todas');
  const notes = async (): Promise<number> =>
    (await Promise.all(tabs.map(notesOf))).reduce((sum, count) => sum + count, 0);
  await sim.write(rosa, 'Oi');
  for (const tab of tabs) await expect(rowOf(tab, rosa.name)).toBeVisible();
  await expect.poll(notes).toBe(2);
  // Longer than the pause after a tone: what follows could sound.
  await page.waitForTimeout(2_500);
  expect(await notes()).toBe(2);

  // What one tab shows, another in the background does not sound for.
  await openConversation(page, rosa);
  await sim.write(rosa, 'Tem alguém aí?');
  await expect(bubble(page, 'Tem alguém aí?')).toBeVisible();
  await expect(rowOf(other, rosa.name)).toContainText('Tem alguém aí?');
  await page.waitForTimeout(1_000);
  expect(await notes()).toBe(2);
  await sim.write(aPerson('Nuno'), 'Bom dia');
  await expect.poll(notes).toBe(4);
});
