import type { Page } from '@playwright/test';
import { blockFromMenu } from './support/block-screen.ts';
import { openConversation } from './support/conversation-screen.ts';
import { aPerson } from './support/person.ts';
import { expect, test } from './support/story.ts';

const languages = [
  {
    name: 'Português (Brasil)',
    code: 'pt-BR',
    words: ['Conversas', 'Bloqueios', 'Ajustes', 'Perfil', 'Contato bloqueado.'],
  },
  {
    name: 'English',
    code: 'en',
    words: ['Conversations', 'Blocks', 'Settings', 'Profile', 'Contact blocked.'],
  },
  {
    name: 'Español',
    code: 'es',
    words: ['Conversaciones', 'Bloqueos', 'Ajustes', 'Perfil', 'Contacto bloqueado.'],
  },
] as const;

const paths = [
  '/conversas',
  '/contatos',
  '/contatos?aba=conflitos',
  '/bloqueios',
  '/bloqueios?aba=pedidos',
  '/ajustes',
  '/ajustes/espaco',
  '/ajustes/pessoas',
  '/ajustes/api',
  '/ajustes/pedidos',
  '/ajustes/auditoria',
];

/** A key that nobody translated shows as itself: `settings.people`, `list.empty.queue-hint`. */
const expectNoBareKeys = async (page: Page): Promise<void> => {
  const text = (await page.locator('body').allInnerTexts()).join(' ');
  const bare = text
    .split(/\s+/)
    .filter((word) => /^[a-z]+(-[a-z]+)*(\.[a-z]+(-[a-z]+)*)+$/.test(word));
  expect(bare.filter((word) => !word.endsWith('.example'))).toEqual([]);
};

test('every page speaks the three languages, without an error or a breach of the policy', async ({
  team,
  sim,
  seat,
}) => {
  test.slow();
  const yara = aPerson('Yara');
  await sim.write(yara, 'Oi');
  const { page } = await seat(team.administrator);
  const id = await openConversation(page, yara);
  await blockFromMenu(page, yara);
  for (const { name, code, words } of languages) {
    await page.goto('/ajustes/perfil');
    await page.locator('select').selectOption({ label: name });
    await page.locator('form').first().getByRole('button').click();
    const [conversations, blocks, settings, profile, bar] = words;
    await expect(page.getByRole('link', { name: blocks })).toBeVisible();
    await expect(page.getByRole('heading', { level: 1, name: profile })).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('lang', code);
    await expect(page.getByRole('link', { name: settings, exact: true })).toBeVisible();
    for (const path of paths) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expectNoBareKeys(page);
    }
    await page.goto(`/conversas/${id}`);
    await expect(page.getByText(bar)).toBeVisible();
    await expect(page.getByRole('heading', { level: 1, name: conversations })).toBeVisible();
    await expectNoBareKeys(page);
  }
});

test('the language of the workspace holds for who has chosen none', async ({ team, seat }) => {
  const { page: administrator } = await seat(team.administrator, { path: '/ajustes/espaco' });
  await administrator.getByLabel('Idioma padrão').selectOption({ label: 'English' });
  await administrator.getByRole('button', { name: 'Salvar' }).click();
  await expect(administrator.getByRole('heading', { level: 1, name: 'Workspace' })).toBeVisible();
  const { page } = await seat(team.agent);
  await expect(page.getByRole('heading', { level: 1, name: 'Conversations' })).toBeVisible();
});

const background = (page: Page): Promise<string> =>
  page
    .getByRole('navigation')
    .first()
    .evaluate((rail) => getComputedStyle(rail).backgroundColor);

test('light and dark: as the system says, or as the person says', async ({ team, seat }) => {
  const { page } = await seat(team.agent);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const light = await background(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await background(page);
  expect(dark).not.toBe(light);

  await page.getByRole('button', { name: /^Sua conta/ }).click();
  await page.getByRole('menuitemradio', { name: 'Claro' }).click();
  await expect.poll(() => background(page)).toBe(light);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(await background(page)).toBe(light);
  await page.goto('/ajustes/perfil');
  await page.getByRole('radio', { name: 'Do sistema' }).check();
  await expect.poll(() => background(page)).toBe(dark);
});

test('the time zone of the workspace rules the hours', async ({ team, sim, seat }) => {
  const noa = aPerson('Noá');
  const at = new Date(Date.now() - 60_000);
  await sim.write(noa, { text: 'Que horas são aí?', timestamp: Math.floor(at.getTime() / 1000) });
  const hourIn = (timeZone: string): string =>
    new Intl.DateTimeFormat('pt-BR', { hour: '2-digit', minute: '2-digit', timeZone }).format(at);
  const { page } = await seat(team.administrator);
  await openConversation(page, noa);
  const article = page.getByRole('log').getByRole('article').first();
  await expect(article.getByText(hourIn('America/Sao_Paulo'))).toBeVisible();
  await page.goto('/ajustes/espaco');
  await page.getByLabel('Fuso horário').selectOption('America/Manaus');
  await page.getByRole('button', { name: 'Salvar' }).click();
  await expect(page.getByText('Salvo')).toBeVisible();
  await page.goto('/conversas');
  await openConversation(page, noa);
  await expect(article.getByText(hourIn('America/Manaus'))).toBeVisible();
});

test('no page asks for anything outside, and the policy forbids inline code', async ({
  team,
  seat,
}) => {
  const { page, context, server } = await seat(team.agent);
  const foreign: string[] = [];
  context.on('request', (request) => {
    if (!request.url().startsWith(server)) foreign.push(request.url());
  });
  const answer = await page.goto('/conversas');
  const policy = answer?.headers()['content-security-policy'] ?? '';
  expect(policy).toContain("script-src 'self'");
  expect(policy).toContain("style-src 'self'");
  expect(policy).not.toContain('unsafe');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.goto('/nao-existe');
  await expect(page.getByText('Esta página não existe')).toBeVisible();
  expect(foreign).toEqual([]);
});
