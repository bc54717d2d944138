import { timingSafeEqual } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { FastifyPluginAsync, FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import { placeOf } from '#features/accounts/server/index.ts';
import { AppError } from '#platform/server/errors.ts';
import type { Ingest } from './accept-webhook.ts';
import type { Account } from './account.ts';
import type { AccountDirectory } from './account-directory.ts';
import {
  type BodiesInFlight,
  declaredLength,
  type Hold,
  longestBody,
  readBody,
} from './bodies-in-flight.ts';
import type { HealthNotes } from './note-health.ts';
import { type ParsedWebhook, parseWebhook } from './parse-webhook.ts';
import { readVerified } from './read-verified.ts';
import { signatureOf } from './verify-signature.ts';

/** What each request under way holds of the room for bodies. */
const holds = new WeakMap<FastifyRequest, Hold>();

/** Before a byte of the body is read: memory must not grow for what is refused. */
const takeHold =
  (bodies: BodiesInFlight): onRequestAsyncHookHandler =>
  async (request, reply) => {
    const declared = declaredLength(request.headers['content-length']);
    const hold = bodies.hold(placeOf(request.ip), declared);
    // Also when the other side goes away in the middle.
    reply.raw.once('close', hold.release);
    holds.set(request, hold);
  };

const readHeld = async (request: FastifyRequest, payload: Readable): Promise<Buffer> => {
  const hold = holds.get(request);
  if (hold === undefined) {
    throw new AppError('not-a-webhook', 400);
  }
  return readBody(payload, hold);
};

const isSame = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};

/** The numbers of one app share its webhook, so they may share its verify token as well. */
const welcome = async (
  directory: AccountDirectory,
  notes: HealthNotes,
  token: string,
): Promise<boolean> => {
  const isMeant = ({ verifyToken }: Account) => verifyToken !== '' && isSame(verifyToken, token);
  const found = await directory.findWhere(isMeant);
  if (found === undefined) {
    return false;
  }
  for (const account of (await directory.all()).filter(isMeant)) {
    notes.handshake(account);
  }
  return true;
};

const parseBody = (body: Buffer): ParsedWebhook => {
  let parsed: ParsedWebhook | null = null;
  try {
    parsed = parseWebhook(JSON.parse(body.toString('utf8')));
  } catch {
    // Not JSON: the same refusal as JSON that is no webhook.
  }
  if (parsed === null) {
    throw new AppError('not-a-webhook', 400);
  }
  return parsed;
};

/** `/webhooks/whatsapp`: the handshake, and everything WhatsApp has to say. */
export const webhookRoute =
  (directory: AccountDirectory, ingest: Ingest, notes: HealthNotes): FastifyPluginAsync =>
  async (app) => {
    // The signature is over the bytes received: nothing may parse them before (API sheet 4.2).
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', readHeld);

    app.get<{ Querystring: Record<string, unknown> }>(
      '/webhooks/whatsapp',
      // WhatsApp's protocol, not a part of the API that we describe.
      { schema: { hide: true } },
      async (request, reply) => {
        const token = request.query['hub.verify_token'];
        const challenge = request.query['hub.challenge'];
        if (
          request.query['hub.mode'] !== 'subscribe' ||
          typeof token !== 'string' ||
          typeof challenge !== 'string' ||
          !(await welcome(directory, notes, token))
        ) {
          throw new AppError('wrong-verify-token', 403);
        }
        return reply.type('text/plain').send(challenge.slice(0, 200));
      },
    );

    app.post(
      '/webhooks/whatsapp',
      { bodyLimit: longestBody, onRequest: takeHold(ingest.bodies), schema: { hide: true } },
      async (request, reply) => {
        const { body } = request;
        if (!Buffer.isBuffer(body)) {
          throw new AppError('not-a-webhook', 400);
        }
        const webhook = parseBody(body);
        const header = request.headers['x-hub-signature-256'];
        const isSigned = signatureOf(body, typeof header === 'string' ? header : undefined);
        const items = await readVerified({ directory, notes }, webhook, isSigned);
        if (items === undefined) {
          throw new AppError('wrong-signature', 401);
        }
        if (items.length > 0) {
          await ingest.submit(items, body.length);
        }
        return reply.status(200).send();
      },
    );
  };
