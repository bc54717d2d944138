import { api } from '#platform/web/http.ts';
import { disconnectLive } from '#platform/web/live.ts';

export const signIn = (email: string, password: string): Promise<unknown> =>
  api.post('/api/auth/sign-in/email', { email, password });

const goodbyes = new Set<() => void>();

/** What else is to be forgotten once the session has ended. */
export const whenSigningOut = (forget: () => void): void => {
  goodbyes.add(forget);
};

/**
 * Ends the session here and at the server, then loads the page anew: nothing of the person stays in memory. When the
 * server cannot be reached the session still stands, so the failure is thrown.
 */
export async function signOut(): Promise<void> {
  await api.post('/api/auth/sign-out', {});
  for (const forget of goodbyes) forget();
  disconnectLive();
  window.location.assign('/');
}
