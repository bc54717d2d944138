import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readOperations } from './testing/api-document.ts';
import { startTestApp, type TestApp } from './testing/test-app.ts';

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp({ env: { GUARITA_REQUESTS_PER_SECOND: '2' } });
});
afterAll(() => app.close());

describe('the limit of requests', () => {
  it('holds back one key, says for how long, and nobody else', async () => {
    const ask = (key: string) => app.http('/api/v1/me', { key });
    const [mine, other] = [app.a.keys.agent.key, app.a.keys.moderator.key];
    const answers = await Promise.all(Array.from({ length: 40 }, () => ask(mine)));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(5);
    expect(refused[0]?.code).toBe('too-many-requests');
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
    const me = (await readOperations(app.http)).get('getMe');
    expect(refused.flatMap((answer) => me?.faultsOf(answer) ?? ['getMe is not described'])).toEqual(
      [],
    );
    expect((await ask(other)).status).not.toBe(429);
    expect((await app.http('/healthz')).status).toBe(200);
  });
});
