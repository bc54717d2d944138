import { betterAuth } from 'better-auth';
import type { Deps } from '#platform/server/deps.ts';
import { newId } from '#platform/shared/ids.ts';
import { baseUrl } from './base-url.ts';
import { hasMembership } from './identity-store.ts';

const day = 24 * 60 * 60;

/** How we tell better-auth where a person signs in from; it never sees the headers of the request. */
const addressHeader = 'x-guarita-client-address';

export interface Client {
  readonly cookie: string | undefined;
  readonly userAgent: string | undefined;
  /** See client-address.ts. */
  readonly place: string;
}

/** The headers of a call to better-auth: what it needs, and nothing that a client could make up. */
export const authHeaders = (client: Client): Headers =>
  new Headers({
    [addressHeader]: client.place,
    ...(client.cookie === undefined ? {} : { cookie: client.cookie }),
    ...(client.userAgent === undefined ? {} : { 'user-agent': client.userAgent.slice(0, 300) }),
  });

const isSecure = (deps: Deps): boolean => deps.config.publicUrl?.startsWith('https:') ?? false;

/**
 * better-auth keeps identities and sessions; we call its functions, so its HTTP routes (sign-up among them),
 * its limiter and its origin check are not mounted: ours stand in front (auth-routes.ts).
 */
const createAuth = (deps: Deps) =>
  betterAuth({
    appName: 'Guarita',
    baseURL: baseUrl(deps.config),
    // As a list: better-auth would let an environment variable win over a single secret.
    secrets: [{ version: 1, value: deps.keyed.derive('sessions') }],
    database: { db: deps.db, type: 'postgres' },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 10,
      maxPasswordLength: 128,
    },
    // No cookie cache: a removed person's cookie must be worth nothing at the next request.
    session: { expiresIn: 30 * day, updateAge: day, cookieCache: { enabled: false } },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: {
      level: 'error',
      // Only the error: messages of a library may quote what was sent.
      log: (_level, _message, ...rest) =>
        deps.log.error({ err: rest.find((value) => value instanceof Error) }, 'better-auth failed'),
    },
    databaseHooks: {
      session: {
        create: {
          // A person whom every workspace removed cannot come back in.
          before: async (session, context) =>
            (await hasMembership(deps.db, session.userId))
              ? { data: { ipAddress: context?.headers?.get(addressHeader) ?? '' } }
              : false,
        },
      },
    },
    advanced: {
      cookiePrefix: 'guarita',
      useSecureCookies: isSecure(deps),
      ipAddress: { disableIpTracking: true },
      database: { generateId: () => newId(), validateSchema: false },
    },
  });

export type Auth = ReturnType<typeof createAuth>;

const known = new WeakMap<Deps, Auth>();

/** The one better-auth of this process. */
export const authOf = (deps: Deps): Auth => {
  const auth = known.get(deps) ?? createAuth(deps);
  known.set(deps, auth);
  return auth;
};

/** Read by us at each request without better-auth's own look-ups. */
export const sessionCookieName = (deps: Deps): string =>
  `${isSecure(deps) ? '__Secure-' : ''}guarita.session_token`;
