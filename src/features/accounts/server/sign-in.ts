import { isAPIError } from 'better-auth/api';
import type { Deps } from '#platform/server/deps.ts';
import { AppError } from '#platform/server/errors.ts';
import { limited } from './attempt-limits.ts';
import { auditFailedSignIn, auditSignIn } from './audit-sign-in.ts';
import { authHeaders, type Client } from './auth.ts';
import { callAuth } from './call-auth.ts';
import { inTurn } from './password-turns.ts';

export interface SignedIn {
  readonly user: { readonly id: string; readonly name: string; readonly email: string };
  readonly setCookies: string[];
}

/** Checks the password and opens a session, without counting. */
export const openSession = async (
  deps: Deps,
  client: Client,
  email: string,
  password: string,
): Promise<SignedIn> => {
  try {
    const { headers, response } = await callAuth(deps, (api) =>
      api.signInEmail({
        body: { email, password },
        headers: authHeaders(client),
        returnHeaders: true,
      }),
    );
    const { id, name } = response.user;
    return { user: { id, name, email: response.user.email }, setCookies: headers.getSetCookie() };
  } catch (error) {
    if (isAPIError(error) && error.statusCode === 401) {
      throw new AppError('invalid-credentials', 401);
    }
    throw error;
  }
};

const isWrongCredentials = (error: unknown): boolean =>
  error instanceof AppError && error.code === 'invalid-credentials';

/**
 * Signs a person in by e-mail and password.
 * @throws AppError invalid-credentials (401, the same and as late for an unknown e-mail), too-many-attempts (429)
 */
export const signIn = async (
  deps: Deps,
  client: Client,
  credentials: { readonly email: string; readonly password: string },
): Promise<SignedIn> => {
  const email = credentials.email.toLowerCase();
  const tried = { kind: 'sign-in', subject: email, place: client.place } as const;
  const isWrong = (error: unknown): boolean => {
    const wrong = isWrongCredentials(error);
    if (wrong) {
      auditFailedSignIn(deps, email);
    }
    return wrong;
  };
  const signedIn = await inTurn(deps, () =>
    limited(deps, tried, isWrong, () => openSession(deps, client, email, credentials.password)),
  );
  await auditSignIn(deps, signedIn.user.id);
  return signedIn;
};
