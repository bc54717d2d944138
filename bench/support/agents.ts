import pMap from 'p-map';
import { io, type Socket } from 'socket.io-client';
import { createUserWithMembership, hashPassword } from '#features/accounts/server/index.ts';
import { openBenchDeps } from './deps.ts';

const password = 'bench-password';
const emailOf = (agent: number): string => `bench${agent}@example.com`;

/** So many agents of one workspace. */
export const makeAgents = async (
  databaseUrl: string,
  workspaceId: string,
  count: number,
): Promise<void> => {
  const deps = await openBenchDeps(databaseUrl);
  const passwordHash = await hashPassword(password);
  for (let agent = 0; agent < count; agent += 1) {
    const person = { workspaceId, name: `Bench ${agent}`, email: emailOf(agent), passwordHash };
    await deps.db
      .transaction()
      .execute((tx) => createUserWithMembership(tx, { ...person, role: 'agent' }));
  }
  await deps.pool.end();
};

/** @returns the cookie of one of them */
export const signIn = async (url: string, agent = 0): Promise<string> => {
  const answer = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email: emailOf(agent), password }),
  });
  if (!answer.ok) {
    throw new Error(`agent ${agent} was not let in: ${answer.status}`);
  }
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
};

/** @returns a cookie for each of the first so many */
export const signInAll = (url: string, count: number): Promise<string[]> =>
  pMap(Array.from({ length: count }).keys(), (agent) => signIn(url, agent), { concurrency: 4 });

/** An open screen for each cookie; every live event of each is handed over. */
export const connectAgents = async (
  url: string,
  cookies: readonly string[],
  onChanges: (changes: unknown, screen: number) => void,
): Promise<Socket[]> => {
  const sockets = cookies.map((cookie) =>
    io(url, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      extraHeaders: { cookie },
    }),
  );
  for (const [screen, socket] of sockets.entries()) {
    socket.on('changes', (changes: unknown) => onChanges(changes, screen));
  }
  await Promise.all(
    sockets.map(
      (socket) =>
        new Promise<void>((resolve, reject) => {
          socket.on('connect', resolve);
          socket.on('connect_error', reject);
        }),
    ),
  );
  return sockets;
};

/** The texts that one live event tells of. */
export const textsOf = (changes: unknown): string[] => {
  if (typeof changes !== 'object' || changes === null || !('messages' in changes)) {
    return [];
  }
  const { messages } = changes;
  return Array.isArray(messages) ? messages.map((message: { text: string }) => message.text) : [];
};

/** Calls `act` so many times, so many a second, by the clock: a late one does not delay the next. */
export const atRate = async (
  count: number,
  perSecond: number,
  act: (n: number) => void,
): Promise<void> => {
  const begin = performance.now();
  for (let n = 0; n < count; n += 1) {
    const wait = begin + (n * 1000) / perSecond - performance.now();
    if (wait > 0) {
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
    act(n);
  }
};
