import { sql } from 'kysely';
import {
  aFilm,
  aPdf,
  aPicture,
  aVoiceNote,
  filmToolsForTests,
} from '../src/features/media/server/testing.ts';
import { blockFromMenu } from './support/block-screen.ts';
import {
  blockedBarOf,
  bubble,
  chooseForMessage,
  openConversation,
  rowOf,
  say,
  threadOf,
} from './support/conversation-screen.ts';
import {
  attach,
  type ChosenFile,
  filesOf,
  handOver,
  openShelf,
  plugMicrophone,
  trayOf,
} from './support/media-screen.ts';
import { aPerson, type Person } from './support/person.ts';
import type { Sim } from './support/sim.ts';
import { expect, test } from './support/story.ts';

test.describe.configure({ mode: 'parallel' });

const sizes = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];

const file = (name: string, mimeType: string, buffer: Buffer): ChosenFile => ({
  name,
  mimeType,
  buffer,
});

const typesTo = async (sim: Sim, person: Person): Promise<string[]> =>
  (await sim.outbox(person)).map(({ type }) => type);

test('what a stranger sends is covered, for each of us, until it is asked for', async ({
  team,
  sim,
  seat,
}) => {
  const vera = aPerson('Vera');
  await sim.write(vera, { type: 'image', text: 'olha isto' });
  const [larissa, diego] = await Promise.all([
    seat(team.agent),
    seat(team.colleague, { server: 1 }),
  ]);
  for (const { page } of [larissa, diego]) {
    await openConversation(page, vera);
    await expect(filesOf(page, 'image', 'covered')).toContainText('Imagem oculta');
    await expect(threadOf(page).getByRole('img')).toHaveCount(0);
  }
  const before = await filesOf(larissa.page, 'image', 'covered').boundingBox();
  await larissa.page.getByRole('button', { name: 'Mostrar', exact: true }).click();
  const picture = larissa.page.getByRole('button', { name: 'Abrir imagem' });
  await expect(picture).toBeVisible();
  await expect
    .poll(() => picture.getByRole('img').evaluate((img) => (img as HTMLImageElement).naturalWidth))
    .toBeGreaterThan(0);
  expect(await filesOf(larissa.page, 'image').boundingBox()).toEqual(before);
  await expect(filesOf(diego.page, 'image', 'covered')).toBeVisible();
  const path = (await picture.getByRole('img').getAttribute('src')) ?? '';
  diego.faults.allow(/403/);
  expect((await diego.page.request.get(path)).status()).toBe(403);
  expect((await larissa.page.request.get(path)).status()).toBe(200);
  await larissa.page.getByRole('button', { name: 'Ocultar', exact: true }).click();
  await expect(filesOf(larissa.page, 'image', 'covered')).toBeVisible();
  await expect(larissa.page.getByRole('button', { name: 'Mostrar', exact: true })).toBeFocused();

  await say(larissa.page, 'Bom dia, Vera');
  await expect(bubble(larissa.page, 'Bom dia, Vera').getByText('Lida')).toBeAttached();
  await sim.write(vera, { type: 'sticker' });
  await expect(filesOf(diego.page, 'sticker')).toBeVisible();
});

for (const size of sizes) {
  test(`every kind of file comes in, at ${size.width}`, async ({ team, sim, seat }) => {
    const vera = aPerson('Vera');
    await sim.write(vera, 'Oi');
    const { page } = await seat(team.agent);
    await page.setViewportSize(size);
    await openConversation(page, vera);
    await say(page, 'Bom dia');
    await expect(bubble(page, 'Bom dia').getByText('Lida')).toBeAttached();
    await sim.write(vera, { type: 'image', text: 'a caixa amassada' });
    await sim.write(vera, { type: 'video' });
    await sim.write(vera, { type: 'image', media: { sample: 'receipt' } });
    await sim.write(vera, { type: 'document', filename: 'nota.pdf', text: 'segue a nota' });
    await sim.write(vera, { type: 'sticker' });
    await sim.write(vera, { type: 'audio' });
    for (const kind of ['video', 'document', 'sticker', 'voice']) {
      await expect(filesOf(page, kind)).toHaveCount(1);
    }
    await expect(filesOf(page, 'image')).toHaveCount(2);
    if (await filmToolsForTests()) {
      const poster = filesOf(page, 'video').locator('img');
      await expect
        .poll(() => poster.evaluate((img) => (img as HTMLImageElement).naturalWidth))
        .toBeGreaterThan(0);
    }

    const voice = filesOf(page, 'voice');
    const position = voice.getByRole('slider', { name: 'Posição do áudio' });
    await voice.getByRole('button', { name: 'Ouvir' }).click();
    await expect.poll(async () => Number(await position.inputValue())).toBeGreaterThan(0.3);
    await voice.getByRole('button', { name: 'Velocidade: 1×' }).click();
    await expect(voice.getByRole('button', { name: 'Velocidade: 1.5×' })).toBeVisible();
    await voice.getByRole('button', { name: 'Pausar' }).click();

    const first = page.getByRole('button', { name: 'Abrir imagem' }).first();
    await first.click();
    const viewer = page.getByTestId('media-viewer');
    await expect(viewer).toContainText('1 de 3');
    await expect(viewer).toContainText('a caixa amassada');
    await page.keyboard.press('ArrowRight');
    await expect(viewer.locator('video')).toBeVisible();
    await viewer.getByRole('button', { name: 'Próxima' }).click();
    await expect(viewer).toContainText('3 de 3');
    await expect(viewer.getByRole('button', { name: 'Próxima' })).toBeDisabled();
    await page.keyboard.press('Escape');
    await expect(viewer).toHaveCount(0);
    await expect(first).toBeFocused();

    const saved = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Baixar nota.pdf' }).click();
    expect((await saved).suggestedFilename()).toBe('nota.pdf');

    const shelf = await openShelf(page);
    await expect(shelf.locator('[data-media]')).toHaveCount(3);
    await page.getByRole('tab', { name: 'Documentos' }).click();
    await expect(shelf.getByRole('link', { name: 'Baixar nota.pdf' })).toBeVisible();
    await page.getByRole('tab', { name: 'Fotos e vídeos' }).click();
    await shelf.getByRole('button', { name: 'Abrir imagem' }).last().click();
    await expect(viewer).toContainText('1 de 3');
    await expect(viewer).toContainText('a caixa amassada');
    await viewer.getByRole('button', { name: 'Ir para a mensagem' }).click();
    await expect(viewer).toHaveCount(0);
    await expect(bubble(page, 'a caixa amassada')).toBeInViewport();
  });

  test(`every kind of file goes out, at ${size.width}`, async ({ team, sim, seat }) => {
    const vera = aPerson('Vera');
    await sim.write(vera, 'Mandem o catálogo');
    const { page } = await seat(team.agent);
    await page.setViewportSize(size);
    await openConversation(page, vera);
    await attach(page, 'Foto ou vídeo', [
      file('capa.png', 'image/png', await aPicture('png')),
      file('loja.mp4', 'video/mp4', aFilm()),
    ]);
    await expect(trayOf(page).getByRole('listitem')).toHaveCount(2);
    await page.getByRole('textbox', { name: 'Legenda de capa.png' }).fill('a capa');
    await page.getByRole('textbox', { name: 'Legenda de loja.mp4' }).press('Enter');
    await expect(trayOf(page)).toHaveCount(0);
    await attach(page, 'Documento', [file('catálogo.pdf', 'application/pdf', aPdf())]);
    await expect(trayOf(page)).toBeVisible();
    // With a single file in hand what is typed is its caption.
    await say(page, 'o catálogo');
    await attach(page, 'Áudio', [file('aviso.ogg', 'audio/ogg', aVoiceNote())]);
    await attach(page, 'Figurinha', [file('oi.webp', 'image/webp', await aPicture('webp'))]);
    await expect(trayOf(page).getByRole('listitem')).toHaveCount(2);
    await page.getByRole('button', { name: 'Enviar' }).click();
    await plugMicrophone(page);
    await page.getByRole('button', { name: 'Gravar mensagem de voz' }).click();
    await expect(page.getByRole('timer')).toHaveText('0:01');
    await page.getByRole('button', { name: 'Enviar mensagem de voz' }).click();
    await expect(filesOf(page, 'voice')).toHaveCount(1);

    const sent = ['image', 'video', 'document', 'audio', 'sticker', 'audio'];
    await expect.poll(() => typesTo(sim, vera)).toEqual(sent);
    await expect(bubble(page, 'a capa').getByText('Lida')).toBeAttached();
    await expect(bubble(page, 'o catálogo').getByText('Lida')).toBeAttached();
    await expect(threadOf(page).getByRole('progressbar')).toHaveCount(0);
  });
}

test('what is pasted or dropped is checked first, waits in its conversation, and answers', async ({
  team,
  sim,
  seat,
}) => {
  const [vera, davi] = [aPerson('Vera'), aPerson('Davi')];
  await sim.write(davi, 'Oi');
  await sim.write(vera, 'Qual a cor?');
  const { page } = await seat(team.administrator);
  await openConversation(page, vera);
  await handOver(page, 'paste', [file('cor.png', 'image/png', await aPicture('png'))]);
  await handOver(page, 'drop', [
    file('fotos.zip', 'application/zip', Buffer.from('PK')),
    file('gigante.jpg', 'image/jpeg', Buffer.alloc(5 * 1024 * 1024 + 1)),
  ]);
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('fotos.zip: o WhatsApp não aceita este tipo de arquivo.');
  await expect(alert).toContainText('O WhatsApp aceita imagens de até 5 MB.');
  await expect(trayOf(page).getByRole('listitem')).toHaveCount(1);
  await openConversation(page, davi);
  await expect(trayOf(page)).toHaveCount(0);
  await openConversation(page, vera);
  await expect(trayOf(page).getByRole('listitem')).toHaveCount(1);
  await chooseForMessage(page, 'Qual a cor?', 'Responder');
  await say(page, 'Esta');
  await expect(bubble(page, 'Esta').getByText('Lida')).toBeAttached();
  const [picture] = await sim.outbox(vera);
  expect([picture?.type, picture?.context?.message_id === undefined]).toEqual(['image', false]);
  await expect(bubble(page, 'Esta')).toContainText('Qual a cor?');
  await expect(rowOf(page, vera.name)).toContainText('Imagem: Esta');

  await chooseForMessage(page, 'Esta', 'Encaminhar');
  const dialog = page.getByRole('dialog', { name: 'Encaminhar mensagem' });
  await dialog.getByRole('checkbox', { name: davi.name }).check();
  await dialog.getByRole('button', { name: 'Encaminhar para 1' }).click();
  await expect(dialog).toHaveCount(0);
  await expect.poll(() => typesTo(sim, davi)).toEqual(['image']);
});

test('an upload is told of, called off, and goes on by itself when the network is back', async ({
  team,
  sim,
  seat,
}) => {
  const vera = aPerson('Vera');
  await sim.write(vera, 'Oi');
  const { page, faults } = await seat(team.agent);
  faults.allow(/net::ERR_|Failed to load resource/);
  await openConversation(page, vera);
  await page.route('**/api/v1/uploads*', (route) => route.abort());
  const send = async (name: string) => {
    await attach(page, 'Documento', [file(name, 'application/pdf', aPdf())]);
    await expect(trayOf(page)).toBeVisible();
    await page.getByRole('button', { name: 'Enviar' }).click();
  };
  await send('um.pdf');
  await send('dois.pdf');
  await expect(threadOf(page).getByRole('progressbar')).toHaveCount(2);
  await page.getByRole('button', { name: 'Cancelar envio' }).first().click();
  await expect(filesOf(page, 'document')).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'Tentar agora' })).toBeVisible();
  await page.unroute('**/api/v1/uploads*');
  await expect(filesOf(page, 'document')).toContainText('dois.pdf');
  await expect.poll(() => typesTo(sim, vera)).toEqual(['document']);
});

test('what did not come says why, and is asked for again', async ({ team, sim, seat, doors }) => {
  const vera = aPerson('Vera');
  await sim.write(vera, 'Oi');
  const { page } = await seat(team.agent);
  const id = await openConversation(page, vera);
  await say(page, 'Bom dia');
  await expect(bubble(page, 'Bom dia').getByText('Lida')).toBeAttached();
  await sim.write(vera, { type: 'document', filename: 'nota.pdf' });
  await sim.write(vera, { type: 'image', mediaId: '9999999999' });
  await expect(filesOf(page, 'document')).toBeVisible();
  await expect(filesOf(page, 'image', 'waiting')).toContainText('Baixando');
  const files = sql`message_id in (select id from message where conversation_id = ${id})`;
  await sql`update message_media set state = 'failed', sha256 = null, thumbnail_sha256 = null
    where ${files}`.execute(doors.db);
  await page.reload();
  await expect(filesOf(page, 'image', 'failed')).toContainText('Não baixada');
  await filesOf(page, 'document', 'failed').getByRole('button', { name: 'Baixar de novo' }).click();
  await expect(filesOf(page, 'document')).toContainText('nota.pdf');
  const over = sql`update message_media set state = 'expired' where state = 'failed' and ${files}`;
  await over.execute(doors.db);
  await page.reload();
  await expect(filesOf(page, 'image', 'expired')).toContainText('não guarda mais');
});

test('a microphone that is refused is said in words; a blocked contact is sent nothing', async ({
  team,
  sim,
  seat,
}) => {
  const vera = aPerson('Vera');
  await sim.write(vera, 'Oi');
  const { page } = await seat(team.administrator);
  await openConversation(page, vera);
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () =>
      Promise.reject(new DOMException('no', 'NotAllowedError'));
  });
  await page.getByRole('button', { name: 'Gravar mensagem de voz' }).click();
  await expect(page.getByRole('alert')).toContainText('não tem permissão para usar o microfone');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('textbox', { name: 'Escreva uma mensagem' })).toBeFocused();
  await blockFromMenu(page, vera);
  await expect(blockedBarOf(page)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Anexar' })).toHaveCount(0);
  await handOver(page, 'drop', [file('nota.pdf', 'application/pdf', aPdf())]);
  await expect(blockedBarOf(page)).toHaveCount(2);
  await expect(trayOf(page)).toHaveCount(0);
});
