import { afterEach, beforeEach, expect, it } from 'vitest';
import { readSubscription } from './read-subscription.ts';
import {
  answerJson,
  type GraphServer,
  graphError,
  startGraphServer,
} from './testing/graph-server.ts';

let server: GraphServer;

beforeEach(async () => {
  server = await startGraphServer();
});
afterEach(() => server.close());

const app = (id: unknown) => ({ whatsapp_business_api_data: { id, name: 'x', link: 'y' } });
const own = { id: '500000000000001' };
const refused = graphError(400, 100);

const cases: readonly [string, object | null, object | null, unknown][] = [
  ['our app alone', { data: [app(own.id)] }, own, 'own'],
  ['our app beside another', { data: [app('9'), app(own.id)] }, own, 'own'],
  ['another program alone', { data: [app('9')] }, own, 'foreign'],
  ['nobody', { data: [] }, own, 'none'],
  ['nobody, and the token names no app', { data: [] }, null, 'none'],
  ['an app, and the token names none', { data: [app(own.id)] }, null, 'some'],
  ['an app, and the answer about ours is odd', { data: [app('9')] }, { id: {} }, 'some'],
  ['an app without an id', { data: [app(undefined)] }, own, 'some'],
  [
    'another, and the list goes on',
    { data: [app('9')], paging: { next: 'https://x' } },
    own,
    'some',
  ],
  ['a refusal', null, own, null],
  ['an answer without a list', { data: 'odd' }, own, null],
];

it.each(cases)('tells whose app is subscribed: %s', async (_name, apps, ours, expected) => {
  const say = (body: object | null) => (body === null ? refused : answerJson(200, body));
  server.reply((response, request) => {
    say(request.url?.includes('/app?') ? ours : apps)(response, request);
  });
  const graph = { graphUrl: server.url, graphVersion: 'v25.0' };
  const account = { accessToken: 'EAAx', wabaId: '200000000000001' };
  expect(await readSubscription(graph, account)).toBe(expected);
});
