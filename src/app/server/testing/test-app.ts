import type { FastifyInstance } from 'fastify';
import { createWhatsApp, type WhatsApp } from '#channels/whatsapp/server/index.ts';
import { createDb, createPool } from '#platform/server/db.ts';
import { createLog } from '#platform/server/log.ts';
import { createOwnCommits } from '#platform/server/own-commits.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { closeHttp } from '../close-http.ts';
import { createHttp } from '../http.ts';
import { startRealtime } from '../realtime.ts';
import { type Http, httpTo } from './http-client.ts';
import { aTestWorkspace, type TestWorkspace } from './test-workspace.ts';

/** The whole HTTP side of a process, listening on a free port of the loopback. */
export interface TestServer {
  readonly deps: TestDeps;
  readonly app: FastifyInstance;
  readonly whatsApp: WhatsApp;
  readonly url: string;
  readonly http: Http;
  /** Every line logged so far, at every level. */
  readonly logLines: readonly string[];
  close(): Promise<void>;
}

export interface TestServerOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Whether live events are sent as well. */
  readonly isLive?: boolean;
}

interface Listening extends Omit<TestServer, 'deps' | 'logLines'> {}

const listen = async (deps: TestDeps, isLive: boolean): Promise<Listening> => {
  const whatsApp = createWhatsApp(deps);
  const app = await createHttp(deps, [whatsApp]);
  const realtime = isLive ? startRealtime(app, deps, deps.databaseUrl) : undefined;
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const close = async (): Promise<void> => {
    await Promise.all([realtime?.close(), closeHttp(app)]);
    await whatsApp.ingest.drained();
    await whatsApp.flushNotes();
  };
  return { app, whatsApp, url, http: httpTo(url), close };
};

/** A server on a database of its own, empty but for its schema; it logs as in production, to memory. */
export const startTestServer = async (options: TestServerOptions = {}): Promise<TestServer> => {
  const opened = await openTestDeps(options.env);
  const logLines: string[] = [];
  const log = createLog('trace', { write: (line) => logLines.push(line) });
  const deps: TestDeps = { ...opened, log, ownCommits: createOwnCommits() };
  const listening = await listen(deps, options.isLive === true);
  return {
    ...listening,
    deps,
    logLines,
    close: async () => {
      await listening.close();
      await opened.close();
    },
  };
};

/**
 * A second process, as far as HTTP can tell: another server on the database of the first, with connections of its own
 * and the same log. Close it before the first.
 * @param databaseUrl the way to the database, when it is not the first one's
 */
export const startPeer = async (
  first: TestServer,
  { isLive = false, databaseUrl = first.deps.databaseUrl } = {},
): Promise<TestServer> => {
  const pool = createPool(databaseUrl, first.deps.log, 8);
  const ownCommits = createOwnCommits();
  const deps: TestDeps = { ...first.deps, pool, db: createDb(pool), databaseUrl, ownCommits };
  const listening = await listen(deps, isLive);
  return {
    ...listening,
    deps,
    logLines: first.logLines,
    close: async () => {
      await listening.close();
      await pool.end();
    },
  };
};

/** A server with two workspaces that must know nothing of each other. */
export interface TestApp extends TestServer {
  readonly a: TestWorkspace;
  readonly b: TestWorkspace;
}

/**
 * A server with two workspaces `a` and `b`; each has a signed-in person and an API key of every role, a number with a
 * known secret, conversations that came in by signed webhooks, and one blocked person. Close it in `afterAll`.
 */
export const startTestApp = async (options: TestServerOptions = {}): Promise<TestApp> => {
  const server = await startTestServer(options);
  try {
    const { deps, http } = server;
    return {
      ...server,
      a: await aTestWorkspace(deps, http, 1),
      b: await aTestWorkspace(deps, http, 2),
    };
  } catch (error) {
    await server.close();
    throw error;
  }
};

/** What arrives in the first workspace is covered of nobody; of strangers it would say nothing to whoever has not asked. */
export const coverNobody = async ({ http, a }: Pick<TestApp, 'http' | 'a'>): Promise<void> => {
  const body = { coveredFrom: 'flagged', kinds: [], placeholder: 'none' };
  await http('/api/v1/media-cover-settings', { ...a.team.administrator, method: 'PUT', body });
};
