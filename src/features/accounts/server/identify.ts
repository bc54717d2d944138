import type { IncomingHttpHeaders } from 'node:http';
import type { Actor, Deps } from '#platform/server/deps.ts';
import { roleSchema } from '#platform/shared/role.ts';
import { sessionCookieName } from './auth.ts';
import { isForeignOrigin } from './foreign-origin.ts';
import { findSessionMemberships } from './identity-store.ts';
import { findLiveKey, markKeyUsed } from './key-store.ts';
import { looksLikeApiKey } from './key-text.ts';
import { readCookie, unsign } from './session-cookie.ts';

const bearer = /^bearer +/i;

/** A request that brings a key is judged by the key alone; its cookies do not count. */
export const bringsKey = (headers: IncomingHttpHeaders): boolean =>
  bearer.test(headers.authorization ?? '');

/** The token of the session whose cookie came along and is signed by us; it may have ended. */
export const sessionTokenOf = (deps: Deps, headers: IncomingHttpHeaders): string | undefined =>
  unsign(readCookie(headers.cookie, sessionCookieName(deps)), deps.keyed.derive('sessions'));

const wantedWorkspace = (headers: IncomingHttpHeaders): string | undefined => {
  const header = headers['guarita-workspace'] ?? headers['guarita_workspace'];
  return typeof header === 'string' ? header : readCookie(headers.cookie, 'guarita_workspace');
};

const byKey = async (deps: Deps, headers: IncomingHttpHeaders): Promise<Actor | null> => {
  const text = (headers.authorization ?? '').replace(bearer, '').trim();
  if (!looksLikeApiKey(text)) {
    return null;
  }
  const key = await findLiveKey(deps.db, deps.keyed.hash('api-key', text));
  if (key === undefined) {
    return null;
  }
  if (key.isUseStale) {
    await markKeyUsed(deps.db, key.workspaceId, key.id);
  }
  const role = roleSchema.parse(key.role);
  const { id, workspaceId, scopes } = key;
  return { kind: 'api-key', id, workspaceId, role, scopes };
};

/** Who somebody with a session is, and how long it lasts if nobody uses it. */
export interface Visitor {
  readonly actor: Actor;
  readonly msLeft: number;
}

const byCookie = async (deps: Deps, headers: IncomingHttpHeaders): Promise<Visitor | null> => {
  const token = sessionTokenOf(deps, headers);
  if (token === undefined) {
    return null;
  }
  const memberships = await findSessionMemberships(deps.db, token);
  const wanted = wantedWorkspace(headers);
  const chosen = memberships.find((row) => row.workspaceId === wanted) ?? memberships[0];
  if (chosen === undefined) {
    return null;
  }
  const { memberId: id, workspaceId, msLeft } = chosen;
  return {
    actor: { kind: 'member', id, workspaceId, role: roleSchema.parse(chosen.role) },
    msLeft,
  };
};

/** Who makes this request, read anew each time; null for nobody that we know. */
export const identify = async (deps: Deps, headers: IncomingHttpHeaders): Promise<Actor | null> =>
  bringsKey(headers) ? byKey(deps, headers) : ((await byCookie(deps, headers))?.actor ?? null);

/** What the browser called us, as `request.host` tells it for HTTP: a trusted proxy's word before its own Host. */
const hostOf = (deps: Deps, headers: IncomingHttpHeaders, peer: string | undefined) => {
  const forwarded = headers['x-forwarded-host'];
  return typeof forwarded === 'string' && deps.config.trustsPeer(peer)
    ? forwarded.split(',').at(-1)?.trim()
    : headers.host;
};

/**
 * For the handshake of a socket: the person behind the session cookie; null when there is none, when it ended,
 * or when another site's page opens the socket. Asked again with the same headers it tells whether the person
 * still has access, and in which role.
 * @param peer the address that the handshake came from
 */
export const authenticateHeaders = async (
  deps: Deps,
  headers: IncomingHttpHeaders,
  peer?: string,
): Promise<Visitor | null> =>
  isForeignOrigin(headers, hostOf(deps, headers, peer), deps.config.publicUrl)
    ? null
    : byCookie(deps, headers);
