import { sql } from 'kysely';
import type { Deps } from '../src/platform/server/deps.ts';
import { expectAccessible } from './support/accessibility.ts';
import { nextSecond } from './support/block-screen.ts';
import {
  blockedBarOf,
  bubble,
  chooseFromMenu,
  chooseTab,
  notesOf,
  openConversation,
  rowOf,
  say,
} from './support/conversation-screen.ts';
import { filesOf } from './support/media-screen.ts';
import { aPerson, type Person } from './support/person.ts';
import { askFromMenu, requestBarOf, requestOf } from './support/request-screen.ts';
import { expect, test } from './support/story.ts';

/** As if the time for an answer had passed, and the job for it had come. The clock of a screen moves every half minute. */
const nobodyAnswered = async (doors: Deps, person: Person): Promise<void> => {
  const { rows } = await sql<{ workspaceId: string; id: string }>`
    update block_request q set due_at = clock_timestamp(), opened_at = opened_at - interval '26 hours 1 minute'
      from contact c where c.workspace_id = q.workspace_id and c.id = q.contact_id
       and c.profile_name = ${person.name} returning q.workspace_id as "workspaceId", q.id`.execute(
    doors.db,
  );
  await sql`select graphile_worker.add_job('gate.bring-up-request', json_build_object(
    'workspaceId', ${rows[0]?.workspaceId}::text, 'requestId', ${rows[0]?.id}::text))`.execute(
    doors.db,
  );
};

test('an agent asks, the queue shows it live, an administrator approves, and it is blocked everywhere', async ({
  team,
  sim,
  seat,
}) => {
  test.slow();
  const rui = aPerson('Rui');
  const ana = aPerson('Ana');
  await sim.write(ana, 'Bom dia');
  await sim.write(rui, 'Vocês vão se arrepender');
  const { page: agent, faults } = await seat(team.agent);
  faults.allow(/403/);
  const { page: colleague, faults: others } = await seat(team.colleague, { server: 1 });
  others.allow(/403/);
  const { page: administrator } = await seat(team.administrator, {
    server: 1,
    path: '/bloqueios?aba=pedidos',
  });
  await expect(administrator.getByText('Nenhum pedido de bloqueio à espera.')).toBeVisible();

  // The agent has the conversation; what the person sends is seen by everybody.
  await openConversation(agent, rui);
  await say(agent, 'Bom dia, posso ajudar?');
  await expect(bubble(agent, 'Bom dia, posso ajudar?').getByText('Lida')).toBeAttached();
  // In whole seconds, what comes in the same one is not after the answer: it would be covered.
  await nextSecond();
  await sim.write(rui, { type: 'image' });
  await openConversation(colleague, rui);
  for (const page of [agent, colleague]) await expect(filesOf(page, 'image')).toBeVisible();

  await askFromMenu(agent, rui, { reason: 'Ofensa ou ameaça', note: 'Ameaçou vir até a loja.' });

  // For the agent: the bar, out of the list, no sound, the media gone; asked once.
  await expect(requestBarOf(agent)).toContainText('Pedido enviado à administração');
  await expect(filesOf(agent, 'image', 'withheld')).toContainText('Mídia oculta enquanto');
  await chooseTab(agent, 'Minhas');
  await expect(rowOf(agent, rui.name)).toHaveCount(0);
  await agent.getByRole('button', { name: 'Pedido de bloqueio' }).click();
  await expect(rowOf(agent, rui.name)).toBeVisible();
  await expect(
    agent
      .getByRole('region', { name: 'Segurança' })
      .getByRole('button', { name: 'Pedir bloqueio' }),
  ).toBeDisabled();
  await chooseTab(agent, 'Fila');
  await openConversation(agent, ana);
  const notes = await notesOf(agent);
  await sim.write(rui, 'Estão me ouvindo?');
  await expect(rowOf(colleague, rui.name)).toContainText('Estão me ouvindo?');
  await agent.getByRole('button', { name: 'Pedido de bloqueio' }).click();
  await expect(rowOf(agent, rui.name)).toContainText('Estão me ouvindo?');
  await expect(rowOf(agent, rui.name).getByText('não lida')).toHaveCount(0);
  await expect(agent).toHaveTitle('Conversas · Guarita');
  expect(await notesOf(agent)).toBe(notes);

  // For a colleague: the conversation is there, the media is not.
  await expect(requestBarOf(colleague)).toContainText('Há um pedido de bloqueio em análise');
  await expect(filesOf(colleague, 'image', 'withheld')).toBeVisible();
  await expect(rowOf(colleague, rui.name)).toBeVisible();

  // For administrators: live, with a counter, who, why, and the last messages.
  const request = requestOf(administrator, rui);
  await expect(request).toContainText('Ofensa ou ameaça');
  await expect(request).toContainText(`pedido por ${team.agent.name}`);
  await expect(request).toContainText('Ameaçou vir até a loja.');
  await expect(
    administrator.getByRole('link', { name: 'Bloqueios, 1 pedido de bloqueio' }),
  ).toBeVisible();
  await request.getByRole('button', { name: 'Ler as últimas 2 mensagens' }).click();
  await expect(request).toContainText('Vocês vão se arrepender');
  await expect(request.locator('[data-media="image"][data-state="ready"]')).toBeVisible();
  await request.getByRole('button', { name: 'Aprovar…' }).click();
  const dialog = administrator.getByRole('alertdialog', { name: `Bloquear ${rui.name}?` });
  await expect(dialog.getByRole('radio', { name: 'Ofensa ou ameaça' })).toBeChecked();
  await dialog.getByRole('radio', { name: '7 dias' }).check();
  await dialog.getByRole('button', { name: 'Bloquear contato' }).click();
  await expect(request).toHaveCount(0);
  await administrator.getByRole('tab', { name: 'Ativos' }).click();
  await expect(administrator.getByRole('row').filter({ hasText: rui.name })).toContainText(
    'Ofensa ou ameaça',
  );

  // Everywhere and at once; the agent is told.
  await expect(agent.getByText(`${rui.name}: pedido aprovado, contato bloqueado.`)).toBeVisible();
  await expect(rowOf(agent, rui.name)).toHaveCount(0);
  await expect(blockedBarOf(colleague)).toBeVisible();
  await expect(requestBarOf(colleague)).toHaveCount(0);
  await sim.write(rui, 'Isto não chega');
  await expect(colleague.getByText('Isto não chega')).toHaveCount(0);
});

test('a request that nobody answers is brought up; refused with a word, everything is as before', async ({
  team,
  sim,
  seat,
  doors,
}) => {
  const bia = aPerson('Bia');
  await sim.write(bia, 'Quero falar com o gerente!');
  const { page: agent } = await seat(team.agent);
  const { page: administrator } = await seat(team.administrator, { server: 1 });
  await openConversation(agent, bia);
  await say(agent, 'Um momento.');
  await openConversation(administrator, bia);
  await askFromMenu(agent, bia, { reason: 'Outro' });

  const late = '1 pedido de bloqueio sem resposta no prazo';
  await nobodyAnswered(doors, bia);
  const desk = administrator.getByRole('region', { name: 'Avisos' });
  await expect(desk).toContainText(late);
  await expect(administrator.getByRole('link', { name: `Bloqueios, ${late}` })).toBeVisible();

  await requestBarOf(administrator).getByRole('link', { name: 'Ver pedidos' }).click();
  const request = requestOf(administrator, bia);
  await expect(request).toContainText('sem resposta há 26 h');
  await request.getByRole('button', { name: 'Recusar…' }).click();
  const dialog = administrator.getByRole('dialog', { name: `Recusar o bloqueio de ${bia.name}?` });
  await dialog.getByRole('textbox', { name: /^Resposta/ }).fill('Ela tem razão, eu ligo para ela.');
  await dialog.getByRole('button', { name: 'Recusar pedido' }).click();
  await expect(request).toHaveCount(0);

  const notices = agent.getByRole('region', { name: 'Avisos' });
  await expect(notices).toContainText(`${bia.name}: pedido de bloqueio recusado.`);
  await expect(requestBarOf(agent)).toContainText('Ela tem razão, eu ligo para ela.');
  await chooseTab(agent, 'Minhas');
  await expect(rowOf(agent, bia.name)).toBeVisible();
  await requestBarOf(agent).getByRole('button', { name: 'Entendi' }).click();
  await expect(requestBarOf(agent)).toHaveCount(0);
  await sim.write(bia, 'Obrigada!');
  await expect(bubble(agent, 'Obrigada!')).toBeVisible();
});

test('asking and deciding shut nobody out', async ({ team, sim, seat, doors }) => {
  test.slow();
  const davi = aPerson('Davi');
  await sim.write(davi, { type: 'image', text: 'olha isto' });
  const { page: agent } = await seat(team.agent);
  await openConversation(agent, davi);
  await chooseFromMenu(agent, 'Pedir bloqueio');
  const asking = agent.getByRole('dialog', { name: `Pedir o bloqueio de ${davi.name}?` });
  await asking.getByRole('button', { name: 'Pedir bloqueio' }).click();
  await expect(asking.getByText('Escolha um motivo.')).toBeVisible();
  await expectAccessible(agent, 'the dialog of a request with errors');
  await asking.getByRole('radio', { name: 'Assédio sexual' }).check();
  await asking.getByRole('button', { name: 'Pedir bloqueio' }).click();
  await agent.getByRole('button', { name: 'Pedido de bloqueio' }).click();
  await expect(rowOf(agent, davi.name)).toBeVisible();
  await expectAccessible(agent, 'the conversation of a request, with its list');

  await nobodyAnswered(doors, davi);
  const { page: administrator } = await seat(team.administrator, {
    path: '/bloqueios?aba=pedidos',
  });
  const request = requestOf(administrator, davi);
  await request.getByRole('button', { name: 'Ler a última mensagem' }).click();
  await expect(request.locator('[data-media="image"][data-state="covered"]')).toBeVisible();
  await expect(request).toContainText('sem resposta há 26 h');
  await expectAccessible(administrator, 'the queue');
  await request.getByRole('button', { name: 'Recusar…' }).click();
  await expect(administrator.getByRole('dialog')).toBeVisible();
  await expectAccessible(administrator, 'the refusal');
  await administrator.keyboard.press('Escape');
  await administrator.goto('/ajustes/pedidos');
  await administrator.getByRole('textbox', { name: 'Prazo em horas' }).fill('0');
  await expect(administrator.getByText('Escreva um número inteiro de 1 a 720.')).toBeVisible();
  await expectAccessible(administrator, 'the settings of requests');
  await administrator.getByRole('textbox', { name: 'Prazo em horas' }).fill('8');
  await administrator.getByRole('button', { name: 'Salvar' }).click();
  await expect(administrator.getByText('Prazo salvo')).toBeVisible();
});
