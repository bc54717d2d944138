import type { Locator, Page, TestInfo } from '@playwright/test';
import {
  bubble,
  chooseTab,
  openConversation,
  rowOf,
  say,
  threadOf,
} from './support/conversation-screen.ts';
import { keepPicture } from './support/keep-picture.ts';
import { fileOf, kinds, ofTheApp } from './support/kinds-of-messages.ts';
import { aPerson, type Person } from './support/person.ts';
import type { Sim } from './support/sim.ts';
import { expect, test } from './support/story.ts';
import { failureWords, missingWords } from './support/told-in-words.ts';

test.describe.configure({ mode: 'parallel', timeout: 120_000 });

const sizes = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];

type Picture = (name: string, shown: Locator) => Promise<void>;

/** Shows that it is there once and on the screen, and keeps what it looks like. */
const picturesOf =
  (page: Page, testInfo: TestInfo, width: number): Picture =>
  async (name, shown) => {
    await expect(shown, name).toHaveCount(1);
    await expect(shown, name).toBeInViewport();
    await keepPicture(page, testInfo, name, width);
  };

const reactTo = async (sim: Sim, person: Person, target: string, page: Page, picture: Picture) => {
  const shown = (emoji: string) => threadOf(page).getByText(emoji, { exact: true });
  await sim.write(person, { type: 'reaction', target, emoji: '❤️' });
  await picture('reaction', shown('❤️'));
  await sim.write(person, { type: 'reaction', target, emoji: '🙏' });
  await picture('reaction-changed', shown('🙏'));
  await sim.write(person, { type: 'reaction', target });
  await expect(shown('🙏')).toHaveCount(0);
};

/** Edits and deletions of texts, by the person and on the phone of the company. */
const changeTexts = async (sim: Sim, person: Person, page: Page, picture: Picture) => {
  const thread = threadOf(page);
  const { id } = await sim.write(person, 'Isto muda já');
  await sim.write(person, { text: 'Respondo a mim mesma', replyTo: id });
  await picture('reply', bubble(page, 'Respondo a mim mesma').getByText('Isto muda já'));
  await reactTo(sim, person, id, page, picture);
  await sim.write(person, { type: 'edit', target: id, text: 'Agora está certo' });
  await picture('edit', bubble(page, 'Agora está certo').getByText('editada'));
  // Where it is quoted it is told as it is, too.
  await expect(bubble(page, 'Respondo a mim mesma')).toContainText('Agora está certo');
  await sim.write(person, { type: 'revoke', target: id });
  await picture('revoke', bubble(page, 'Mensagem apagada pela pessoa').getByText('editada'));
  await expect(thread.getByText('Agora está certo')).toHaveCount(0);
  const { id: target } = await sim.write(person, { type: 'echo', text: 'Engano da loja' });
  await sim.write(person, { type: 'echo', kind: 'edit', target, text: 'Corrigido na loja' });
  await picture('echo-edit', bubble(page, 'Corrigido na loja').getByText('editada'));
  await expect(thread.getByText('Engano da loja')).toHaveCount(0);
  await sim.write(person, { type: 'echo', kind: 'revoke', target });
  const takenBack = bubble(page, 'Mensagem apagada').filter({ hasNotText: 'pela pessoa' });
  await picture('echo-revoke', takenBack);
};

/** A caption that is edited and taken away, and a file that comes after its place in an import. */
const changeFiles = async (sim: Sim, person: Person, page: Page, picture: Picture) => {
  const thread = threadOf(page);
  const { id: target } = await sim.write(person, { type: 'image', text: 'Custa dez' });
  const edit = { type: 'edit', kind: 'image', target };
  await sim.write(person, { ...edit, text: 'Custa doze' });
  await expect(fileOf(page, 'Custa doze')).toHaveCount(1);
  await picture('edited-caption', bubble(page, 'Custa doze').getByText('editada'));
  await expect(thread.getByText('Custa dez')).toHaveCount(0);
  // Of two edits in one second the first that came stands.
  await sim.write(person, { ...edit, timestamp: Math.ceil(Date.now() / 1_000) + 1 });
  await expect(thread.getByText('Custa doze')).toHaveCount(0);
  const place = { type: 'history', messages: [{ type: 'media_placeholder' }] };
  const { id } = await sim.write(person, place);
  const placeholders = thread.getByText('Mídia', { exact: true });
  await expect(placeholders).toHaveCount(2);
  await sim.write(person, { type: 'image', field: 'history', id, text: 'O recibo de antes' });
  await picture('history-file', fileOf(page, 'O recibo de antes'));
  await expect(placeholders).toHaveCount(1);
};

/** The person moves to another number, and then to an account that does not show it. */
const changePeople = async (sim: Sim, person: Person, page: Page, picture: Picture) => {
  const told = threadOf(page).getByText('Esta pessoa mudou de número');
  const newNumber = aPerson('Vera').phone;
  await sim.write(person, { type: 'number_change', newNumber });
  await picture('number-change', told);
  const moved = { ...person, phone: newNumber };
  await sim.write(moved, 'Do número novo');
  await picture('from-new-number', bubble(page, 'Do número novo'));
  await sim.write(moved, { text: 'Sem mostrar o número', hidden: true });
  await picture('hidden-number', bubble(page, 'Sem mostrar o número'));
  await sim.write(moved, { type: 'echo', text: 'A quem não mostra o número' });
  await picture('echo-to-hidden-number', bubble(page, 'A quem não mostra o número'));
  await sim.write(moved, { type: 'user_id_change' });
  await expect(told).toHaveCount(2);
  await picture('account-change', told.last());
  await sim.write(moved, 'Da conta nova');
  await picture('from-new-account', bubble(page, 'Da conta nova'));
};

/** So many fit on a screen. */
const inOneLook = 5;

for (const size of sizes) {
  test(`each kind a person can send is seen once, at ${size.width}`, async ({
    team,
    sim,
    seat,
  }, testInfo) => {
    const vera = aPerson('Vera');
    await sim.joinApp();
    await sim.write(vera, 'Oi');
    const { page } = await seat(team.agent);
    await page.setViewportSize(size);
    await openConversation(page, vera);
    // Files of somebody who was never answered are covered.
    await say(page, 'Bom dia');
    await expect(bubble(page, 'Bom dia').getByText('Lida')).toBeAttached();

    const picture = picturesOf(page, testInfo, size.width);
    // On a phone the list is another screen.
    const hasList = size.width > 1_000;
    if (hasList) await chooseTab(page, 'Minhas');
    for (const { name, deed, shown, listed } of [...kinds, ...ofTheApp]) {
      await sim.write(vera, deed);
      await picture(name, shown(page));
      if (hasList && listed) await expect(rowOf(page, vera.name), name).toContainText(listed);
    }
    await changeTexts(sim, vera, page, picture);
    await changeFiles(sim, vera, page, picture);
    await changePeople(sim, vera, page, picture);
  });
}

test('each state of a message of ours, and each thing that is not handed on, is told in words', async ({
  team,
  sim,
  seat,
}, testInfo) => {
  const vera = aPerson('Vera');
  await sim.write(vera, 'Oi');
  const { page } = await seat(team.agent);
  await openConversation(page, vera);
  await sim.fault({ on: 'messages', times: 0, muteStatuses: true });
  const sent = async (text: string): Promise<string> => {
    await say(page, text);
    await expect.poll(async () => (await sim.outbox(vera)).at(-1)?.text).toBe(text);
    return (await sim.outbox(vera)).at(-1)?.id ?? '';
  };
  const picture = picturesOf(page, testInfo, 1440);
  const id = await sent('Segue');
  for (const [status, shown] of [
    ['sent', 'Enviada'],
    ['delivered', 'Entregue'],
    ['read', 'Lida'],
    ['played', 'Ouvida'],
  ] as const) {
    await sim.status(id, status);
    await expect(bubble(page, 'Segue').getByText(shown)).toBeAttached();
    await picture(`status-${status}`, bubble(page, 'Segue'));
  }
  const timestamp = Math.ceil(Date.now() / 1_000) + 1;
  await sim.write(vera, { type: 'reaction', target: id, emoji: '❤️', timestamp });
  await chooseTab(page, 'Minhas');
  await expect(rowOf(page, vera.name)).toContainText('Reagiu com ❤️ a: Segue');
  await picture('reaction-to-ours', bubble(page, 'Segue').getByText('❤️', { exact: true }));
  const codes = Object.entries(failureWords);
  for (const [at, [code, why]] of codes.entries()) {
    await sim.status(await sent(`Falha ${code}`), 'failed', Number(code));
    const told = bubble(page, `Falha ${code}`).getByText(why, { exact: true });
    await expect(told).toBeVisible();
    if (at % inOneLook === inOneLook - 1) await picture(`failed-to-${code}`, told);
  }
  const untold = Object.entries(missingWords);
  for (const [at, [unsupportedType, what]] of untold.entries()) {
    await sim.write(vera, { type: 'unsupported', unsupportedType });
    const told = threadOf(page).getByText(what, { exact: true });
    await expect(told).toBeVisible();
    const isLast = at === untold.length - 1;
    if (isLast || at % inOneLook === inOneLook - 1)
      await picture(`missing-to-${unsupportedType}`, told);
  }
});
