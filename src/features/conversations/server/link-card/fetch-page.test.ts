import type { LookupAddress } from 'node:dns';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isPublicAddress, type Resolve } from '#platform/server/private-address.ts';
import { readShort, requestStream } from '#platform/server/stream-request.ts';
import { fetchPage, type PageRules } from './fetch-page.ts';
import { readCard } from './read-card.ts';

const html = (body: string, type = 'text/html; charset=utf-8') => ({ type, body });
const pages: Readonly<Record<string, { type: string; body: string | Buffer }>> = {
  '/': html('<title>Loja &amp; Cia</title>'),
  '/og': html(`<head><meta property="og:title" content="Tênis\u202e azul
     novo"><meta name=description content="De &quot;couro&quot;"><meta property="og:site_name" content="Loja"><title>outro</title>`),
  '/latin': {
    type: 'text/html; charset=iso-8859-1',
    body: Buffer.from('<title>Promoção</title>', 'latin1'),
  },
  '/json': html('<title>não</title>', 'application/json'),
  '/endless': html(`<title>Grande</title>${'x'.repeat(3 * 1024 * 1024)}`),
  '/late': html(`${' '.repeat(600 * 1024)}<title>tarde demais</title>`),
  '/empty': html('<p>sem título</p>'),
};

let server: Server;
let port: number;
const asked: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    const url = request.url ?? '';
    asked.push(url);
    const page = pages[url];
    if (url === '/slow') {
      return;
    }
    if (url.startsWith('/to?')) {
      response.writeHead(302, { location: decodeURIComponent(url.slice(4)) }).end();
    } else if (page === undefined) {
      response.writeHead(404, { 'content-type': 'text/html' }).end('<title>404</title>');
    } else {
      response.writeHead(200, { 'content-type': page.type }).end(page.body);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const names: Readonly<Record<string, readonly string[]>> = {
  'loja.example': ['127.0.0.1'],
  'www.loja.example': ['127.0.0.1'],
  'both.example': ['127.0.0.1', '10.0.0.1'],
  'inside.example': ['192.168.0.1'],
};
const resolve: Resolve = (name, _options, answer) => {
  const found = (names[name] ?? []).map((address): LookupAddress => ({ address, family: 4 }));
  answer(found.length === 0 ? new Error('unknown name') : null, found);
};
/** This machine stands for the internet; everything else that is private stays so. */
const rules: PageRules = {
  resolve,
  isAllowed: (address) => address === '127.0.0.1' || isPublicAddress(address),
};
const at = (path: string, host = 'loja.example') => `http://${host}:${port}${path}`;
const cardOf = async (link: string, with_: PageRules = rules) => {
  const page = await fetchPage(link, with_);
  return page === undefined ? undefined : readCard(link, page);
};

describe('the card of a link', () => {
  it('has what the page tells of itself', async () => {
    expect(await cardOf(at('/', 'www.loja.example'))).toEqual({
      url: at('/', 'www.loja.example'),
      title: 'Loja & Cia',
      description: null,
      siteName: 'loja.example',
    });
    expect(await cardOf(at('/og'))).toMatchObject({
      title: 'Tênis azul novo',
      description: 'De "couro"',
      siteName: 'Loja',
    });
    expect(await cardOf(at('/latin'))).toMatchObject({ title: 'Promoção' });
  });

  it('is made of the first half megabyte of a web page alone', async () => {
    expect(await cardOf(at('/endless'))).toMatchObject({ title: 'Grande' });
    for (const path of ['/late', '/json', '/empty', '/missing']) {
      expect(await cardOf(at(path))).toBeUndefined();
    }
  });

  it('is not waited for', async () => {
    const begun = performance.now();
    expect(await cardOf(at('/slow'), { ...rules, timeoutMs: 200 })).toBeUndefined();
    expect(performance.now() - begun).toBeLessThan(2_000);
  });

  it('comes by a few redirects, each judged', async () => {
    const to = (target: string) => at(`/to?${encodeURIComponent(target)}`);
    expect(await cardOf(to('/'))).toMatchObject({ title: 'Loja & Cia' });
    expect(await cardOf(to(to(to(to('/')))))).toBeUndefined();
    for (const target of [
      'http://inside.example/',
      `http://[::1]:${port}/`,
      'file:///etc/passwd',
      'http://169.254.169.254/latest/meta-data',
    ]) {
      expect(await cardOf(to(target))).toBeUndefined();
    }
  });
});

describe('an address of our own network', () => {
  it('is never asked, however it is written', async () => {
    asked.length = 0;
    const strict = { resolve };
    for (const host of [
      ...['127.0.0.1', '127.1', '0x7f000001', '2130706433', '0', '[::1]', '[::ffff:127.0.0.1]'],
      ...['loja.example', 'localhost'],
    ]) {
      expect(await fetchPage(`http://${host}:${port}/`, strict)).toBeUndefined();
    }
    expect(asked).toEqual([]);
  });

  it('is not asked by a connection that something else of ours has left open', async () => {
    const address = `http://localhost:${port}/`;
    const { body } = await requestStream(address, {
      method: 'GET',
      headers: {},
      signal: AbortSignal.timeout(2_000),
    });
    await readShort(body);
    await new Promise((done) => setImmediate(done));
    asked.length = 0;
    expect(await fetchPage(address, { resolve })).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it('is not asked when one of several addresses of a name is private', async () => {
    asked.length = 0;
    expect(await fetchPage(at('/', 'both.example'), rules)).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it('is not reached by a name that changes after it was judged', async () => {
    let times = 0;
    const rebinding: Resolve = (_name, _options, answer) => {
      times += 1;
      answer(null, [{ address: times === 1 ? '203.0.113.9' : '127.0.0.1', family: 4 }]);
    };
    asked.length = 0;
    const judged: string[] = [];
    const isAllowed = (address: string) => {
      judged.push(address);
      return address === '203.0.113.9';
    };
    await fetchPage(at('/'), { resolve: rebinding, isAllowed, timeoutMs: 300 });
    expect(asked).toEqual([]);
    expect(times).toBe(1);
    expect(judged).toEqual(['203.0.113.9']);
  });
});
