import type { Page } from '@playwright/test';
import { sql } from 'kysely';
import type { Deps } from '../src/platform/server/deps.ts';
import { expectAccessible } from './support/accessibility.ts';
import { call, contactOf, conversationOf } from './support/call-api.ts';
import { keepBoth, keepPicture } from './support/keep-picture.ts';
import { aPerson, type Person } from './support/person.ts';
import { expect, test } from './support/story.ts';

const blockAll = async (page: Page, people: readonly Person[], reason: string): Promise<void> => {
  const contactIds = await Promise.all(people.map((person) => contactOf(page, person)));
  expect(await call(page, 'POST', 'blocks/bulk', { contactIds, reason })).toMatchObject({
    done: people.length,
  });
};

const rowOf = (page: Page, person: Person) =>
  page.getByRole('row').filter({ hasText: person.name });

/** Chooses from one of the menus of the filter bar. */
const filterBy = async (page: Page, menu: string, choice: string): Promise<void> => {
  await page.getByRole('group', { name: 'Filtros' }).getByRole('button', { name: menu }).click();
  await page.getByRole('menuitemradio', { name: choice, exact: true }).click();
};

const ageBlocks = async (doors: Deps, people: readonly Person[], days: number): Promise<void> => {
  await sql`update block b set started_at = started_at - make_interval(days => ${days})
      from contact c where c.workspace_id = b.workspace_id and c.id = b.contact_id
       and c.profile_name = any(${people.map(({ name }) => name)}::text[])`.execute(doors.db);
};

test('blocks are searched, filtered by the address, read in full, edited and lifted', async ({
  team,
  sim,
  seat,
}) => {
  test.slow();
  const [rui, bia] = [aPerson('Rui'), aPerson('Bia')];
  for (const person of [rui, bia]) await sim.write(person, 'Oi');
  const { page } = await seat(team.administrator);
  await expect(page.getByRole('tab', { name: 'Fila' })).toBeVisible();
  await blockAll(page, [rui], 'fraud');
  await blockAll(page, [bia], 'spam');
  await page.goto('/bloqueios');
  await expect(rowOf(page, rui)).toContainText('Golpe ou fraude');
  await expect(page.getByRole('tab', { name: 'Ativos' })).toContainText('2');

  // By the number without its ninth digit, then by name.
  const box = page.getByRole('searchbox', { name: 'Buscar bloqueios' });
  const national = rui.phone.slice(2);
  await box.fill(`(${national.slice(0, 2)}) ${national.slice(3)}`);
  await expect(rowOf(page, bia)).toHaveCount(0);
  await expect(rowOf(page, rui)).toBeVisible();
  await box.fill(bia.name);
  await expect(rowOf(page, rui)).toHaveCount(0);
  await box.fill('ninguém assim');
  await expect(page.getByText('Nenhum bloqueio com esses filtros.')).toBeVisible();
  await box.press('Escape');

  // A filter is in the address, and whoever gets it sees the same.
  await filterBy(page, 'Motivo', 'Golpe ou fraude');
  await expect(rowOf(page, bia)).toHaveCount(0);
  expect(page.url()).toContain('motivo=fraud');
  await page.reload();
  await expect(rowOf(page, rui)).toBeVisible();
  await expect(rowOf(page, bia)).toHaveCount(0);
  await expectAccessible(page, 'the blocks, filtered');

  // The drawer: what is known, edited, asked again, and the history.
  await rowOf(page, rui).getByRole('button', { name: rui.name, exact: true }).click();
  const drawer = page.getByRole('dialog', { name: 'Bloqueio' });
  await expect(drawer).toContainText('aplicado');
  await drawer.getByRole('button', { name: 'Editar' }).click();
  const edit = page.getByRole('dialog', { name: `Editar o bloqueio de ${rui.name}` });
  await edit.getByRole('radio', { name: 'Ofensa ou ameaça' }).check();
  await edit.getByRole('textbox', { name: /^Observação/ }).fill('Mudou de assunto.');
  await edit.getByRole('radio', { name: '7 dias' }).check();
  await expectAccessible(page, 'the edit dialog');
  await edit.getByRole('button', { name: 'Salvar' }).click();
  await expect(edit).toBeHidden();
  await expect(drawer).toContainText('Ofensa ou ameaça');
  await expect(drawer).toContainText('Mudou de assunto.');
  await expect(drawer).toContainText('até ');
  await drawer.getByRole('button', { name: 'Tentar de novo no WhatsApp' }).click();
  await expect(page.getByText('Pedido de novo ao WhatsApp')).toBeVisible();

  await drawer.getByRole('button', { name: 'Desbloquear' }).click();
  const sure = page.getByRole('alertdialog', { name: `Desbloquear ${rui.name}?` });
  await sure.getByRole('button', { name: 'Desbloquear contato' }).click();
  await expect(sure).toBeHidden();
  await blockAll(page, [rui], 'spam');
  await expect(drawer.getByRole('article')).toHaveCount(2);
  await expect(drawer.getByRole('article').first()).toContainText('em vigor');
  await expect(drawer.getByRole('article').last()).toContainText(
    `encerrado por ${team.administrator.name}`,
  );
  await expectAccessible(page, 'the drawer of a block');
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
});

test('a block that ended while it was being edited is told calmly and blocks nobody anew', async ({
  team,
  sim,
  seat,
}) => {
  const person = aPerson('Lia');
  await sim.write(person, 'Oi');
  const { page, faults } = await seat(team.administrator);
  faults.allow(/409 .*\/block\)/);
  await expect(page.getByRole('tab', { name: 'Fila' })).toBeVisible();
  await blockAll(page, [person], 'spam');
  await page.goto('/bloqueios');
  await rowOf(page, person).getByRole('button', { name: person.name, exact: true }).click();
  const drawer = page.getByRole('dialog', { name: 'Bloqueio' });
  await drawer.getByRole('button', { name: 'Editar' }).click();
  const edit = page.getByRole('dialog', { name: `Editar o bloqueio de ${person.name}` });
  await edit.getByRole('textbox', { name: /^Observação/ }).fill('Insistiu.');

  // A colleague is faster, and everything on the screen hears of it but what was being written.
  await call(page, 'DELETE', `contacts/${await contactOf(page, person)}/block`);
  await expect(page.getByText('Nenhum contato bloqueado agora.')).toBeAttached();
  await expect(edit.getByRole('textbox', { name: /^Observação/ })).toHaveValue('Insistiu.');
  await edit.getByRole('button', { name: 'Salvar' }).click();
  await expect(edit.getByRole('alert')).toContainText('terminou ou foi trocado por outro');
  await expect(edit.getByRole('button', { name: 'Salvar' })).toHaveCount(0);
  await expectAccessible(page, 'the edit dialog of a block that is over');
  await edit.getByText('Fechar', { exact: true }).click();
  await expect(edit).toBeHidden();
  await expect(drawer.getByRole('article')).toHaveCount(1);
  await expect(drawer).toContainText(`encerrado por ${team.administrator.name}`);
  await expect(drawer.getByRole('button', { name: 'Editar' })).toHaveCount(0);
  expect(await call(page, 'GET', `contacts/${await contactOf(page, person)}/block`)).toMatchObject({
    block: null,
  });
});

test('many are asked again and lifted at once, and whoever was lifted meanwhile is named', async ({
  team,
  sim,
  seat,
}) => {
  test.slow();
  const people = [aPerson('Ana'), aPerson('Caio'), aPerson('Davi')] as const;
  for (const person of people) await sim.write(person, 'Oi');
  const { page } = await seat(team.administrator);
  await expect(page.getByRole('tab', { name: 'Fila' })).toBeVisible();
  // WhatsApp asks to wait a quarter of an hour: it is still here when the block comes.
  await sim.fault({ on: 'messages', to: people[0].phone, error: { code: 131_048 } });
  const waits = { type: 'text', text: 'Segue a segunda via' };
  const conversation = await conversationOf(page, people[0]);
  await call(page, 'POST', `conversations/${conversation}/messages`, waits);
  await blockAll(page, people, 'spam');
  await page.goto('/bloqueios');
  for (const person of people) await expect(rowOf(page, person)).toContainText('aplicado');

  await page.getByRole('button', { name: 'Selecionar' }).click();
  await page.getByRole('checkbox', { name: 'Selecionar todos os que estão na tela' }).check();
  const bar = page.getByRole('region', { name: 'Ações com os selecionados' });
  await expect(bar).toContainText('3 selecionados');
  await expectAccessible(page, 'the selection');
  await bar.getByRole('button', { name: 'Tentar de novo no WhatsApp' }).click();
  const retry = page.getByRole('alertdialog', {
    name: 'Tentar de novo no WhatsApp para 3 contatos?',
  });
  await expect(retry.getByRole('button', { name: 'Cancelar' })).toBeFocused();
  await retry.getByRole('button', { name: 'Tentar de novo' }).click();
  await expect(retry).toContainText('WhatsApp consultado para 3 contatos.');
  await retry.getByRole('button', { name: 'Concluir' }).click();
  await expect(bar).toBeHidden();

  await page.getByRole('button', { name: 'Selecionar' }).click();
  for (const person of people) {
    await page.getByRole('checkbox', { name: `Selecionar ${person.name}` }).check();
  }
  await bar.getByRole('button', { name: 'Desbloquear' }).click();
  const unblock = page.getByRole('alertdialog', { name: 'Desbloquear 3 contatos?' });
  await expect(unblock).toContainText('não poderá ser recuperado');
  const meant = unblock.getByRole('list', { name: 'Contatos escolhidos' }).getByRole('listitem');
  await expect(meant).toHaveText(people.map(({ name }) => name));
  // Somebody else is faster with one of them.
  await call(page, 'DELETE', `contacts/${await contactOf(page, people[1])}/block`);
  await unblock.getByRole('button', { name: 'Desbloquear contatos' }).click();
  await expect(unblock).toContainText('2 contatos desbloqueados.');
  await expect(unblock).toContainText(`${people[1].name}: não está mais bloqueado`);
  const stopped = unblock.getByRole('region', { name: 'Paradas pelos bloqueios' });
  await expect(stopped.getByRole('listitem')).toHaveCount(1);
  await expect(stopped).toContainText('1 mensagem parada');
  const address = new RegExp(`/conversas/${conversation}$`);
  await expect(stopped.getByRole('link', { name: people[0].name })).toHaveAttribute(
    'href',
    address,
  );
  await expectAccessible(page, 'the result');
  await stopped.getByRole('button', { name: `paradas de ${people[0].name}` }).click();
  const decide = page.getByRole('dialog', {
    name: `Mensagens paradas pelo bloqueio de ${people[0].name}`,
  });
  await decide.getByRole('button', { name: 'Enviar agora: Segue a segunda via' }).click();
  await expect(decide).toBeHidden();
  await expect(stopped).toBeHidden();
  await expect(unblock.locator(':focus')).toHaveCount(1);
  await expect.poll(async () => (await sim.outbox(people[0])).length).toBe(1);
  await unblock.getByRole('button', { name: 'Concluir' }).click();
  await expect(page.getByText('Nenhum contato bloqueado agora.')).toBeVisible();
  await page.getByRole('tab', { name: 'Encerrados' }).click();
  for (const person of people) await expect(rowOf(page, person)).toBeVisible();
});

test('old blocks without an end that is near are reviewed: kept or lifted, from the age that is set', async ({
  team,
  sim,
  doors,
  seat,
}, testInfo) => {
  const people = [aPerson('Eva'), aPerson('Gil')] as const;
  for (const person of people) await sim.write(person, 'Oi');
  const { page } = await seat(team.administrator);
  await expect(page.getByRole('tab', { name: 'Fila' })).toBeVisible();
  await blockAll(page, people, 'spam');
  const farAway = `${new Date().getFullYear() + 3}`;
  await call(page, 'PUT', `contacts/${await contactOf(page, people[0])}/block`, {
    reason: 'spam',
    expiresAt: `${farAway}-07-15T12:00:00Z`,
  });
  await ageBlocks(doors, people, 60);
  await page.goto('/bloqueios?aba=revisar');
  await expect(page.getByText('Nada a revisar.')).toBeVisible();
  await page.getByRole('button', { name: 'Mudar' }).click();
  const age = page.getByRole('dialog', { name: 'Quando revisar um bloqueio?' });
  await age.getByRole('textbox', { name: 'Idade em dias' }).fill('30');
  await age.getByRole('button', { name: 'Salvar' }).click();
  await expect(page.getByText('com mais de 30 dias')).toBeVisible();
  await expect(page.getByRole('tab', { name: 'A revisar' })).toContainText('2');
  await expect(rowOf(page, people[0])).toContainText(farAway);
  await expect(rowOf(page, people[1])).toContainText('Sem prazo');
  await expectAccessible(page, 'blocks to review');
  for (const width of [1440, 1200, 390]) await keepPicture(page, testInfo, 'review', width);
  await page.emulateMedia({ colorScheme: 'dark' });
  for (const width of [390, 1440]) await keepPicture(page, testInfo, 'review-dark', width);

  await page.getByRole('button', { name: `Manter o bloqueio de ${people[0].name}` }).click();
  await expect(rowOf(page, people[0])).toHaveCount(0);
  await page.getByRole('button', { name: `Desbloquear ${people[1].name}` }).click();
  const sure = page.getByRole('alertdialog', { name: `Desbloquear ${people[1].name}?` });
  await sure.getByRole('button', { name: 'Desbloquear contato' }).click();
  await expect(page.getByText('Nada a revisar.')).toBeVisible();
  await page.getByRole('tab', { name: 'Ativos' }).click();
  await expect(rowOf(page, people[0])).toBeVisible();
});

test('a drawer that does not list every block that somebody had says so', async ({
  team,
  sim,
  doors,
  seat,
}, testInfo) => {
  const person = aPerson('Noé');
  await sim.write(person, 'Oi');
  const { page } = await seat(team.administrator);
  await expect(page.getByRole('tab', { name: 'Fila' })).toBeVisible();
  await blockAll(page, [person], 'spam');
  await sql`insert into block (workspace_id, id, contact_id, reason, started_at, started_by_kind, lifted_at, lifted_by_kind)
    select b.workspace_id, gen_random_uuid(), b.contact_id, 'spam', b.started_at - make_interval(days => n), 'system',
           b.started_at - make_interval(days => n, hours => -1), 'system'
      from block b join contact c on c.workspace_id = b.workspace_id and c.id = b.contact_id, generate_series(1, 100) n
     where c.profile_name = ${person.name}`.execute(doors.db);
  await page.goto('/bloqueios');
  await page.getByRole('button', { name: person.name, exact: true }).click();
  const drawer = page.getByRole('dialog', { name: 'Bloqueio' });
  await expect(drawer.getByRole('article')).toHaveCount(100);
  const cut = drawer.getByText('Só os 100 bloqueios mais recentes estão aqui.');
  await keepBoth(page, testInfo, 'history-cut', cut);
});
