import { alterCopy, asJpeg, drawTextured } from '../src/features/media/server/testing.ts';
import { withheldOf } from './support/ask-removal-screen.ts';
import { nextSecond } from './support/block-screen.ts';
import { bubble, openConversation, say, threadOf } from './support/conversation-screen.ts';
import { keepPicture } from './support/keep-picture.ts';
import { filesOf } from './support/media-screen.ts';
import { aPerson, type Person } from './support/person.ts';
import { askRemoval, openRemoval, removalDialog, removalItems } from './support/removal-screen.ts';
import type { Sim } from './support/sim.ts';
import { expect, type Seat, test } from './support/story.ts';

/** Writes and is answered: no stranger any more, whose pictures are covered anyway. @returns the conversation */
const isKnown = async (sim: Sim, { page }: Seat, person: Person): Promise<string> => {
  await sim.write(person, 'Bom dia');
  const id = await openConversation(page, person);
  await say(page, `Oi, ${person.name}`);
  await expect(bubble(page, `Oi, ${person.name}`).getByText('Lida')).toBeAttached();
  await nextSecond();
  return id;
};

test('a removed picture that comes again from somebody else is covered, suggested, and can be let go', async ({
  team,
  sim,
  seat,
}, testInfo) => {
  test.slow();
  const drawn = drawTextured(77);
  const base64 = (bytes: Buffer) => ({ base64: bytes.toString('base64') });
  const [rui, bia, leo] = [aPerson('Rui'), aPerson('Bia'), aPerson('Leo')];
  const larissa = await seat(team.agent);
  const id = await isKnown(sim, larissa, rui);
  await sim.write(rui, { type: 'image', text: 'olha', media: base64(await asJpeg(drawn)) });
  await expect(filesOf(larissa.page, 'image')).toBeVisible();
  const first = await askRemoval(larissa, id, ['olha'], { reason: 'sexual' });
  const { page: moderator } = await seat(team.moderator, { server: 1, path: '/solicitacoes' });
  const view = await openRemoval(moderator, first);
  await removalItems(view).first().getByRole('radio', { name: 'Remover' }).check();
  await view.getByRole('button', { name: 'Decidir', exact: true }).click();
  await removalDialog(moderator, 'Remover uma mensagem?')
    .getByRole('button', { name: 'Remover' })
    .click();
  await expect(removalItems(view).first()).toHaveAttribute('data-state', 'removed');

  // Saved anew by somebody else: smaller, another quality. Nobody sees it, and nobody had to ask.
  // The moment between its file and its cover: it is refused by then.
  larissa.faults.allow(/403/);
  await isKnown(sim, larissa, bia);
  const copy = base64(await alterCopy(drawn, 5));
  await sim.write(bia, { type: 'image', text: 'recebi isto', media: copy });
  await expect(withheldOf(larissa.page, 'covered')).toBeVisible();
  await expect(threadOf(larissa.page)).not.toContainText('recebi isto');
  await expect(threadOf(larissa.page)).toContainText(
    'O mesmo já foi removido antes: conteúdo sexual',
  );
  await keepPicture(larissa.page, testInfo, 'repeat-thread', 1280);

  const row = moderator.getByTestId('removal-row').filter({ hasText: bia.name });
  await expect(row).toContainText('Conteúdo sexual');
  await expect(row).toContainText('Por Guarita');
  await row.getByRole('link').click();
  const suggested = moderator.getByRole('region', { name: /^Nº / });
  await expect(suggested).toContainText('Parece com uma imagem que já foi removida.');
  await keepPicture(moderator, testInfo, 'repeat-desk', 1440);
  await suggested.getByRole('button', { name: 'Não é a mesma' }).click();
  await expect(removalItems(suggested).first()).toHaveAttribute('data-state', 'kept');
  await keepPicture(moderator, testInfo, 'repeat-kept', 1440);
  await expect(bubble(larissa.page, 'recebi isto')).toBeVisible();
  await expect(filesOf(larissa.page, 'image')).toBeVisible();

  // And nothing is covered by it again.
  await isKnown(sim, larissa, leo);
  await sim.write(leo, { type: 'image', text: 'eu também', media: copy });
  await expect(bubble(larissa.page, 'eu também')).toBeVisible();
  await expect(filesOf(larissa.page, 'image')).toBeVisible();
  await expect(withheldOf(larissa.page, 'covered')).toHaveCount(0);
});
