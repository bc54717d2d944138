import { resetPasswordLink } from '#features/accounts/server/index.ts';
import type { Config } from '#platform/server/config.ts';
import { AppError } from '#platform/server/errors.ts';
import { withInstallation } from './open-installation.ts';
import { untilText } from './until-text.ts';

/**
 * The way back in for whoever forgot the password: a link that works once.
 * @returns what to print
 * @throws Error with a line for people
 */
export const resetPassword = async (config: Config, email: string): Promise<string> => {
  try {
    const link = await withInstallation(config, (deps) => resetPasswordLink(deps, email));
    return `${link.url}\n${untilText(link)}`;
  } catch (error) {
    if (error instanceof AppError && error.code === 'member-not-found') {
      throw new Error(`nobody here signs in with ${email}`);
    }
    throw error;
  }
};
