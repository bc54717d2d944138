import { randomInt } from 'node:crypto';
import type { Channel } from '../state/channels.ts';
import type { EventLog } from '../state/event-log.ts';
import type { WebhookPool } from './post-body.ts';

/** Asks the business's server, as Meta does on saving a callback URL, whether it is the one. */
export async function shakeHands(
  target: { url: string; verifyToken: string; channel: Channel },
  pool: WebhookPool,
  log: EventLog,
): Promise<'verified' | 'refused' | 'unreachable'> {
  if (!URL.canParse(target.url)) return 'unreachable';
  const challenge = String(randomInt(1_000_000_000, 2_000_000_000));
  const url = new URL(target.url);
  url.searchParams.set('hub.mode', 'subscribe');
  url.searchParams.set('hub.challenge', challenge);
  url.searchParams.set('hub.verify_token', target.verifyToken);
  const result = await pool.post({
    url: url.href,
    method: 'GET',
    bytes: null,
    headers: { 'user-agent': 'facebookplatform/1.0', accept: '*/*' },
    timeoutMs: 10_000,
  });
  if (result.kind !== 'answer') return 'unreachable';
  const isVerified = result.status === 200 && result.body === challenge;
  log.add('handshake', isVerified ? 'Webhook verificado' : 'Verificação recusada', {
    channel: target.channel.phoneNumberId,
    method: 'GET',
    url: target.url,
    status: result.status,
    ms: result.ms,
    state: isVerified ? 'ok' : 'failed',
    request: { 'hub.mode': 'subscribe', 'hub.challenge': challenge, 'hub.verify_token': '…' },
    answer: result.body,
  });
  return isVerified ? 'verified' : 'refused';
}
