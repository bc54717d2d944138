import { createServer, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { answerJson, graphError } from './testing/graph-server.ts';
import { sendingToServer } from './testing/send-to-server.ts';

const { graph, send } = sendingToServer();

describe('an answer of the Graph', () => {
  it.each([
    [400, 131_056, 'retry', 'whatsapp-131056'],
    [400, 130_429, 'retry', 'whatsapp-130429'],
    [400, 4, 'retry', 'whatsapp-4'],
    [400, 80_007, 'retry', 'whatsapp-80007'],
    [400, 131_048, 'retry', 'whatsapp-131048'],
    [500, 131_000, 'retry', 'whatsapp-131000'],
    [503, 2, 'retry', 'whatsapp-2'],
    [400, 130_403, 'refused', 'whatsapp-130403'],
    [400, 131_047, 'refused', 'window-closed'],
    [401, 190, 'refused', 'whatsapp-190'],
    [401, 0, 'refused', 'whatsapp-0'],
    [500, 3, 'refused', 'whatsapp-3'],
    [403, 200, 'refused', 'whatsapp-200'],
    [400, 133_010, 'refused', 'whatsapp-133010'],
    [400, 999_999, 'refused', 'whatsapp-999999'],
    [200, 131_026, 'refused', 'whatsapp-131026'],
  ])('%d with code %d is %s as %s', async (status, code, kind, name) => {
    graph().reply(graphError(status, code));
    expect(await send()).toMatchObject({ kind, code: name });
    expect(graph().seen).toHaveLength(1);
  });

  it('waits 4^n seconds for the same person', async () => {
    graph().reply(graphError(400, 131_056));
    expect(await send({ attempt: 2 })).toMatchObject({ kind: 'retry', afterMs: 16_000 });
  });

  it('says of too fast a pace, and of nothing else, that waiting alone helps', async () => {
    for (const code of [131_056, 130_429, 4, 80_007]) {
      graph().reply(graphError(400, code));
      expect(await send()).toMatchObject({ kind: 'retry', isPace: true });
    }
    graph().reply(graphError(400, 131_048));
    expect(await send()).not.toHaveProperty('isPace');
  });

  it('repeats an unknown error only when it calls itself transient', async () => {
    graph().reply(graphError(500, 999_999, { is_transient: true }));
    expect(await send()).toMatchObject({ kind: 'retry', code: 'whatsapp-999999' });
    // The sheet knows this one: what it calls itself does not matter.
    graph().reply(graphError(400, 131_026, { is_transient: true }));
    expect(await send()).toMatchObject({ kind: 'refused' });
  });
});

describe('an answer of something in between', () => {
  it.each([
    [500, 'unknown', undefined],
    [502, 'unknown', undefined],
    [504, 'unknown', undefined],
    [408, 'unknown', undefined],
    [404, 'refused', 'whatsapp-http-404'],
    [413, 'refused', 'whatsapp-http-413'],
    [429, 'retry', 'whatsapp-http-429'],
  ])('%d is %s', async (status, kind, code) => {
    graph().reply((response) => response.writeHead(status).end('<html>'));
    expect(await send()).toMatchObject({ kind, ...(code === undefined ? {} : { code }) });
    graph().reply(answerJson(status, { error: 'a text' }));
    expect(await send()).toMatchObject({ kind });
  });

  it('is not followed elsewhere, where the message would go twice', async () => {
    graph().reply((response) => response.writeHead(307, { location: '/elsewhere' }).end());
    expect(await send()).toEqual({ kind: 'refused', code: 'whatsapp-http-307' });
    expect(graph().seen).toHaveLength(1);
  });

  it.each([
    ['no JSON', (body: string) => body.slice(1)],
    ['a list', () => '[]'],
    ['nothing', () => ''],
    ['no id', () => '{"messages":[{}]}'],
    ['odd types', () => '{"messages":{"0":1},"contacts":7}'],
    ['more than we read', () => `{"messages":[{"id":"${'x'.repeat(300_000)}"}]}`],
  ])('with 200 and %s in it is unknown', async (_name, bodyOf) => {
    graph().reply((response) => response.end(bodyOf('{"messages":[{"id":"wamid.NEW"}]}')));
    expect(await send()).toEqual({ kind: 'unknown' });
  });
});

/** Something on a port of the loopback that is no Graph. */
const listen = async (greet: (socket: Socket) => void) => {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => undefined));
    greet(socket);
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  const close = async () => {
    for (const socket of sockets) {
      socket.destroy();
    }
    await new Promise((resolve) => server.close(resolve));
  };
  return { port, close };
};

describe('no answer', () => {
  it('is unknown when the other side hangs up after the request', async () => {
    graph().reply((_response, request) => request.socket.resetAndDestroy());
    expect(await send()).toEqual({ kind: 'unknown' });
    expect(graph().seen).toHaveLength(1);
  });

  it('is unknown when the time is over', async () => {
    graph().reply(() => undefined);
    expect(await send({ signal: AbortSignal.timeout(100) })).toEqual({ kind: 'unknown' });
    expect(graph().seen).toHaveLength(1);
  });

  it('is unknown when the answer breaks off, whatever it began with', async () => {
    for (const status of [200, 400]) {
      graph().reply((response, request) => {
        response.writeHead(status, { 'content-length': '100' }).write('{"error":');
        setTimeout(() => request.socket.resetAndDestroy(), 20);
      });
      expect(await send()).toEqual({ kind: 'unknown' });
    }
  });

  it('is unknown when the answer never ends', async () => {
    graph().reply((response) => response.writeHead(200).write('{"messages":'));
    expect(await send({ signal: AbortSignal.timeout(100) })).toEqual({ kind: 'unknown' });
  });

  it('is for later when nothing listens there', async () => {
    await graph().close();
    const outcome = { kind: 'retry', code: 'network-unreachable' };
    expect(await send({ attempt: 1 })).toEqual({ ...outcome, afterMs: 4_000 });
    expect(await send({ graphUrl: 'http://graph.invalid' })).toMatchObject(outcome);
  });

  it('is for later when connecting takes too long, before the claim runs out', async () => {
    // Takes the connection and never shakes hands.
    const other = await listen(() => undefined);
    const signal = AbortSignal.timeout(8_000);
    const outcome = await send({ graphUrl: `https://127.0.0.1:${other.port}`, signal });
    expect(outcome).toMatchObject({ kind: 'retry', code: 'network-unreachable' });
    expect(signal.aborted).toBe(false);
    await other.close();
  }, 10_000);

  it('is unknown when what listens there speaks no HTTP', async () => {
    const other = await listen((socket) => {
      socket.once('data', () => socket.end('hello\r\n'));
    });
    expect(await send({ graphUrl: `http://127.0.0.1:${other.port}` })).toEqual({ kind: 'unknown' });
    await other.close();
  });
});
