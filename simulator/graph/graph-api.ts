import type { FastifyInstance } from 'fastify';
import type { World } from '../state/world.ts';
import { digitsOf } from '../wire/phone-forms.ts';
import { acceptMessage, markAsRead } from './accept-message.ts';
import { addAccountRoutes } from './account-routes.ts';
import { answerCall, type GraphCall } from './answer-call.ts';
import { changeBlockList } from './block-users.ts';
import { isObject, requireProduct } from './fields.ts';
import { GraphError } from './graph-error.ts';
import { type ListQuery, listBlocked } from './list-blocked.ts';
import { addMediaRoutes } from './media-routes.ts';
import { baseOf, channelOf, ID, type Ids, ok, type Request } from './route-ids.ts';
import { readMessageRequest, readReadRequest } from './validate-message.ts';

/** Whether a body names the person meant by `reference`, in any spelling. */
function namesIn(world: World, inputs: unknown[]): (reference: string) => boolean {
  return (reference) => {
    const meant = world.people.find(reference);
    return inputs.some((input) => {
      if (typeof input !== 'string' && typeof input !== 'number') return false;
      const text = String(input);
      if (text === reference) return true;
      const digits = digitsOf(text);
      if (digits !== '' && digits === digitsOf(reference)) return true;
      return meant !== undefined && world.people.find(text) === meant;
    });
  };
}

/** Name of the first person a body speaks of, for the log. */
function nameIn(world: World, inputs: unknown[]): string {
  for (const input of inputs) {
    const person = typeof input === 'string' ? world.people.find(input) : undefined;
    if (person !== undefined) return ` · ${person.name}`;
  }
  return '';
}

function textOf(body: unknown): string {
  const text = isObject(body) ? body['text'] : undefined;
  return isObject(text) && typeof text['body'] === 'string' ? text['body'] : '';
}

/** The person whose message a read mark names. */
function readerOf(world: World, body: unknown): string | undefined {
  const id = isObject(body) ? body['message_id'] : undefined;
  return typeof id === 'string' ? (world.inbound.get(id)?.personId ?? undefined) : undefined;
}

function sendCall(world: World, request: Request): Omit<GraphCall, 'request' | 'reply'> {
  const body = request.body;
  const isRead = isObject(body) && 'status' in body;
  const { to, recipient } = isObject(body) ? body : {};
  return {
    on: isRead ? 'read' : 'messages',
    title: isRead
      ? `marca como lida${nameIn(world, [readerOf(world, body)])}`
      : `envia${nameIn(world, [to, recipient])}`,
    channel: request.params.id,
    text: textOf(body),
    names: namesIn(world, [to, recipient]),
    work: (fault) => {
      const channel = channelOf(world, request);
      const checked = requireProduct(body);
      if (isRead) return ok(markAsRead(world, channel, readReadRequest(checked)));
      const { sent, answer } = acceptMessage(world, channel, readMessageRequest(checked), fault);
      return { status: 200, body: answer, sent };
    },
  };
}

function blockCall(world: World, request: Request): Omit<GraphCall, 'request' | 'reply'> {
  const users = isObject(request.body) ? request.body['block_users'] : undefined;
  const inputs = Array.isArray(users)
    ? users.flatMap((user) => (isObject(user) ? [user['user'], user['user_id']] : []))
    : [];
  const verb = request.method === 'POST' ? 'block' : 'unblock';
  const common = {
    on: 'block_users',
    channel: request.params.id,
    names: namesIn(world, inputs),
  } as const;
  if (request.method === 'GET') {
    const pageUrl = `${baseOf(request)}${request.originalUrl.split('?')[0]}`;
    return {
      ...common,
      title: 'lista de bloqueados',
      work: () => {
        requireBlockRate(world, request);
        const query = request.query as ListQuery;
        return ok(listBlocked(world, channelOf(world, request), query, pageUrl));
      },
    };
  }
  return {
    ...common,
    title:
      verb === 'block' ? `bloqueia${nameIn(world, inputs)}` : `desbloqueia${nameIn(world, inputs)}`,
    work: (fault) => {
      requireBlockRate(world, request);
      return changeBlockList(world, channelOf(world, request), request.body, verb, fault);
    },
  };
}

function requireBlockRate(world: World, request: Request): void {
  if (!world.limits.takeBlockCall(request.params.id)) {
    throw new GraphError(130429, { details: 'Too many requests about the block list' });
  }
}

/** The part of the Graph API a business talks to. */
export async function addGraphApi(app: FastifyInstance, world: World): Promise<void> {
  app.post<Ids>(`${ID}/messages`, (request, reply) =>
    answerCall(world, { request, reply, ...sendCall(world, request) }),
  );
  app.route<Ids>({
    method: ['POST', 'DELETE', 'GET'],
    url: `${ID}/block_users`,
    handler: (request, reply) =>
      answerCall(world, { request, reply, ...blockCall(world, request) }),
  });
  addAccountRoutes(app, world);
  await addMediaRoutes(app, world);
}

/** The answer to a path Graph does not know. */
export function unknownPath(path: string): GraphError {
  return new GraphError(2500, {
    type: 'GraphMethodException',
    message: `Unknown path components: ${path}`,
  });
}
