import { AsyncLocalStorage, executionAsyncId } from 'node:async_hooks';
import { setImmediate as turn } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { callAuth } from './call-auth.ts';
import { call, signInAs } from './testing/accounts-app.ts';
import { appForTests } from './testing/app-for-tests.ts';
import { type APerson, aPerson, testPassword } from './testing.ts';

const here = appForTests();

let bia: APerson;

beforeEach(async () => {
  bia = await aPerson(here.deps.db, await aWorkspace(here.deps.db));
});

/** Where promises are followed each has a number of its own; else what comes after one has that of nothing. */
const arePromisesFollowed = async (): Promise<boolean> => {
  await turn();
  const before = executionAsyncId();
  await Promise.resolve();
  return executionAsyncId() !== before;
};

describe('better-auth', () => {
  it('is told from a process that follows its promises', async () => {
    const storage = new AsyncLocalStorage<number>();
    await storage.run(1, async () => expect(await arePromisesFollowed()).toBe(true));
    storage.disable();
    expect(await arePromisesFollowed()).toBe(false);
  });

  it('leaves no promise of the process followed once its calls have ended', async () => {
    const both = await Promise.all(
      [0, 1].map(() => signInAs(here.server, bia.email, testPassword)),
    );
    expect(await arePromisesFollowed()).toBe(false);
    for (const { cookie } of both) {
      const session = await call(here.server, '/api/auth/get-session', { cookie });
      expect(session.body['user']).toMatchObject({ email: bia.email });
    }
    expect(await arePromisesFollowed()).toBe(false);
  });

  it('keeps what it follows for as long as another call of it is under way', async () => {
    let end = (): void => undefined;
    const slow = callAuth(here.deps, () => new Promise<void>((resolve) => (end = resolve)));
    await signInAs(here.server, bia.email, testPassword);
    expect(await arePromisesFollowed()).toBe(true);
    end();
    await slow;
    expect(await arePromisesFollowed()).toBe(false);
  });

  it('leaves none followed by a call that fails', async () => {
    const wrong = await call(here.server, '/api/auth/sign-in/email', {
      method: 'POST',
      body: { email: bia.email, password: 'not the password' },
    });
    expect(wrong.code).toBe('invalid-credentials');
    expect(await arePromisesFollowed()).toBe(false);
  });
});
