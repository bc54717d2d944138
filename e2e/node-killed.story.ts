import type { Page } from '@playwright/test';
import { bubble, composerOf, openConversation } from './support/conversation-screen.ts';
import { networkAway } from './support/faults.ts';
import { type Nodes, startNodes } from './support/nodes.ts';
import { aPerson, type Person } from './support/person.ts';
import type { Sim } from './support/sim.ts';
import { expect, test as story } from './support/story.ts';

const test = story.extend<{ nodes: Nodes }>({
  nodes: async ({ world }, use) => {
    const nodes = await startNodes(world);
    await use(nodes);
    await nodes.stop();
  },
});

/** Long enough for a blip, too short for a deadline or a reload by hand. */
const goesOn = { timeout: 8_000 };
const each = [1, 2, 3, 4];

/** What a page does from here on: a load would be a reload, a new socket shows that its node was the one. */
const watchPage = (page: Page) => {
  const seen = { loads: 0, newSockets: 0 };
  page.on('load', () => {
    seen.loads += 1;
  });
  page.on('websocket', () => {
    seen.newSockets += 1;
  });
  return seen;
};

/** Key by key, as somebody who does not know that anything happened. */
const typeAll = async (page: Page, texts: readonly string[]): Promise<void> => {
  for (const text of texts) {
    await composerOf(page).pressSequentially(text, { delay: 10 });
    await composerOf(page).press('Enter');
    await expect(composerOf(page)).toHaveValue('');
  }
};

const writeAll = async (sim: Sim, person: Person, texts: readonly string[]): Promise<void> => {
  for (const text of texts) await sim.write(person, text);
};

const seenOnce = async (pages: readonly Page[], texts: readonly string[]): Promise<void> => {
  for (const page of pages) {
    for (const text of texts) await expect(bubble(page, text), text).toHaveCount(1, goesOn);
  }
};

test('a node is killed under two browsers, and both go on at the other', async ({
  team,
  sim,
  seat,
  nodes,
}) => {
  const nina = aPerson('Nina');
  await sim.sendTo(nodes.url);
  await sim.write(nina, 'Bom dia, tudo bem?');
  const seats = [
    await seat(team.agent, { at: nodes.url }),
    await seat(team.administrator, { at: nodes.url }),
  ] as const;
  const [agent, administrator] = [seats[0].page, seats[1].page];
  const pages = [agent, administrator];
  let id = '';
  for (const { page, faults } of seats) {
    faults.allow(networkAway);
    id = await openConversation(page, nina);
  }
  // Both hang on the first, the only one so far; with the second there, whoever connects anew is given either.
  await nodes.startSecond();
  const seen = pages.map(watchPage);

  const texts = (who: string): string[] => each.map((n) => `${who}, ${n}.`);
  const [ours, theirs, hers] = [texts('larissa'), texts('helena'), texts('nina')];
  const work = Promise.all([
    typeAll(agent, ours),
    typeAll(administrator, theirs),
    writeAll(sim, nina, hers),
  ]);
  // In the middle of the typing: something has been sent, and more is to come.
  await expect(bubble(agent, ours[1] ?? '')).toHaveCount(1, goesOn);
  await nodes.kill(0);
  await work;
  await seenOnce(pages, [...ours, ...theirs, ...hers]);
  for (const text of [ours.at(-1) ?? '', theirs.at(-1) ?? '']) {
    for (const page of pages) {
      await expect(bubble(page, text).getByText('Lida')).toBeAttached(goesOn);
    }
  }
  const sent = (await sim.outbox(nina)).map(({ text }) => text ?? '');
  const sentBy = (list: readonly string[]) => sent.filter((text) => list.includes(text));
  expect(sentBy(ours)).toEqual(ours);
  expect(sentBy(theirs)).toEqual(theirs);
  expect(sent).toHaveLength(2 * each.length);

  for (const { loads, newSockets } of seen) {
    expect(loads).toBe(0);
    expect(newSockets).toBeGreaterThan(0);
  }
  for (const page of pages) {
    await expect(page.getByText('Sem conexão. Reconectando…')).toBeHidden();
  }
  // A long thread shows only the part in view: what is stored is all of it, once.
  const stored = await agent.request.get(`/api/v1/conversations/${id}/messages?limit=100`);
  const { items } = (await stored.json()) as { items: { text: string | null }[] };
  const found = items.flatMap(({ text }) => (text === null ? [] : [text]));
  expect(found.sort()).toEqual(['Bom dia, tudo bem?', ...ours, ...theirs, ...hers].sort());
});
