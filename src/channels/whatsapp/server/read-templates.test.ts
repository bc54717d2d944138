import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTemplateReader } from './read-templates.ts';

let asked: URL[];
let headers: (string | undefined)[];
let answer: (response: ServerResponse, url: URL) => void;
let graphUrl: string;
let close: () => Promise<void>;

beforeEach(async () => {
  asked = [];
  headers = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://graph.example');
    asked.push(url);
    headers.push(request.headers.authorization);
    answer(response, url);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  graphUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
});
afterEach(() => close());

const json = (response: ServerResponse, body: unknown, status = 200): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};

const aTemplate = (id: number) => ({
  id: String(id),
  name: `modelo_${id}`,
  language: 'pt_BR',
  status: 'APPROVED',
  category: 'UTILITY',
  components: [{ type: 'BODY', text: 'Oi {{1}}' }],
});

const read = () =>
  createTemplateReader({ graphUrl, graphVersion: 'v25.0' }).readTemplates(
    { wabaId: '200000000000001', accessToken: 'demo-token' },
    AbortSignal.timeout(5_000),
  );

/** Three pages of two. */
const page = (after: string | null) => {
  const from = after === null ? 0 : Number(after);
  return {
    data: [aTemplate(from + 1), aTemplate(from + 2)],
    paging: {
      cursors: { before: 'x', after: String(from + 2) },
      ...(from < 4 ? { next: 'https://elsewhere.example/page' } : {}),
    },
  };
};

describe('reading templates', () => {
  it('reads every page, and goes nowhere but to the Graph', async () => {
    answer = (response, url) => json(response, page(url.searchParams.get('after')));
    const result = await read();
    expect(result).toMatchObject({ kind: 'read', accountRef: '200000000000001' });
    expect(result.kind === 'read' && result.templates.map(({ name }) => name)).toEqual(
      [1, 2, 3, 4, 5, 6].map((n) => `modelo_${n}`),
    );
    expect(asked.map(({ pathname }) => pathname)).toEqual(
      Array(3).fill('/v25.0/200000000000001/message_templates'),
    );
    expect(new Set(headers)).toEqual(new Set(['Bearer demo-token']));
  });

  it('takes an empty list for what it is', async () => {
    answer = (response) => json(response, { data: [] });
    expect(await read()).toMatchObject({ kind: 'read', templates: [] });
  });

  it.each([
    ['a page in the middle is lost', (r: ServerResponse) => r.destroy()],
    ['an error', (r: ServerResponse) => json(r, { error: { code: 4, message: 'x' } }, 400)],
    ['no JSON', (r: ServerResponse) => r.end('<html>')],
    ['an object without a list', (r: ServerResponse) => json(r, {})],
    ['a list of something else', (r: ServerResponse) => json(r, { data: [{ nothing: 1 }] })],
    [
      'a page without the way on',
      (r: ServerResponse) => json(r, { data: [], paging: { next: 'x' } }),
    ],
    [
      'the same page for ever',
      (r: ServerResponse) => json(r, { data: [], paging: { next: 'x', cursors: { after: '2' } } }),
    ],
    ['half of a page', (r: ServerResponse) => r.end('{"data":[{"id":"1","na')],
  ])('has failed when there comes %s', async (_what, broken) => {
    answer = (response, url) => {
      const after = url.searchParams.get('after');
      if (after === null) {
        json(response, page(null));
      } else {
        broken(response);
      }
    };
    expect(await read()).toMatchObject({ kind: 'failed' });
  });

  it('is not worth repeating with a token that has run out', async () => {
    answer = (response) => json(response, { error: { code: 190, message: 'x' } }, 401);
    expect(await read()).toEqual({ kind: 'failed', code: 'whatsapp-190', isWorthRepeating: false });
  });
});
