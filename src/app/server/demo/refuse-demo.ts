import { usesAppSecret } from '#channels/whatsapp/server/index.ts';
import type { Deps } from '#platform/server/deps.ts';
import { demoNumber, demoPeople } from './demo-people.ts';
import { hasDemoPeople } from './demo-queries.ts';

/**
 * The passwords and the app secret of the demonstration stand in our source: whoever has read it could sign in, and sign
 * webhooks.
 * @throws Error with a line for people when the installation has any of them
 */
export const refuseDemo = async (deps: Deps): Promise<void> => {
  const { appSecret } = demoNumber;
  const emails = demoPeople.map(({ email }) => email);
  if ((await usesAppSecret(deps, appSecret)) || (await hasDemoPeople(deps.db, emails))) {
    const place = deps.config.databaseUrl === undefined ? deps.config.dataDir : 'this database';
    throw new Error(
      `${place} holds the demonstration, whose passwords everybody knows; Guarita does not start on it as a real ` +
        'installation.\nChoose another folder with --data-dir (or another DATABASE_URL), or remove this one, or start ' +
        'it as the demonstration it is: npm run demo, or GUARITA_DEMO=1.',
    );
  }
};
