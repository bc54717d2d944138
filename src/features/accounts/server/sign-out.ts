import type { IncomingHttpHeaders } from 'node:http';
import { audit } from '#platform/server/audit.ts';
import type { Ctx, Deps } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { announceMemberships, memberActor } from './announce-memberships.ts';
import { authHeaders, type Client } from './auth.ts';
import { callAuth } from './call-auth.ts';
import { identify, sessionTokenOf } from './identify.ts';
import { deleteSession, findSessionMemberships } from './identity-store.ts';

/** Ends a session and tells the sockets of the person to look again. */
const endSession = async (ctx: Ctx, token: string): Promise<void> => {
  const memberships = await findSessionMemberships(ctx.tx, token);
  announceMemberships(ctx, memberships);
  await deleteSession(ctx.tx, token);
  for (const membership of memberships) {
    await audit({ ...ctx, actor: memberActor(membership) }, { action: 'accounts.signed-out' });
  }
};

/** Ends the session of the cookie, if there is one. @returns the cookies to set */
export const signOut = async (
  deps: Deps,
  client: Client,
  headers: IncomingHttpHeaders,
): Promise<string[]> => {
  const token = sessionTokenOf(deps, headers);
  const actor = await identify(deps, { cookie: headers.cookie });
  if (token !== undefined && actor !== null) {
    await inTx(deps, actor, (ctx) => endSession(ctx, token));
  }
  const ended = await callAuth(deps, (api) =>
    api.signOut({ headers: authHeaders(client), returnHeaders: true }),
  );
  return ended.headers.getSetCookie();
};
