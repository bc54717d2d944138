import Fastify, { type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { Deps } from '#platform/server/deps.ts';
import { answerErrorsAsProblems } from '#platform/server/http-errors.ts';
import { accountsPlugin } from '../accounts-plugin.ts';
import { accountRoutes } from '../routes.ts';

/** A server with this feature alone, listening on a free port of the loopback. */
export interface AccountsApp {
  readonly app: FastifyInstance;
  readonly url: string;
  readonly host: string;
  /** `METHOD /path` of everything under /api/v1. */
  readonly routes: readonly string[];
}

export const startAccountsApp = async (deps: Deps): Promise<AccountsApp> => {
  const app = Fastify({ trustProxy: ['127.0.0.1'] });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerErrorsAsProblems(app);
  const routes: string[] = [];
  app.addHook('onRoute', ({ method, url }) => {
    if (url.startsWith('/api/v1') && method !== 'HEAD') {
      routes.push(`${String(method)} ${url}`);
    }
  });
  await app.register(accountsPlugin(deps));
  await app.register(accountRoutes(deps), { prefix: '/api/v1' });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return { app, url, host: new URL(url).host, routes };
};

interface Call {
  readonly method?: string;
  readonly cookie?: string | undefined;
  readonly key?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** `code` of a problem, else undefined. */
  readonly code: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
  /** The Cookie header that a browser would send next. */
  readonly cookie: string;
}

const bodyOf = (text: string): Record<string, unknown> => {
  const parsed: unknown = text === '' ? {} : JSON.parse(text);
  return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
};

/** One real request. */
export const call = async (
  server: AccountsApp,
  path: string,
  options: Call = {},
): Promise<Answer> => {
  const { method = 'GET', cookie, key, body } = options;
  const response = await fetch(`${server.url}${path}`, {
    method,
    headers: {
      ...(cookie === undefined ? {} : { cookie }),
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...options.headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const parsed = bodyOf(text);
  const code = parsed['code'];
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: parsed,
    code: typeof code === 'string' && response.status >= 400 ? code : undefined,
    cookie: response.headers
      .getSetCookie()
      .map((line) => line.split(';')[0] ?? '')
      .join('; '),
  };
};

export const signInAs = (
  server: AccountsApp,
  email: string,
  password: string,
  from = '203.0.113.7',
): Promise<Answer> =>
  call(server, '/api/auth/sign-in/email', {
    method: 'POST',
    body: { email, password },
    headers: { 'x-forwarded-for': from },
  });
