import { isAPIError } from 'better-auth/api';
import type { Deps } from '#platform/server/deps.ts';
import { authHeaders, type Client } from './auth.ts';
import { callAuth } from './call-auth.ts';

const readFresh = async (deps: Deps, client: Client) => {
  try {
    return await callAuth(deps, (api) =>
      api.getSession({ headers: authHeaders(client), returnHeaders: true }),
    );
  } catch (error) {
    // The session ended while it was being renewed.
    if (isAPIError(error) && error.statusCode === 401) {
      return null;
    }
    throw error;
  }
};

/** The session of the cookie; one that is used stays alive, so the cookie may come back renewed. */
export const readSession = async (deps: Deps, client: Client) => {
  const read = await readFresh(deps, client);
  const found = read?.response ?? null;
  const session =
    found === null
      ? null
      : {
          user: { id: found.user.id, name: found.user.name, email: found.user.email },
          expiresAt: found.session.expiresAt.toISOString(),
        };
  return { session, setCookies: read?.headers.getSetCookie() ?? [] };
};
