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
import { kinds, ofTheApp } from './support/kinds-of-messages.ts';
import { aPerson, type Person } from './support/person.ts';
import type { Sim } from './support/sim.ts';
import { expect, test } from './support/story.ts';

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

/** What happens to messages and people after something was said. */
const changeThings = async (sim: Sim, person: Person, page: Page, picture: Picture) => {
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
  const echo = await sim.write(person, { type: 'echo', text: 'Engano da loja' });
  await sim.write(person, { type: 'echo', kind: 'revoke', target: echo.id });
  const takenBack = bubble(page, 'Mensagem apagada').filter({ hasNotText: 'pela pessoa' });
  await picture('echo-revoke', takenBack);
  const newNumber = aPerson('Vera').phone;
  await sim.write(person, { type: 'number_change', newNumber });
  await picture('number-change', thread.getByText('Esta pessoa mudou de número'));
  const moved = { ...person, phone: newNumber };
  await sim.write(moved, 'Do número novo');
  await picture('from-new-number', bubble(page, 'Do número novo'));
  await sim.write(moved, { text: 'Sem mostrar o número', hidden: true });
  await picture('hidden-number', bubble(page, 'Sem mostrar o número'));
};

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
    await changeThings(sim, vera, page, picture);
  });
}

test('each state of a message of ours is seen as WhatsApp tells it', async ({
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
  for (const [code, why] of [
    [131_026, 'Não entregue: este número não pode receber a mensagem'],
    [130_403, 'Não enviada: este contato está bloqueado no WhatsApp'],
    [131_049, 'Não entregue: o WhatsApp limitou mensagens para esta pessoa'],
    [131_000, 'Não enviada: o WhatsApp está com problemas. Tente de novo mais tarde'],
  ] as const) {
    await sim.status(await sent(`Falha ${code}`), 'failed', code);
    await picture(`failed-${code}`, bubble(page, `Falha ${code}`).getByText(why));
  }
});
