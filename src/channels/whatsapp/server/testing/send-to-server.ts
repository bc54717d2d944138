import { pino } from 'pino';
import { afterEach, beforeEach, expect } from 'vitest';
import type { Claim } from '#features/gate/server/index.ts';
import type { OutboundItem, SendOutcome } from '../../../channel.ts';
import { createWhatsAppSender } from '../send.ts';
import { answerJson, type GraphServer, startGraphServer } from './graph-server.ts';

const account = { phoneNumberId: '100000000000001', accessToken: 'demo-token' };
export const messageId = '0197f2a0-0000-7000-8000-000000000001';
const secrets = /oi tudo bem|demo-token|5511987654321|BR\.200|wamid/;

export const itemOf = (
  content: Partial<OutboundItem['content']> = {},
  to: OutboundItem['to'] = { phone: '5511987654321', bsuid: 'BR.200' },
): OutboundItem => ({
  workspaceId: 'w',
  channelId: 'c',
  to,
  messageId,
  content: { kind: 'text', text: 'oi tudo bem', ...content } as OutboundItem['content'],
});

/** Only the gate makes claims; the tests of the gate hold the real one to the same words. */
const claimOf = (take: () => OutboundItem): Claim<OutboundItem> =>
  ({ take }) as unknown as Claim<OutboundItem>;

interface Options {
  readonly item?: OutboundItem;
  readonly take?: () => OutboundItem;
  readonly signal?: AbortSignal;
  readonly attempt?: number;
  readonly graphUrl?: string;
  readonly accessToken?: string;
}

export interface Bench {
  readonly graph: () => GraphServer;
  readonly send: (options?: Options) => Promise<SendOutcome>;
}

/** A server for each test; whatever is sent, nothing that must stay silent may reach log or outcome. */
export const sendingToServer = (): Bench => {
  let graph: GraphServer | undefined;
  let logged: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => logged.push(line) });
  const current = (): GraphServer => {
    if (graph === undefined) {
      throw new Error('only inside a test');
    }
    return graph;
  };

  beforeEach(async () => {
    graph = await startGraphServer();
    logged = [];
  });
  afterEach(async () => {
    await current().close();
    expect(logged.join('')).not.toMatch(secrets);
  });

  const send = async (options: Options = {}): Promise<SendOutcome> => {
    const graphUrl = options.graphUrl ?? current().url;
    const sender = createWhatsAppSender({ graphUrl, graphVersion: 'v25.0', log });
    const outcome = await sender.send(
      { ...account, accessToken: options.accessToken ?? account.accessToken },
      claimOf(options.take ?? (() => options.item ?? itemOf())),
      { signal: options.signal ?? AbortSignal.timeout(5_000), attempt: options.attempt ?? 0 },
    );
    if (outcome.kind !== 'accepted') {
      expect(JSON.stringify(outcome)).not.toMatch(secrets);
    }
    return outcome;
  };
  return { graph: current, send };
};

export const accepted = answerJson(200, {
  messaging_product: 'whatsapp',
  contacts: [{ input: '5511987654321', wa_id: '551187654321' }],
  messages: [{ id: 'wamid.NEW' }],
});
