import type { Logger } from 'pino';
import type { Claim } from '#features/gate/server/index.ts';
import type { OutboundItem, PersonRef, SendLimits, SendOutcome } from '../../channel.ts';
import { type GraphAddress, graphAddress, graphHeaders, postToGraph } from './graph-client.ts';
import { outcomeOf } from './send-outcome.ts';
import type { Wire } from './wire.ts';

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

/** The number as received, since WhatsApp spells some numbers in a way of its own; a hidden one by its id. */
const addressee = (to: PersonRef): Wire =>
  to.phone === undefined ? { recipient: to.bsuid } : { to: to.phone };

const holdsLink = (text: string): boolean => /https?:\/\/\S/i.test(text);

/** docs/whatsapp-cloud-api.md 2.1, 2.2, 2.4. */
const requestBody = (item: OutboundItem): Wire => {
  const { content } = item;
  if (content.kind === 'read') {
    return { messaging_product: 'whatsapp', status: 'read', message_id: content.externalId };
  }
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    ...addressee(item.to),
    type: 'text',
    text: { body: content.text, ...(holdsLink(content.text) ? { preview_url: true } : {}) },
    ...(content.replyToExternalId === undefined
      ? {}
      : { context: { message_id: content.replyToExternalId } }),
    // Comes back with each status: settles a request whose answer was lost.
    biz_opaque_callback_data: item.messageId,
  };
};

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
