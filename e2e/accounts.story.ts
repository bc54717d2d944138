import { cloneDatabase, dropDatabase } from '../src/platform/server/testing/test-postgres.ts';
import { expectAccessible } from './support/accessibility.ts';
import { rowOf } from './support/conversation-screen.ts';
import { watchFaults } from './support/faults.ts';
import { aPerson } from './support/person.ts';
import { startServerProcess } from './support/server-process.ts';
import { fillSignIn } from './support/sign-in.ts';
import { expect, test } from './support/story.ts';

const nobody = /401 .*\/api\/v1\/me\)/;

test('a fresh installation is set up with the code printed at its start', async ({
  browser,
  world,
}) => {
  test.slow();
  const databaseUrl = await cloneDatabase(world.adminUrl);
  const server = await startServerProcess({
    DATABASE_URL: databaseUrl,
    GUARITA_SECRET: world.secret,
    GRAPH_API_URL: world.simulator,
  });
  const context = await browser.newContext({ baseURL: server.url });
  const faults = watchFaults(context);
  faults.allow(nobody);
  faults.allow(/403 .*\/api\/v1\/setup\)/);
  try {
    const page = await context.newPage();
    await page.goto('/');
    await expect(page).toHaveURL(/\/configurar/);
    await expect(page.getByRole('heading', { name: 'Primeiros passos' })).toBeVisible();
    await page.getByRole('button', { name: 'Criar e entrar' }).click();
    await expect(page.getByText('Escreva o código.')).toBeVisible();

    await page.getByLabel('Código de instalação').fill('nao-e-este');
    await page.getByLabel('Nome do espaço de trabalho').fill('Padaria Aurora');
    await page.getByLabel('Nome', { exact: true }).fill('Aurora Lima');
    await page.getByLabel('E-mail').fill('aurora@padaria.example');
    await page.getByLabel('Senha', { exact: true }).fill('curta');
    await page.getByRole('button', { name: 'Criar e entrar' }).click();
    await expect(page.getByText('A senha precisa de pelo menos 10 caracteres.')).toBeVisible();
    await page.getByLabel('Senha', { exact: true }).fill('pao quente cedo');
    await page.getByRole('button', { name: 'Criar e entrar' }).click();
    await expect(page.getByRole('alert')).toContainText('O código não confere.');
    await expectAccessible(page, 'the set-up page with errors');

    expect(server.setupCode).toMatch(/\S{8,}/);
    await page.getByLabel('Código de instalação').fill(server.setupCode ?? '');
    await page.getByRole('button', { name: 'Criar e entrar' }).click();
    await expect(page).toHaveURL(/\/conversas/);
    await expect(page.getByText('Nenhum número conectado')).toBeVisible();
    await expect(page.getByRole('link', { name: 'Conectar um número' })).toBeVisible();
    await page.goto('/ajustes/espaco');
    await expect(page.getByLabel('Nome do espaço de trabalho')).toHaveValue('Padaria Aurora');

    // The door is closed behind the first one.
    await page.goto('/configurar');
    await expect(page.getByText('O Guarita já está configurado.')).toBeVisible();
    faults.assertNone();
  } finally {
    await context.close();
    await server.stop();
    await dropDatabase(world.adminUrl, databaseUrl);
  }
});

test('sign-in says what is wrong, leads back, and out again', async ({ team, seat, world }) => {
  const { page, faults } = await seat(null, { path: '/ajustes/pessoas' });
  faults.allow(nobody);
  faults.allow(/401 .*\/api\/auth\/sign-in\/email\)/);
  await expect(page).toHaveURL(/\/entrar/);
  await page.getByRole('button', { name: 'Entrar' }).click();
  await expect(page.getByText('Escreva um e-mail válido.')).toBeVisible();
  await expect(page.getByText('Escreva a senha.')).toBeVisible();
  await fillSignIn(page, team.administrator.email, 'outra coisa qualquer');
  await expect(page.getByRole('alert')).toHaveText('E-mail ou senha não conferem.');
  await fillSignIn(page, 'ninguem@loja.example', world.password);
  await expect(page.getByRole('alert')).toHaveText('E-mail ou senha não conferem.');
  await fillSignIn(page, team.administrator.email, world.password);
  await expect(page).toHaveURL(/\/ajustes\/pessoas/);
  await expect(page.getByText(team.agent.email)).toBeVisible();

  await page.getByRole('button', { name: `Sua conta: ${team.administrator.name}` }).click();
  await page.getByRole('menuitem', { name: 'Sair' }).click();
  await expect(page.getByRole('button', { name: 'Entrar' })).toBeVisible();
  await page.goto('/conversas');
  await expect(page).toHaveURL(/\/entrar/);
});

test('a forgotten password is replaced by a link of the administrator', async ({
  team,
  seat,
  world,
}) => {
  const { page: administrator } = await seat(team.administrator, { path: '/ajustes/pessoas' });
  await administrator.getByRole('button', { name: `Ações para ${team.agent.name}` }).click();
  await administrator.getByRole('menuitem', { name: 'Link para nova senha' }).click();
  const link = await administrator
    .getByRole('dialog', { name: 'Link para nova senha' })
    .getByRole('textbox')
    .inputValue();
  const { pathname, search } = new URL(link);

  const path = `${pathname}${search}`;
  const { page, faults } = await seat(null, { path });
  faults.allow(/410 .*\/api\/v1\/password-reset\)/);
  faults.allow(/401 .*\/api\/(v1\/me|auth\/sign-in\/email)\)/);
  await page.getByLabel('Nova senha', { exact: true }).fill('outra senha bem longa');
  await page.getByRole('button', { name: 'Salvar nova senha' }).click();
  await expect(page.getByText('Senha trocada. Agora é só entrar.')).toBeVisible();
  await page.getByRole('link', { name: 'Ir para o login' }).click();
  await fillSignIn(page, team.agent.email, world.password);
  await expect(page.getByRole('alert')).toHaveText('E-mail ou senha não conferem.');
  await fillSignIn(page, team.agent.email, 'outra senha bem longa');
  await expect(page).toHaveURL(/\/conversas/);

  await page.goto(path);
  await page.getByLabel('Nova senha', { exact: true }).fill('mais uma senha longa');
  await page.getByRole('button', { name: 'Salvar nova senha' }).click();
  await expect(page.getByRole('alert')).toContainText('Este link já foi usado ou venceu.');
});

test('a person comes in and goes out at once', async ({ team, sim, seat }) => {
  const { page: administrator } = await seat(team.administrator, { path: '/ajustes/pessoas' });
  const email = `nina.${team.phoneNumberId}@loja.example`;
  await administrator.getByRole('button', { name: 'Adicionar pessoa' }).click();
  const add = administrator.getByRole('dialog', { name: 'Adicionar pessoa' });
  await add.getByLabel('Nome').fill('Nina Couto');
  await add.getByLabel('E-mail').fill(email);
  await add.getByLabel('Papel').selectOption({ label: 'Atendente' });
  await add.getByRole('button', { name: 'Gerar' }).click();
  await add.getByRole('button', { name: 'Adicionar', exact: true }).click();
  const handOver = administrator.getByRole('dialog', { name: 'Nina Couto já pode entrar.' });
  const password = await handOver.getByLabel('Senha inicial').inputValue();
  await handOver.getByRole('button', { name: 'Pronto' }).click();
  await expect(administrator.getByText(email)).toBeVisible();

  const { page: nina, faults } = await seat(null, { server: 1 });
  faults.allow(/401/);
  faults.allow(/WebSocket connection to/);
  await fillSignIn(nina, email, password);
  await expect(nina).toHaveURL(/\/conversas/);
  const leo = aPerson('Leo');
  await sim.write(leo, 'Oi');
  await expect(rowOf(nina, leo.name)).toBeVisible();

  await administrator.getByRole('button', { name: 'Ações para Nina Couto' }).click();
  await administrator.getByRole('menuitem', { name: 'Remover pessoa' }).click();
  const remove = administrator.getByRole('alertdialog', { name: 'Remover Nina Couto?' });
  await expect(remove.getByRole('button', { name: 'Cancelar' })).toBeFocused();
  await remove.getByRole('button', { name: 'Remover pessoa' }).click();
  await expect(administrator.getByText('Nina Couto: acesso removido.')).toBeVisible();

  // Her screen, on the other process, is left without being touched.
  await expect(nina).toHaveURL(/\/entrar/);
  await expect(rowOf(nina, leo.name)).toHaveCount(0);
  await fillSignIn(nina, email, password);
  await expect(nina.getByRole('alert')).toHaveText('E-mail ou senha não conferem.');
});

test('an API key is shown once, works, and stops when it is revoked', async ({ team, seat }) => {
  const { page, server } = await seat(team.administrator, { path: '/ajustes/api' });
  await page.getByRole('button', { name: 'Criar chave' }).click();
  const create = page.getByRole('dialog', { name: 'Criar chave de API' });
  await create.getByLabel('Nome').fill('Integração da loja');
  await create.getByRole('button', { name: 'Criar chave' }).click();
  const shown = page.getByRole('alertdialog', { name: 'Copie a chave agora' });
  const key = await shown.getByRole('textbox').inputValue();
  expect(key).toMatch(/^grt_/);
  await shown.getByRole('button', { name: 'Pronto' }).click();
  const row = page.getByRole('listitem').filter({ hasText: 'Integração da loja' });
  await expect(row).toContainText('nunca usada');
  await page.reload();
  await expect(row).toContainText('Atendente');
  expect(await page.content()).not.toContain(key);

  const ask = () =>
    fetch(`${server}/api/v1/conversations`, { headers: { authorization: `Bearer ${key}` } });
  expect((await ask()).status).toBe(200);
  await page.getByRole('button', { name: 'Revogar Integração da loja' }).click();
  const revoke = page.getByRole('alertdialog', { name: 'Revogar Integração da loja?' });
  await revoke.getByRole('button', { name: 'Revogar chave' }).click();
  await expect(page.getByText('Nenhuma chave de API ainda.')).toBeVisible();
  expect((await ask()).status).toBe(401);
});

test('one’s own name and password are changed in the profile', async ({ team, seat, world }) => {
  const { page, faults } = await seat(team.agent, { path: '/ajustes' });
  faults.allow(/403 .*\/api\/v1\/me\/password\)/);
  await page.getByLabel('Nome', { exact: true }).fill('Lari Monteiro');
  await page.getByRole('button', { name: 'Salvar', exact: true }).click();
  await expect(page.getByText('Salvo')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Sua conta: Lari Monteiro' })).toBeVisible();

  const elsewhere = await seat(team.agent, { server: 1, path: '/ajustes' });
  elsewhere.faults.allow(/401|WebSocket connection to/);
  await page.getByLabel('Senha atual').fill('não é esta senha');
  await page.getByLabel('Nova senha', { exact: true }).fill('nova senha da Lari');
  await page.getByRole('button', { name: 'Trocar senha' }).click();
  await expect(page.getByRole('alert')).toHaveText('A senha atual não confere.');
  await page.getByLabel('Senha atual').fill(world.password);
  await page.getByRole('button', { name: 'Trocar senha' }).click();
  await expect(page.getByText('Senha trocada.')).toBeVisible();
  await elsewhere.page.goto('/conversas');
  await expect(elsewhere.page).toHaveURL(/\/entrar/);
});
