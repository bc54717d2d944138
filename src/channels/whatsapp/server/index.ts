/** The door of the WhatsApp channel. */
import type { FastifyPluginAsync } from 'fastify';
import type { Deps } from '#platform/server/deps.ts';
import type { Channel } from '../../channel.ts';
import { createIngest, type Ingest } from './accept-webhook.ts';
import { createAccountDirectory } from './account-directory.ts';
import { createWhatsAppSender } from './send.ts';
import { webhookRoute } from './webhook.route.ts';

export { connectNumber, type NumberInput } from './connect-number.ts';

export interface WhatsApp {
  readonly channel: Channel;
  readonly routes: FastifyPluginAsync;
  readonly ingest: Ingest;
}

export const createWhatsApp = (deps: Deps): WhatsApp => {
  const directory = createAccountDirectory(deps.db);
  const ingest = createIngest(deps);
  const { url, version } = deps.config.graph;
  const sender = createWhatsAppSender({ graphUrl: url, graphVersion: version, log: deps.log });
  return {
    ingest,
    routes: webhookRoute(deps, directory, ingest),
    channel: {
      kind: 'whatsapp',
      canMarkRead: (externalId) => externalId.startsWith('wamid.'),
      send: async (claim, limits) => {
        const account = await directory.byChannel(claim.channelId);
        return account === undefined
          ? { kind: 'refused', code: 'channel-not-connected' }
          : sender.send(account, claim, limits);
      },
    },
  };
};
