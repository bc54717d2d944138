import { resetPasswordLink } from '#features/accounts/server/index.ts';
import type { Config } from '#platform/server/config.ts';
import { AppError } from '#platform/server/errors.ts';
import { withInstallation } from './open-installation.ts';

/**
 * The way back in for whoever forgot the password: a link that works once.
 * @returns what to print
 * @throws Error with a line for people
 */
export const resetPassword = async (config: Config, email: string): Promise<string> => {
  try {
    const { url, expiresAt } = await withInstallation(config, (deps) =>
      resetPasswordLink(deps, email),
    );
    const until = new Date(expiresAt).toLocaleTimeString('pt-BR', { timeStyle: 'short' });
    return `${url}\nworks once, until ${until}`;
  } catch (error) {
    if (error instanceof AppError && error.code === 'member-not-found') {
      throw new Error(`nobody here signs in with ${email}`);
    }
    throw error;
  }
};
