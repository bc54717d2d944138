import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type NumbersApp, startNumbersApp } from './testing/numbers-app.ts';
import { changeFor, deliver, postSigned, webhookOf } from './testing/signed-webhook.ts';

let numbers: NumbersApp;

beforeAll(async () => {
  numbers = await startNumbersApp();
});
afterAll(() => numbers.close());

const chunk = (phase: unknown, progress: unknown) => ({
  history: [{ metadata: { phase, chunk_order: 1, progress }, threads: [] }],
});
const declined = { history: [{ errors: [{ code: 2593109, title: 'turned off' }] }] };

const aNumber = async () => {
  const { test, view } = await numbers.connected();
  const tell = (value: object) =>
    deliver(numbers.app.http, test, changeFor(test, 'history', value));
  const news = async () => (await numbers.read(view.id)).historyImport;
  const setBack = async (days: number) => {
    // What was told is written a moment later: the reading waits for it.
    await news();
    await sql`update whatsapp_health set history_at = history_at - ${days} * interval '1 day',
        history_declined_at = history_declined_at - ${days} * interval '1 day'
      where channel_id = ${view.id}`.execute(numbers.app.deps.db);
  };
  return { test, tell, news, setBack };
};

describe('an import of history', () => {
  it('tells how far it is, by its furthest chunk, until it is done', async () => {
    const { tell, news } = await aNumber();
    expect(await news()).toBeNull();
    await tell(chunk(0, 20));
    expect(await news()).toMatchObject({ state: 'running', phase: 0, progress: 20 });
    await tell(chunk(1, 55));
    await tell(chunk(0, 30));
    expect(await news()).toMatchObject({ state: 'running', phase: 1, progress: 55 });
    await tell({ history: [...chunk(2, 100).history, ...chunk(2, 90).history] });
    await tell(chunk(2, 95));
    expect(await news()).toMatchObject({ state: 'done', phase: 2, progress: 100 });
  });

  it('starts over when another one follows, and is declined or shared by what was told last', async () => {
    const { tell, news, setBack } = await aNumber();
    await tell(chunk(2, 100));
    await setBack(3);
    await tell(chunk(0, 5));
    expect(await news()).toMatchObject({ state: 'running', phase: 0, progress: 5 });
    await tell(declined);
    expect(await news()).toMatchObject({ state: 'declined', phase: null, progress: null });
    await setBack(3);
    await tell(chunk(0, 1));
    expect(await news()).toMatchObject({ state: 'running', progress: 1 });
  });

  it('believes nothing that is no progress, or that another secret signed', async () => {
    const { test, tell, news } = await aNumber();
    for (const [phase, progress] of [
      ...[
        [0, 101],
        [0, -1],
        [7, 50],
        ['0', {}],
        [null, 50],
        [0, 1.5],
      ],
    ]) {
      await tell(chunk(phase, progress));
    }
    const forged = JSON.stringify(webhookOf(test.wabaId, changeFor(test, 'history', chunk(0, 50))));
    expect((await postSigned(numbers.app.http, forged, 'invented')).status).toBe(401);
    expect(await news()).toBeNull();
  });
});
