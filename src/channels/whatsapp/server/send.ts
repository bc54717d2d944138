import type { Logger } from 'pino';
import type { Claim } from '#features/gate/server/index.ts';
import type { OutboundItem, SendLimits, SendOutcome } from '../../channel.ts';
import { type GraphAddress, graphAddress, graphHeaders, postToGraph } from './graph-client.ts';
import { requestBody } from './request-body.ts';
import { outcomeOf } from './send-outcome.ts';

/** The number of ours that speaks, and what entitles it to. */
export interface WhatsAppAccount {
  readonly phoneNumberId: string;
  readonly accessToken: string;
}

export interface WhatsAppSenderOptions extends GraphAddress {
  readonly log: Logger;
}

export interface WhatsAppSender {
  /**
   * One request for what the claim holds. `claim.take()` is the last thing before it is written; what it throws when
   * the claim has run out flies. Nothing that the network or WhatsApp answers is thrown, and nothing is sent twice.
   */
  readonly send: (
    account: WhatsAppAccount,
    claim: Claim<OutboundItem>,
    limits: SendLimits,
  ) => Promise<SendOutcome>;
}

const hasAddress = (item: OutboundItem): boolean =>
  item.content.kind === 'read' || item.to.phone !== undefined || item.to.bsuid !== undefined;

export const createWhatsAppSender = (options: WhatsAppSenderOptions): WhatsAppSender => ({
  send: async (account, claim, limits) => {
    const headers = graphHeaders(account.accessToken);
    if (headers === undefined) {
      return { kind: 'refused', code: 'whatsapp-190' };
    }
    if (limits.signal.aborted) {
      return { kind: 'retry', code: 'not-sent-in-time', afterMs: 0 };
    }
    const address = graphAddress(options, account.phoneNumberId, 'messages');
    const item = claim.take();
    if (!hasAddress(item)) {
      return { kind: 'refused', code: 'no-address' };
    }
    const answer = await postToGraph(address, headers, requestBody(item), limits.signal);
    const outcome = outcomeOf(answer, item.content.kind, limits.attempt);
    if (outcome.kind !== 'accepted') {
      const status = 'status' in answer ? answer.status : null;
      const { messageId } = item;
      // Neither the answer nor WhatsApp's ids: both tell numbers.
      options.log.warn({ messageId, attempt: limits.attempt, status, ...outcome }, 'not sent');
    }
    return outcome;
  },
});
