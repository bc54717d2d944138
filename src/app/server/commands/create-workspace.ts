import { randomBytes } from 'node:crypto';
import { emailSchema, nameSchema } from '#features/accounts/contract.ts';
import { baseUrl, createWorkspace, hashPassword } from '#features/accounts/server/index.ts';
import type { Config } from '#platform/server/config.ts';
import { systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { newId } from '#platform/shared/ids.ts';
import { UsageError } from '../read-flags.ts';
import { withInstallation } from './open-installation.ts';
import { untilText } from './until-text.ts';

/**
 * One more workspace in the same installation: its own people, numbers and conversations.
 * @returns what to print
 * @throws UsageError for a name or an e-mail that cannot be one
 */
export const makeWorkspace = async (
  config: Config,
  given: { readonly name: string; readonly email: string },
): Promise<string> => {
  const name = nameSchema.safeParse(given.name);
  const email = emailSchema.safeParse(given.email.trim().toLowerCase());
  if (!name.success || !email.success) {
    throw new UsageError(`${name.success ? given.email : `"${given.name}"`} cannot be used`);
  }
  const passwordHash = await hashPassword(randomBytes(32).toString('base64url'));
  const input = { name: name.data, email: email.data, passwordHash, baseUrl: baseUrl(config) };
  const link = await withInstallation(config, (deps) =>
    inTx(deps, systemActor(newId()), (ctx) => createWorkspace(ctx, input)),
  );
  return link === null
    ? `${name.data} is made; ${email.data} signs in with the password they have`
    : `${name.data} is made; ${email.data} chooses a password at\n${link.url}\n${untilText(link)}`;
};
