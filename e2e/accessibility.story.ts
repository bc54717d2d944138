import { expectAccessible } from './support/accessibility.ts';
import { blockDialogOf, blockFromMenu } from './support/block-screen.ts';
import {
  blockedBarOf,
  bubble,
  chooseForMessage,
  chooseFromMenu,
  chooseTab,
  openConversation,
  rowOf,
  say,
  threadOf,
} from './support/conversation-screen.ts';
import { aPerson } from './support/person.ts';
import { expect, test } from './support/story.ts';

test.describe.configure({ mode: 'parallel', timeout: 120_000 });

test('the pages before the door shut nobody out', async ({ seat }) => {
  const { page, faults } = await seat(null);
  faults.allow(/401 .*\/api\/(v1\/me|auth\/sign-in\/email)\)/);
  await page.getByRole('button', { name: 'Entrar' }).click();
  await expect(page.getByText('Escreva a senha.')).toBeVisible();
  await expectAccessible(page, 'sign-in with errors');
  await page.goto('/redefinir-senha?token=algum');
  await expect(page.getByRole('button', { name: 'Salvar nova senha' })).toBeVisible();
  await expectAccessible(page, 'a new password');
  await page.goto('/configurar');
  await expect(page.getByRole('heading', { name: 'Primeiros passos' })).toBeVisible();
  await expectAccessible(page, 'the set-up page, closed');
  await page.goto('/nao-existe');
  await expect(page.getByText('Esta página não existe')).toBeVisible();
  await expectAccessible(page, 'a page that is not there');
});

test('the conversation screen shuts nobody out', async ({ team, sim, seat }) => {
  const [vera, davi] = [aPerson('Vera'), aPerson('Davi')];
  const yesterday = Math.floor(Date.now() / 1000) - 23 * 3600;
  await sim.write(davi, { text: 'Faz tempo', timestamp: yesterday });
  await sim.write(vera, { text: 'Vejam https://exemplo.example/foto', forwarded: 'once' });
  const asked = await sim.write(vera, 'Qual o prazo?');
  await sim.write(vera, { type: 'reaction', target: asked.id, emoji: '🙏' });
  await sim.write(vera, { type: 'image' });
  await sim.write(vera, { type: 'location' });
  await sim.fault({ text: 'Não chega', error: { code: 131026, when: 'async' } });
  const { page } = await seat(team.administrator);
  await expect(rowOf(page, vera.name)).toBeVisible();
  await expectAccessible(page, 'the list, nothing open');
  await openConversation(page, vera);
  await say(page, 'Não chega');
  await expect(bubble(page, 'Não chega')).toContainText('Não entregue');
  await chooseForMessage(page, 'Qual o prazo?', 'Responder');
  await page.keyboard.type('Dois dias');
  await expectAccessible(page, 'the thread with a reply begun');
  await page.keyboard.press('Enter');
  await expect(bubble(page, 'Dois dias').getByText('Lida')).toBeAttached();

  await page.getByRole('button', { name: 'Mais ações' }).click();
  await expect(page.getByRole('menu')).toBeVisible();
  await expectAccessible(page, 'the ⋮ menu');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
  await page
    .getByRole('button', { name: /^Atribuir conversa/ })
    .first()
    .click();
  await expect(page.getByRole('menu')).toBeVisible();
  await expectAccessible(page, 'the menu of colleagues');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Emoji' }).click();
  await expect(page.getByRole('gridcell').first()).toBeVisible();
  await expectAccessible(page, 'the emoji');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Sua conta/ }).click();
  await expect(page.getByRole('menu')).toBeVisible();
  await expectAccessible(page, 'the account menu');
  await page.keyboard.press('Escape');
  await chooseTab(page, 'Minhas');
  await page.getByRole('button', { name: 'Não lidas' }).click();
  await expect(rowOf(page, davi.name)).toBeHidden();
  await expectAccessible(page, 'a filtered list');
});

test('the dialogs of conversations shut nobody out', async ({ team, sim, seat }) => {
  const [vera, davi] = [aPerson('Vera'), aPerson('Davi')];
  await sim.write(davi, 'Oi');
  await sim.write(vera, 'Olá');
  const { page } = await seat(team.administrator);
  await openConversation(page, davi);
  await blockFromMenu(page, davi);
  await openConversation(page, vera);
  await chooseForMessage(page, 'Olá', 'Encaminhar');
  const forward = page.getByRole('dialog', { name: 'Encaminhar mensagem' });
  await expect(forward.getByRole('checkbox', { name: davi.name })).toBeDisabled();
  await expect(forward).not.toContainText('está bloqueado');
  await forward.getByRole('searchbox').fill(davi.name);
  await expect(forward).toContainText('1 destino está bloqueado');
  await expectAccessible(page, 'forwarding');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Nova conversa' }).click();
  await page.getByRole('button', { name: 'Abrir conversa' }).click();
  await expect(page.getByText('Escreva o número.')).toBeVisible();
  await expectAccessible(page, 'a new conversation');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Mudar nome' }).click();
  await expect(page.getByRole('dialog', { name: 'Nome do contato' })).toBeVisible();
  await expectAccessible(page, 'renaming');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox')).toBeFocused();
  await expect(page.getByRole('option').first()).toBeVisible();
  await expectAccessible(page, 'the command bar');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Atalhos de teclado' }).click();
  await expect(page.getByRole('dialog', { name: 'Atalhos de teclado' })).toBeVisible();
  await expectAccessible(page, 'the list of keys');
});

test('blocking shuts nobody out who may do it', async ({ team, sim, seat }) => {
  const davi = aPerson('Davi');
  await sim.write(davi, 'Oi');
  const { page } = await seat(team.administrator);
  await openConversation(page, davi);
  await chooseFromMenu(page, 'Bloquear contato');
  const dialog = blockDialogOf(page, davi);
  await dialog.getByRole('radio', { name: 'Até uma data' }).check();
  await dialog.getByRole('button', { name: 'Bloquear contato' }).click();
  await expect(dialog.getByText('Escolha um motivo.')).toBeVisible();
  await expectAccessible(page, 'the block dialog with errors');
  await dialog.getByRole('radio', { name: 'Sem prazo' }).check();
  await dialog.getByRole('radio', { name: 'Spam' }).check();
  await dialog.getByRole('button', { name: 'Bloquear contato' }).click();
  await expect(blockedBarOf(page)).toBeVisible();
  await expect(page.getByRole('region', { name: 'Bloqueado' })).toContainText('Spam');
  await expectAccessible(page, 'a blocked conversation with its toast');
  await page.getByRole('button', { name: 'Bloqueadas' }).click();
  await expect(rowOf(page, davi.name)).toBeVisible();
  await expectAccessible(page, 'the blocked ones');
  await chooseFromMenu(page, 'Desbloquear contato');
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await expectAccessible(page, 'the unblock dialog');
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Bloqueios' }).click();
  await expect(page.getByRole('row').filter({ hasText: davi.name })).toBeVisible();
  await expectAccessible(page, 'the page of blocks');
  await page.getByRole('tab', { name: 'Encerrados' }).click();
  await expect(page.getByText('Nenhum bloqueio encerrado ainda.')).toBeVisible();
  await expectAccessible(page, 'no ended blocks');
});

test('the settings shut nobody out', async ({ team, seat }) => {
  const { page } = await seat(team.administrator, { path: '/ajustes/perfil' });
  await expect(page.getByRole('button', { name: 'Trocar senha' })).toBeVisible();
  await expectAccessible(page, 'the profile');
  await page.goto('/ajustes/espaco');
  await expect(page.getByLabel('Fuso horário')).toBeVisible();
  await expectAccessible(page, 'the workspace');
  await page.goto('/ajustes/pessoas');
  await expect(page.getByText(team.agent.email)).toBeVisible();
  await expectAccessible(page, 'the people');
  await page.getByRole('button', { name: 'Adicionar pessoa' }).click();
  const add = page.getByRole('dialog', { name: 'Adicionar pessoa' });
  await add.getByRole('button', { name: 'Adicionar', exact: true }).click();
  await expect(add.getByText('Escreva um nome.')).toBeVisible();
  await expectAccessible(page, 'adding a person');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: `Ações para ${team.agent.name}` }).click();
  await page.getByRole('menuitem', { name: 'Link para nova senha' }).click();
  await expect(page.getByRole('dialog').getByRole('textbox')).toBeVisible();
  await expectAccessible(page, 'a link for a new password');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: `Ações para ${team.agent.name}` }).click();
  await page.getByRole('menuitem', { name: 'Remover pessoa' }).click();
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await expectAccessible(page, 'removing a person');
  await page.goto('/ajustes/api');
  await expect(page.getByText('Nenhuma chave de API ainda.')).toBeVisible();
  await page.getByRole('button', { name: 'Criar chave' }).click();
  const create = page.getByRole('dialog', { name: 'Criar chave de API' });
  await create.getByLabel('Nome').fill('Loja');
  await expectAccessible(page, 'creating a key');
  await create.getByRole('button', { name: 'Criar chave' }).click();
  await expect(page.getByRole('alertdialog', { name: 'Copie a chave agora' })).toBeVisible();
  await expectAccessible(page, 'the key, once');
  await page.getByRole('button', { name: 'Pronto' }).click();
  await expect(page.getByText('1 chave')).toBeVisible();
  await expectAccessible(page, 'the keys');
});

test('a narrow screen shuts nobody out', async ({ team, sim, seat }) => {
  const davi = aPerson('Davi');
  await sim.write(davi, 'Oi');
  const { page } = await seat(team.administrator);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(rowOf(page, davi.name)).toBeVisible();
  await expectAccessible(page, 'the list on a phone');
  await openConversation(page, davi);
  await expect(threadOf(page)).toBeVisible();
  await expectAccessible(page, 'the thread on a phone');
  await chooseFromMenu(page, 'Dados do contato');
  await expect(page.getByRole('dialog', { name: 'Dados do contato' })).toBeVisible();
  await expectAccessible(page, 'the contact on a phone');
});
