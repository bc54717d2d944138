import { afterAll, beforeAll, expect, it } from 'vitest';
import { postToGraph } from './graph-client.ts';
import { requestFigures } from './request-figures.ts';
import { answerJson, type GraphServer, startGraphServer } from './testing/graph-server.ts';

let graph: GraphServer;

beforeAll(async () => {
  graph = await startGraphServer();
});
afterAll(() => graph.close());

it('tells a request that ran out of its time from one that was answered or cut off', async () => {
  const before = { ...requestFigures };
  const ask = (ms: number) => postToGraph(graph.url, {}, {}, AbortSignal.timeout(ms));
  graph.reply(answerJson(200, {}));
  expect((await ask(2_000)).kind).toBe('answer');
  graph.reply((response) => response.destroy());
  expect((await ask(2_000)).kind).toBe('lost');
  graph.reply(() => undefined);
  expect((await ask(50)).kind).toBe('lost');
  expect(requestFigures).toEqual({
    ...before,
    answered: before.answered + 1,
    lost: before.lost + 1,
    'timed-out': before['timed-out'] + 1,
  });
});
