import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Caller, Http } from '../../src/app/server/testing/http-client.ts';
import { connectLive, type LiveClient } from '../../src/app/server/testing/live-client.ts';
import { signIn } from '../../src/app/server/testing/test-workspace.ts';
import { aPerson } from '../../src/features/accounts/server/testing.ts';
import { webhookEventTypes } from '../../src/features/webhooks/contract.ts';
import { createDb } from '../../src/platform/server/db.ts';
import type { Setting } from '../support/setting.ts';

/** People of the team, signed in; the last is an agent who has all media covered that comes in. */
const team = {
  agent: 'agent',
  moderator: 'moderator',
  administrator: 'administrator',
  covered: 'agent',
} as const;
type Who = keyof typeof team;
const everybody = Object.keys(team) as Who[];

/** Who is told of everything while it happens: open screens, and a program that listens to webhooks. */
export interface Listeners {
  readonly persons: Readonly<Record<Who, Required<Pick<Caller, 'cookie'>>>>;
  readonly screens: Readonly<Record<Who, LiveClient>>;
  /** The body of every webhook that was delivered. */
  readonly posted: readonly string[];
  close(): Promise<void>;
}

/** Endpoints are made by people, not by keys. */
const listenForWebhooks = async (http: Http, administrator: Caller) => {
  const posted: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      posted.push(Buffer.concat(chunks).toString('utf8'));
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/hook`;
  const body = { url, events: [...webhookEventTypes] };
  const made = await http('/api/v1/webhook-endpoints', { ...administrator, method: 'POST', body });
  if (made.status !== 201) {
    throw new Error(`an endpoint: ${made.status} ${made.code}`);
  }
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { posted, close };
};

const each = async <T>(make: (who: Who) => Promise<T>): Promise<Record<Who, T>> => {
  const made: [Who, T][] = [];
  for (const who of everybody) {
    made.push([who, await make(who)]);
  }
  return Object.fromEntries(made) as Record<Who, T>;
};

export const openListeners = async (
  http: Http,
  url: string,
  { pool, workspaceId }: Setting,
): Promise<Listeners> => {
  const db = createDb(pool);
  const persons = await each(async (who) => {
    const { email } = await aPerson(db, workspaceId, team[who]);
    return signIn(http, email);
  });
  const body = { coversAll: true };
  await http('/api/v1/me/media-cover', { ...persons.covered, method: 'PUT', body });
  const screens = await each((who) => connectLive(url, persons[who]));
  const hooks = await listenForWebhooks(http, persons.administrator);
  return {
    ...{ persons, screens, posted: hooks.posted },
    close: async () => {
      for (const who of everybody) {
        screens[who].close();
      }
      await hooks.close();
    },
  };
};

/** What each screen heard from the event on that told of the cover; all that before it may have told the words. */
const heardSince = ({ heard }: LiveClient): readonly string[] => {
  const first = heard.findIndex((event) => event.includes('"withheld":"covered"'));
  return first < 0 ? heard : heard.slice(first);
};

/** @returns the words that a screen was told although they were covered by then, or a webhook at any time */
export const toldTo = (
  { screens, posted }: Listeners,
  words: readonly string[],
): { live: string[]; webhooks: string[] } => ({
  live: everybody.flatMap((who) =>
    words
      .filter((word) => heardSince(screens[who]).some((event) => event.includes(word)))
      .map((word) => `${who}: ${word}`),
  ),
  webhooks: words.filter((word) => posted.some((body) => body.includes(word))),
});

/** Until every screen was told of the cover. */
export const untilTold = async ({ screens }: Listeners): Promise<void> => {
  await Promise.all(everybody.map((who) => screens[who].hear('"withheld":"covered"')));
};
