import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anImportOfOne } from './testing/api-things.ts';
import type { Answer } from './testing/http-client.ts';
import { startTestApp, type TestApp } from './testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const upload = (rawBody: string | Buffer, caller = app.a.team.administrator): Promise<Answer> =>
  app.http('/api/v1/block-imports?fileName=lista.csv', {
    ...caller,
    method: 'POST',
    rawBody,
    headers: { 'content-type': 'text/csv' },
  });

const get = (path: string, caller = app.a.team.administrator): Promise<Answer> =>
  app.http(`/api/v1${path}`, caller);

const file = 'Número;Motivo;Nome\r\n11 98111-0001;Ofensa ou ameaça;Zé\r\nnada;spam;\r\n';

describe('a file of blocks over HTTP', () => {
  it('is read whatever its letters are, and shown a page at a time', async () => {
    const answer = await upload(Buffer.from(file, 'latin1'));
    expect(answer.status, answer.text).toBe(201);
    const { id, planned } = answer.json as { id: string; planned: Record<string, number> };
    expect(planned).toMatchObject({ 'new-contact': 1, error: 1 });
    expect((await get(`/block-imports/${id}/rows?limit=1`)).json).toMatchObject({
      items: [{ line: 2, number: '+5511981110001', name: 'Zé', reason: 'offense' }],
      nextCursor: '2',
    });
    expect((await get(`/block-imports/${id}/rows?limit=1&cursor=2`)).json).toMatchObject({
      items: [{ line: 3, number: 'nada', cause: 'number-invalid' }],
      nextCursor: null,
    });
    expect((await get(`/block-imports/${id}/rows?plan=error`)).json).toMatchObject({
      items: [{ line: 3 }],
    });
    expect((await get(`/block-imports/${id}/rows?cursor=nada`)).code).toBe('invalid-cursor');
    expect((await get('/block-imports')).json).toMatchObject({ items: [{ id, state: 'ready' }] });
  });

  it('of another workspace is nobody’s', async () => {
    const { id } = (await upload(file)).json as { id: string };
    const theirs = app.b.team.administrator;
    for (const path of ['', '/rows', '/undo'].map((part) => `/block-imports/${id}${part}`)) {
      expect((await get(path, theirs)).code).toBe('block-import-not-found');
    }
    for (const act of ['apply', 'cancel', 'undo']) {
      const path = `/api/v1/block-imports/${id}/${act}`;
      const answer = await app.http(path, { ...theirs, method: 'POST' });
      expect([answer.status, answer.code]).toEqual([404, 'block-import-not-found']);
    }
    expect((await get(`/block-imports/${id}`)).json).toMatchObject({ state: 'ready' });
  });

  it('without the columns is refused, with the reason', async () => {
    const answer = await upload('nome;cidade\nAna;Recife\n');
    expect([answer.status, answer.code]).toEqual([422, 'import-columns-missing']);
  });
});

describe('an import that is undone', () => {
  const undo = (id: string, caller = app.a.team.administrator): Promise<Answer> =>
    app.http(`/api/v1/block-imports/${id}/undo`, { ...caller, method: 'POST' });

  it('says before what will be lifted, and is under way at once', async () => {
    const id = await anImportOfOne(app, app.a);
    expect((await get(`/block-imports/${id}/undo`)).json).toEqual({
      standing: 1,
      confirmed: 0,
      ended: 0,
      forgotten: 0,
    });
    const first = await undo(id);
    expect([first.status, first.json]).toMatchObject([
      200,
      { state: 'done', undo: { state: 'running', all: 1, lifted: 0, kept: 0, endedAt: null } },
    ]);
    expect((await undo(id)).json).toEqual(first.json);
  });

  it('has to have ended, and is for administrators', async () => {
    const { id } = (await upload(file)).json as { id: string };
    const early = await undo(id);
    expect([early.status, early.code]).toEqual([409, 'import-not-ended']);
    const done = await anImportOfOne(app, app.a);
    for (const caller of [app.a.team.agent, app.a.team.moderator]) {
      expect((await undo(done, caller)).code).toBe('forbidden');
      expect((await get(`/block-imports/${done}/undo`, caller)).code).toBe('forbidden');
    }
    expect((await undo(done, app.b.team.administrator)).status).toBe(404);
  });
});

describe('the export', () => {
  it('is a file that an import reads, and in which it finds nothing to do', async () => {
    const { contactId } = app.a.threads[0] ?? { contactId: '' };
    const path = `/api/v1/contacts/${contactId}/block`;
    const body = { reason: 'spam', note: '=1+1', expiresAt: '2098-01-01T00:00:00.750Z' };
    await app.http(path, { ...app.a.team.administrator, method: 'PUT', body });
    const answer = await get('/blocks/export?state=active');
    expect(answer.headers.get('content-type')).toContain('text/csv');
    // `text` of fetch takes the mark away.
    expect(answer.text).toMatch(/^number;id;name;reason;note;until;since/);
    expect(answer.text).toContain(";'=1+1;2097-12-31 21:00:00;");
    expect(answer.text).toMatch(/\n\+55\d+;/);
    const again = await upload(answer.text);
    const { rows, planned } = again.json as { rows: number; planned: Record<string, number> };
    expect(rows).toBeGreaterThan(1);
    expect(planned['unchanged']).toBe(rows);
  });

  it('is read with a note of several lines that begins with words in quotation marks', async () => {
    const { contactId } = app.a.threads[0] ?? { contactId: '' };
    const path = `/api/v1/contacts/${contactId}/block`;
    const note = '"Vou te processar"\nmandou três vezes, "sem parar"';
    const body = { reason: 'offense', note };
    await app.http(path, { ...app.a.team.administrator, method: 'PUT', body });
    const { text } = await get('/blocks/export?state=active');
    expect(text).toContain(`;"${note.replaceAll('"', '""')}";`);
    const again = await upload(text);
    expect(again.status, again.text).toBe(201);
    const { rows, planned } = again.json as { rows: number; planned: Record<string, number> };
    expect(planned['unchanged']).toBe(rows);
  });

  it.each([
    ['pt-BR', 'bloqueios.csv', /^Número;Id;Nome;Motivo;/, ';Ofensa ou ameaça;'],
    ['en', 'blocks.csv', /^Number;Id;Name;Reason;/, ';Insult or threat;'],
    ['es', 'bloqueos.csv', /^Número;Id;Nombre;Motivo;/, ';Ofensa o amenaza;'],
  ])('in %s speaks that language, and is read again', async (language, name, heading, reason) => {
    const { contactId } = app.a.threads[0] ?? { contactId: '' };
    const body = { reason: 'offense', note: 'uma; duas' };
    const path = `/api/v1/contacts/${contactId}/block`;
    await app.http(path, { ...app.a.team.administrator, method: 'PUT', body });
    const { text, headers } = await get(`/blocks/export?state=active&language=${language}`);
    expect(headers.get('content-disposition')).toBe(`attachment; filename="${name}"`);
    expect(text).toMatch(heading);
    expect(text).toContain(reason);
    const { rows, planned } = (await upload(text)).json as {
      rows: number;
      planned: Record<string, number>;
    };
    expect(planned['unchanged']).toBe(rows);
  });

  it('speaks no language that the product does not', async () => {
    expect((await get('/blocks/export?language=fr')).status).toBe(422);
  });

  it('is told in the audit log, and is for administrators', async () => {
    expect((await get('/audit-events?area=gate&limit=50')).text).toContain('gate.blocks-exported');
    for (const caller of [app.a.team.agent, app.a.team.moderator]) {
      expect((await get('/blocks/export', caller)).code).toBe('forbidden');
      expect((await upload(file, caller)).code).toBe('forbidden');
    }
  });
});
