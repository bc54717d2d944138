import type { FastifyInstance } from 'fastify';
import { emitStatus } from '../inject/emit-statuses.ts';
import { channelNamed } from '../inject/find-person.ts';
import { secondsOf } from '../inject/inbound-spec.ts';
import { type InjectOptions, injectInbound } from '../inject/inject-inbound.ts';
import { RequestError } from '../state/request-error.ts';
import type { InboundRecord, SentMessage, World } from '../state/world.ts';
import { encodeBody, signBody } from '../webhooks/sign-body.ts';
import type { Track } from '../webhooks/track.ts';
import { canonicalPhone, digitsOf } from '../wire/phone-forms.ts';
import { inboundMany, inboundOne, rawWebhookBody, read, statusBody } from './bodies.ts';
import { viewInbound } from './views.ts';
import { waitFor } from './wait-for.ts';

function optionsOf(
  given: {
    [Key in keyof InjectOptions]: InjectOptions[Key] | undefined;
  },
): InjectOptions {
  return {
    ...(given.sameBody === undefined ? {} : { sameBody: given.sameBody }),
    ...(given.shape === undefined ? {} : { shape: given.shape }),
    ...(given.copies === undefined ? {} : { copies: given.copies }),
    ...(given.delayMs === undefined ? {} : { delayMs: given.delayMs }),
  };
}

async function postInbound(world: World, body: unknown): Promise<object> {
  const isMany =
    typeof body === 'object' && body !== null && 'messages' in body && !('type' in body);
  if (isMany) {
    const { messages, wait, waitMs, ...rest } = read(inboundMany, body);
    const records = injectInbound(world, messages, optionsOf(rest));
    await waitFor(tracksOf(records), { wait, waitMs });
    return { items: records.map(viewInbound) };
  }
  const { wait, waitMs, ...spec } = read(inboundOne, body);
  const records = injectInbound(world, [spec], optionsOf(spec as InjectOptions));
  await waitFor(tracksOf(records), { wait, waitMs });
  const [record] = records;
  if (record === undefined) throw new RequestError(500, 'nothing was injected');
  return viewInbound(record);
}

function tracksOf(records: readonly InboundRecord[]): Track[] {
  return records.map(({ track }) => track);
}

interface OutboxQuery {
  to?: string;
  channel?: string;
  callbackData?: string;
  type?: string;
  limit?: string;
}

function isTo(world: World, message: SentMessage, reference: string): boolean {
  if (message.userId === reference || message.recipient === reference) return true;
  if (message.personId !== null && world.people.find(reference)?.id === message.personId) {
    return true;
  }
  const wanted = canonicalPhone(digitsOf(reference));
  if (wanted === '') return false;
  return [message.to, message.waId].some(
    (phone) => phone !== null && canonicalPhone(digitsOf(phone)) === wanted,
  );
}

/** Messages the Graph accepted, oldest first, as the query wants them. */
export function findSent(world: World, query: OutboxQuery): SentMessage[] {
  const found = [...world.outbox.values()].filter(
    (message) =>
      (query.channel === undefined || message.channel === query.channel) &&
      (query.type === undefined || message.type === query.type) &&
      (query.callbackData === undefined ||
        message.biz_opaque_callback_data === query.callbackData) &&
      (query.to === undefined || isTo(world, message, query.to)),
  );
  return query.limit === undefined ? found : found.slice(-Number(query.limit));
}

async function postStatus(world: World, body: unknown): Promise<object> {
  const wanted = read(statusBody, body);
  const known = world.outbox.get(wanted.id);
  const person = world.people.find(wanted.to ?? known?.personId ?? '');
  if (person === undefined) throw new RequestError(404, 'unknown message: name the person in to');
  const sent = known ?? strangerMessage(world, wanted);
  const { copies, delayMs } = wanted;
  const track = emitStatus(world, sent, person, wanted.status, {
    ...(wanted.code === undefined ? {} : { code: wanted.code }),
    ...(wanted.details === undefined ? {} : { details: wanted.details }),
    ...(wanted.timestamp === undefined ? {} : { timestamp: secondsOf(wanted.timestamp) }),
    ...(wanted.raw === undefined ? {} : { raw: wanted.raw }),
    options: optionsOf({ copies, delayMs, sameBody: undefined, shape: undefined }),
  });
  await waitFor([track], wanted);
  return { id: sent.id, status: wanted.status, state: track.state, lastStatus: track.lastStatus };
}

/** A message the simulator never accepted, made up to carry a status. */
function strangerMessage(
  world: World,
  wanted: { id: string; channel?: string | undefined; callbackData?: string | undefined },
): SentMessage {
  return {
    id: wanted.id,
    at: new Date().toISOString(),
    channel: channelNamed(world, wanted.channel).phoneNumberId,
    to: null,
    recipient: null,
    waId: null,
    userId: null,
    personId: null,
    type: 'text',
    text: null,
    card: {},
    category: null,
    content: null,
    context: null,
    biz_opaque_callback_data: wanted.callbackData ?? null,
    statuses: [],
    answer: 'sent',
  };
}

async function postRaw(world: World, body: unknown): Promise<object> {
  const wanted = read(rawWebhookBody, body);
  const channel = channelNamed(world, wanted.channel);
  const url = wanted.url ?? channel.webhookUrl;
  if (url === null) throw new RequestError(409, 'the channel has no webhook URL');
  const bytes =
    wanted.text === undefined ? encodeBody(wanted.body ?? {}) : Buffer.from(wanted.text, 'utf8');
  const signature =
    wanted.signature === undefined
      ? signBody(bytes, wanted.secret ?? channel.appSecret)
      : wanted.signature;
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'facebookexternalua',
    ...(signature === null ? {} : { 'x-hub-signature-256': signature }),
  };
  const result = await world.webhooks.pool.post({ url, bytes, headers, timeoutMs: 30_000 });
  world.log.add('webhook', 'webhook escrito à mão', {
    channel: channel.phoneNumberId,
    method: 'POST',
    url,
    status: result.kind === 'answer' ? result.status : null,
    ms: result.ms,
    state: result.kind === 'answer' && result.status === 200 ? 'ok' : 'failed',
    request: wanted.body ?? wanted.text ?? null,
    answer: result.kind === 'answer' ? result.body : result.error,
  });
  return result.kind === 'answer'
    ? { status: result.status, body: result.body }
    : { status: null, error: result.error };
}

/** Inbound, outbox, read marks, statuses and webhooks written by hand. */
export function addMessageRoutes(app: FastifyInstance, world: World): void {
  app.post('/_sim/inbound', (request) => postInbound(world, request.body));
  app.get('/_sim/inbound', () => ({
    items: [...world.inbound.values()].slice(-200).map(viewInbound),
  }));
  app.get<{ Params: { id: string }; Querystring: { wait?: string } }>(
    '/_sim/inbound/:id',
    async (request) => {
      const record = world.inbound.get(request.params.id);
      if (record === undefined) throw new RequestError(404, 'no such inbound item');
      const { wait } = request.query;
      if (wait !== undefined) await waitFor([record.track], { wait: 'delivered', waitMs: 30_000 });
      return viewInbound(record);
    },
  );
  app.get<{ Querystring: OutboxQuery }>('/_sim/outbox', (request) => {
    const items = findSent(world, request.query);
    return { items, count: items.length };
  });
  app.get('/_sim/reads', () => ({ items: world.reads, count: world.reads.length }));
  app.post('/_sim/statuses', (request) => postStatus(world, request.body));
  app.post('/_sim/webhooks', (request) => postRaw(world, request.body));
}
