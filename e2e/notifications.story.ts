import { expectAccessible } from './support/accessibility.ts';
import { expectNowhere } from './support/ask-removal-screen.ts';
import { nextSecond } from './support/block-screen.ts';
import { call, contactOf, conversationOf } from './support/call-api.ts';
import { bubble, composerOf, openConversation, say } from './support/conversation-screen.ts';
import { bodiesOn, untilEmpty, wantNotifications, watchDesktop } from './support/desktop.ts';
import { networkAway } from './support/faults.ts';
import { keepBoth, keepPicture } from './support/keep-picture.ts';
import { aPerson } from './support/person.ts';
import { askRemoval } from './support/removal-screen.ts';
import { expect, type Seat, type TakeSeat, test } from './support/story.ts';
import type { Team } from './support/team.ts';

/** Two browsers with notifications on, at two processes. */
const twoDesks = async (seat: TakeSeat, team: Team) => {
  const larissa = await seat(team.agent, { path: '/ajustes/perfil' });
  const diego = await seat(team.colleague, { server: 1, path: '/ajustes/perfil' });
  const desks = [];
  for (const each of [larissa, diego]) {
    desks.push(await watchDesktop(each));
    await wantNotifications(each.page);
  }
  const [hers, his] = desks;
  if (!hers || !his) throw new Error('there are two');
  return { larissa, diego, hers, his };
};

const block = ({ page }: Seat, contactId: string): Promise<unknown> =>
  call(page, 'PUT', `contacts/${contactId}/block`, { reason: 'spam' });

test('notifications are asked for by a click, and the profile says how they stand', async ({
  team,
  seat,
}, testInfo) => {
  test.slow();
  const larissa = await seat(team.agent, { path: '/ajustes/perfil' });
  const { page } = larissa;
  const desktop = await watchDesktop(larissa);
  const card = page.getByText('Mostrar notificações').locator('xpath=ancestor::section');
  const wish = page.getByRole('switch', { name: 'Mostrar notificações' });
  const text = page.getByRole('switch', { name: 'Mostrar o texto da mensagem' });
  await expect(wish).not.toBeChecked();
  await expect(text).toBeDisabled();
  expect(larissa.context.serviceWorkers()).toEqual([]);
  await wish.click();
  await expect(wish).toBeChecked();
  await expect(text).toBeEnabled();
  await page.getByRole('button', { name: 'Ver um exemplo' }).click();
  await expect.poll(() => desktop.shown.length).toBe(1);
  expect(desktop.shown[0]?.body).toBe('É assim que uma notificação aparece.');
  await expectAccessible(page, 'notifications switched on');
  for (const width of [1440, 1024]) await keepPicture(page, testInfo, 'on', width, card);
  await keepBoth(page, testInfo, 'on', card);

  const diego = await seat(team.colleague, { path: '/ajustes/perfil' });
  await watchDesktop(diego, 'denied');
  const his = diego.page.getByRole('switch', { name: 'Mostrar notificações' });
  if (await his.isEnabled()) await his.click();
  await expect(diego.page.getByText('O navegador não permite notificações')).toBeVisible();
  await expect(his).not.toBeChecked();
  await expect(his).toBeDisabled();
  await expectAccessible(diego.page, 'notifications denied');
  await keepBoth(diego.page, testInfo, 'denied', his);
});

test('a message is told once a browser, and taken back with what it said', async ({
  team,
  sim,
  seat,
}) => {
  test.slow();
  const vera = aPerson('Vera');
  const { larissa, diego, hers, his } = await twoDesks(seat, team);
  const second = await larissa.context.newPage();
  await second.goto('/contatos');
  await sim.write(vera, 'Meu pedido não chegou');
  for (const desk of [hers, his]) {
    await expect.poll(() => bodiesOn(desk)).toEqual(['Meu pedido não chegou']);
    expect(desk.shown).toHaveLength(1);
    expect(desk.shown[0]).toMatchObject({ title: vera.name, silent: true });
  }
  const conversationId = await conversationOf(larissa.page, vera);
  expect(hers.shown[0]?.tag).toBe(conversationId);

  // Covered: gone from both desktops within a second of the answer.
  const reason = 'personal-data';
  await askRemoval(larissa, conversationId, ['Meu pedido não chegou'], { reason });
  const covered = Date.now();
  for (const desk of [hers, his]) expect((await untilEmpty(desk)) - covered).toBeLessThan(1000);
  for (const { page } of [larissa, diego]) await expectNowhere(page, 'Meu pedido não chegou');

  // A picture of a stranger: the words for it, no picture, no caption.
  await nextSecond();
  await sim.write(vera, { type: 'image', text: 'legenda que ninguém pediu' });
  for (const desk of [hers, his]) {
    await expect.poll(() => bodiesOn(desk)).toEqual(['Imagem oculta']);
    expect(JSON.stringify(desk.shown)).not.toContain('legenda');
    expect(desk.shown.map(({ image, icon }) => [image, icon])).toEqual(
      desk.shown.map(() => [undefined, '/notification.png']),
    );
  }

  // Only from whom: at this browser alone.
  await larissa.page.getByRole('switch', { name: 'Mostrar o texto da mensagem' }).click();
  await nextSecond();
  await sim.write(vera, 'Alguém aí?');
  await expect.poll(() => bodiesOn(his)).toEqual(['Alguém aí?']);
  await expect
    .poll(() => hers.standing())
    .toEqual([{ title: `Nova mensagem de ${vera.name}`, body: '', tag: conversationId }]);

  // A click opens it, where it is read: gone from the other's desktop as well.
  await hers.click(conversationId);
  const open = [larissa.page, second].map((page) =>
    page.waitForURL(`**/conversas/${conversationId}**`),
  );
  await Promise.any(open);
  const [page] = [larissa.page, second].filter((each) => each.url().includes(conversationId));
  if (!page) throw new Error('it was opened in neither');
  await page.bringToFront();
  await expect(bubble(page, 'Alguém aí?')).toBeVisible();
  await Promise.all([untilEmpty(hers), untilEmpty(his)]);

  // While one of her tabs looks at it, none of them tells.
  const before = hers.shown.length;
  await nextSecond();
  await sim.write(vera, 'Obrigada!');
  await expect(bubble(page, 'Obrigada!')).toBeVisible();
  await expect.poll(() => his.shown.length).toBeGreaterThan(0);
  expect(hers.shown).toHaveLength(before);
  await expect(composerOf(diego.page)).toHaveCount(0);
});

test('nothing of a blocked person is told, and nothing to whoever asked for the block', async ({
  team,
  sim,
  seat,
}) => {
  test.slow();
  const rui = aPerson('Rui');
  const { larissa, hers, his } = await twoDesks(seat, team);
  const administrator = await seat(team.administrator);
  await sim.write(rui, 'Vocês vão ver');
  for (const desk of [hers, his]) await expect.poll(() => bodiesOn(desk)).toHaveLength(1);
  const contactId = await contactOf(administrator.page, rui);

  await call(larissa.page, 'POST', `contacts/${contactId}/block-requests`, { reason: 'offense' });
  await untilEmpty(hers);
  expect(await bodiesOn(his)).toEqual(['Vocês vão ver']);
  await nextSecond();
  await sim.write(rui, 'Estão me ouvindo?');
  await expect.poll(() => bodiesOn(his)).toEqual(['Estão me ouvindo?']);
  expect(await hers.standing()).toEqual([]);

  await block(administrator, contactId);
  const blocked = Date.now();
  expect((await untilEmpty(his)) - blocked).toBeLessThan(1000);
  const [toHer, toHim] = [hers.shown.length, his.shown.length];
  await nextSecond();
  await sim.write(rui, 'Apareci');
  await sim.write(rui, { type: 'image', text: 'Apareci' });
  // Something else arrives after it, so that one knows when to look.
  await sim.write(aPerson('Ana'), 'Boa tarde');
  for (const desk of [hers, his]) await expect.poll(() => bodiesOn(desk)).toEqual(['Boa tarde']);
  expect([hers.shown.length, his.shown.length]).toEqual([toHer + 1, toHim + 1]);
});

test('what changed while nobody listened is taken back when somebody does again', async ({
  team,
  sim,
  seat,
}) => {
  test.slow();
  const [ana, bia] = [aPerson('Ana'), aPerson('Bia')];
  const { larissa, diego, hers, his } = await twoDesks(seat, team);
  larissa.faults.allow(networkAway);
  // After she has left; and a whole browser asks for the icon of a page that names none.
  larissa.faults.allow(/401|favicon\.ico/);
  for (const person of [ana, bia]) await sim.write(person, `Oi, sou ${person.name}`);
  await expect.poll(async () => (await bodiesOn(hers)).length).toBe(2);
  const conversationId = await conversationOf(diego.page, ana);

  await larissa.context.setOffline(true);
  await askRemoval(diego, conversationId, [`Oi, sou ${ana.name}`], { reason: 'other' });
  await expect.poll(() => bodiesOn(his)).toEqual([`Oi, sou ${bia.name}`]);
  expect(await bodiesOn(hers)).toHaveLength(2);
  await larissa.context.setOffline(false);
  await expect.poll(() => bodiesOn(hers)).toEqual([`Oi, sou ${bia.name}`]);

  // A page that is loaded anew finds what the one before has shown.
  await larissa.page.goto('/favicon.svg');
  const moderator = await seat(team.moderator);
  await openConversation(moderator.page, bia);
  await say(moderator.page, 'Bom dia!');
  await expect.poll(() => bodiesOn(his)).toEqual([]);
  await larissa.page.goto('/contatos');
  await expect.poll(() => bodiesOn(hers)).toEqual([]);

  // The session ends.
  await sim.write(aPerson('Caio'), 'Olá');
  for (const desk of [hers, his]) await expect.poll(() => bodiesOn(desk)).toEqual(['Olá']);
  await larissa.page.goto('/ajustes/perfil');
  await larissa.page.getByRole('button', { name: 'Sair' }).click();
  await larissa.page.waitForURL('**/entrar**');
  // The page is loaded anew on the way out, perhaps while it is asked.
  await expect(async () => expect(await bodiesOn(hers)).toEqual([])).toPass();
  expect(await bodiesOn(his)).toEqual(['Olá']);
});
