/** The door of the WhatsApp channel. */
import type { FastifyPluginAsync } from 'fastify';
import type { Deps } from '#platform/server/deps.ts';
import type { BlockListPort, Channel, SendOutcome } from '../../channel.ts';
import { createIngest, type Ingest } from './accept-webhook.ts';
import type { Account } from './account.ts';
import { createAccountDirectory } from './account-directory.ts';
import { type BlockListClient, createBlockListClient } from './block-list.ts';
import { createMediaReader } from './fetch-media.ts';
import { learnPortfolio } from './learn-portfolio.ts';
import { createHealthNotes, type HealthNotes } from './note-health.ts';
import { numberRoutes } from './number-routes.ts';
import { createAccountsReader } from './read-accounts.ts';
import { createTemplateReader } from './read-templates.ts';
import { createWhatsAppSender } from './send.ts';
import { createMediaWriter } from './upload-media.ts';
import { webhookRoute } from './webhook.route.ts';

export type { Ingest } from './accept-webhook.ts';
export { connectNumber, type NumberInput } from './connect-number.ts';
export { demoAppSecret } from './demo-secret.ts';
export { settlePortfolios } from './learn-portfolio.ts';
export { usesAppSecret } from './read-accounts.ts';
export { type RequestEnd, requestFigures } from './request-figures.ts';
export { sealStoredSecrets } from './seal-stored-secrets.ts';

export interface WhatsApp {
  readonly channel: Channel;
  /** The webhook. */
  readonly routes: FastifyPluginAsync;
  /** Under /api/v1. */
  readonly api: FastifyPluginAsync;
  readonly ingest: Ingest;
  /** Writes what was noted of the numbers and not written yet. */
  readonly flushNotes: () => Promise<void>;
}

const whatsAppCode = /^whatsapp-(\d{1,9})$/;

/** What a request that reaches nobody failed with, told beside that of the sends. */
const noteFailure = (notes: HealthNotes, account: Account, code: string): void => {
  const number = whatsAppCode.exec(code)?.[1];
  if (number !== undefined) {
    notes.error(account, Number(number));
  }
};

const noteFailed = <A extends { readonly kind: string; readonly code?: string }>(
  notes: HealthNotes,
  account: Account,
  answer: A,
): A => {
  if (answer.code !== undefined) {
    noteFailure(notes, account, answer.code);
  }
  return answer;
};

const noteOutcome = (notes: HealthNotes, account: Account, outcome: SendOutcome): void => {
  if (outcome.kind === 'accepted') {
    notes.sent(account);
  } else if (outcome.kind !== 'unknown') {
    const code = outcome.code === 'window-closed' ? 131_047 : whatsAppCode.exec(outcome.code)?.[1];
    if (code !== undefined) {
      notes.error(account, Number(code));
    }
  }
};

type FindAccount = (channelId: string) => Promise<Account | undefined | 'unreadable'>;

const blockListOf = (client: BlockListClient, findAccount: FindAccount): BlockListPort => ({
  change: async ({ channelId }, verb, addresses, limits) => {
    const account = await findAccount(channelId);
    if (account === 'unreadable') {
      const outcome = { kind: 'retry', code: 'account-unreadable' } as const;
      return { outcomes: addresses.map(() => outcome), restMs: 5_000 };
    }
    if (account === undefined) {
      const code = 'channel-not-connected';
      const outcome = { kind: 'refused', why: 'failed', code, isWhole: true } as const;
      return { outcomes: addresses.map(() => outcome), restMs: null };
    }
    return client.change(account, verb, addresses, limits);
  },
  readPage: async ({ channelId }, after, signal) => {
    const account = await findAccount(channelId);
    if (account === 'unreadable') {
      return { kind: 'failed', code: 'account-unreadable', isWorthRepeating: true };
    }
    return account === undefined
      ? { kind: 'failed', code: 'channel-not-connected', isWorthRepeating: false }
      : client.readPage(account, after, signal);
  },
});

export const createWhatsApp = (deps: Deps): WhatsApp => {
  const directory = createAccountDirectory(createAccountsReader(deps));
  const notes = createHealthNotes(deps);
  const ingest = createIngest(deps);
  const { url, version } = deps.config.graph;
  const graph = { graphUrl: url, graphVersion: version };
  const sender = createWhatsAppSender({ ...graph, log: deps.log });
  const findAccount: FindAccount = async (channelId) => {
    try {
      return await directory.byChannel(channelId);
    } catch (err) {
      deps.log.warn({ err }, 'the account to send with could not be read');
      return 'unreadable';
    }
  };
  const reader = createMediaReader(graph);
  const writer = createMediaWriter(graph);
  const templates = createTemplateReader(graph);
  /** Its templates are asked for at once and every hour: what else of the account is not known is asked along. */
  const readAccount = async (account: Account, signal: AbortSignal) => {
    await learnPortfolio(deps, graph, account);
    return templates.readTemplates(account, signal);
  };
  return {
    ingest,
    routes: webhookRoute(directory, ingest, notes),
    api: numberRoutes(deps, graph),
    flushNotes: notes.flush,
    channel: {
      kind: 'whatsapp',
      blockList: blockListOf(createBlockListClient(graph), findAccount),
      canMarkRead: (externalId) => externalId.startsWith('wamid.'),
      send: async (claim, limits) => {
        const account = await findAccount(claim.channelId);
        if (account === 'unreadable') {
          // Nothing was taken from the claim, so nothing has left.
          return { kind: 'retry', code: 'not-sent-in-time', afterMs: null };
        }
        if (account === undefined) {
          return { kind: 'refused', code: 'channel-not-connected' };
        }
        const outcome = await sender.send(account, claim, limits);
        noteOutcome(notes, account, outcome);
        return outcome;
      },
      uploadMedia: async (request, limits) => {
        const account = await findAccount(request.channelId);
        if (account === 'unreadable') {
          return { kind: 'retry', code: 'not-sent-in-time', afterMs: null };
        }
        return account === undefined
          ? { kind: 'refused', code: 'channel-not-connected' }
          : noteFailed(notes, account, await writer.uploadMedia(account, request, limits));
      },
      fetchMedia: async (request, limits) => {
        const account = await findAccount(request.channelId);
        if (account === 'unreadable') {
          return { kind: 'failed', code: 'account-unreadable', isWorthRepeating: true };
        }
        return account === undefined
          ? { kind: 'failed', code: 'channel-not-connected', isWorthRepeating: false }
          : noteFailed(notes, account, await reader.fetchMedia(account, request, limits));
      },
      readTemplates: async ({ channelId }, { signal }) => {
        const account = await findAccount(channelId);
        if (account === 'unreadable') {
          return { kind: 'failed', code: 'account-unreadable', isWorthRepeating: true };
        }
        return account === undefined
          ? { kind: 'failed', code: 'channel-not-connected', isWorthRepeating: false }
          : noteFailed(notes, account, await readAccount(account, signal));
      },
    },
  };
};
