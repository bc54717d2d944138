import { io, type Socket } from 'socket.io-client';
import { createUserWithMembership, hashPassword } from '#features/accounts/server/index.ts';
import { openBenchDeps } from './deps.ts';

const email = 'bench@example.com';
const password = 'bench-password';

/** One agent, who signs in on as many screens as are wanted. */
export const makeAgent = async (databaseUrl: string, workspaceId: string): Promise<void> => {
  const deps = await openBenchDeps(databaseUrl);
  const passwordHash = await hashPassword(password);
  const person = { workspaceId, name: 'Bench', email, passwordHash, role: 'agent' } as const;
  await deps.db.transaction().execute((tx) => createUserWithMembership(tx, person));
  await deps.pool.end();
};

/** @returns the cookie */
export const signIn = async (url: string): Promise<string> => {
  const answer = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email, password }),
  });
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
};

/** So many open screens; every live event of each is handed over. */
export const connectAgents = async (
  url: string,
  cookie: string,
  count: number,
  onChanges: (changes: unknown, screen: number) => void,
): Promise<Socket[]> => {
  const sockets = Array.from({ length: count }, () =>
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
