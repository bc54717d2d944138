import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Channel } from '../state/channels.ts';
import type { World } from '../state/world.ts';
import { digitsOf } from '../wire/phone-forms.ts';
import { acceptMessage, markAsRead } from './accept-message.ts';
import {
  describeNumber,
  listNumbers,
  listSubscriptions,
  overrideCallback,
  subscribe,
  unsubscribe,
} from './account-edges.ts';
import { answerCall, type GraphCall, type Outcome } from './answer-call.ts';
import { changeBlockList } from './block-users.ts';
import { GraphError, unknownObject } from './graph-error.ts';
import { type ListQuery, listBlocked } from './list-blocked.ts';
import {
  isObject,
  readMessageRequest,
  readReadRequest,
  requireProduct,
} from './validate-message.ts';

type Ids = { Params: { id: string } };
type Request = FastifyRequest<Ids>;

const ID = '/:id(^\\d+$)';

function channelOf(world: World, request: Request): Channel {
  const channel = world.channels.get(request.params.id);
  if (channel === undefined) throw unknownObject(request.method, request.params.id);
  return channel;
}

function wabaOf(world: World, request: Request): Channel[] {
  const channels = [...world.channels.values()].filter(
    ({ wabaId }) => wabaId === request.params.id,
  );
  if (channels.length === 0) throw unknownObject(request.method, request.params.id);
  return channels;
}

const ok = (body: object): Outcome => ({ status: 200, body });

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
    const pageUrl = `${request.protocol}://${request.host}${request.originalUrl.split('?')[0]}`;
    return {
      ...common,
      title: 'lista de bloqueados',
      work: () => {
        const query = request.query as ListQuery;
        return ok(listBlocked(world, channelOf(world, request), query, pageUrl));
      },
    };
  }
  return {
    ...common,
    title:
      verb === 'block' ? `bloqueia${nameIn(world, inputs)}` : `desbloqueia${nameIn(world, inputs)}`,
    work: (fault) => changeBlockList(world, channelOf(world, request), request.body, verb, fault),
  };
}

async function changeNumber(world: World, request: Request): Promise<Outcome> {
  const channel = channelOf(world, request);
  const wanted = isObject(request.body) ? request.body['webhook_configuration'] : undefined;
  if (isObject(wanted)) {
    const { override_callback_uri: uri, verify_token: token } = wanted;
    await overrideCallback(world, [channel], String(uri ?? ''), String(token ?? ''));
  }
  return ok({ success: true });
}

function addAccountRoutes(app: FastifyInstance, world: World): void {
  const account =
    (title: string, work: (request: Request) => Outcome | Promise<Outcome>) =>
    (request: Request, reply: FastifyReply) =>
      answerCall(world, {
        request,
        reply,
        on: 'accounts',
        title,
        channel: world.channels.has(request.params.id) ? request.params.id : '',
        work: () => work(request),
      });
  const fields = (request: Request) => (request.query as { fields?: string }).fields;

  app.get<Ids>(
    ID,
    account('consultar número', (request) =>
      ok(describeNumber(channelOf(world, request), fields(request))),
    ),
  );
  app.post<Ids>(
    ID,
    account('configurar número', (request) => changeNumber(world, request)),
  );
  app.get<Ids>(
    `${ID}/phone_numbers`,
    account('listar números', (request) =>
      ok(listNumbers(wabaOf(world, request), fields(request))),
    ),
  );
  app.post<Ids>(
    `${ID}/subscribed_apps`,
    account('assinar webhooks', async (request) =>
      ok(await subscribe(world, wabaOf(world, request), request.body)),
    ),
  );
  app.get<Ids>(
    `${ID}/subscribed_apps`,
    account('consultar assinatura', (request) => ok(listSubscriptions(wabaOf(world, request)))),
  );
  app.delete<Ids>(
    `${ID}/subscribed_apps`,
    account('cancelar assinatura', (request) => ok(unsubscribe(wabaOf(world, request)))),
  );
  for (const edge of ['register', 'deregister']) {
    app.post<Ids>(
      `${ID}/${edge}`,
      account(edge, (request) => {
        channelOf(world, request);
        return ok({ success: true });
      }),
    );
  }
}

/** The part of the Graph API a business talks to. */
export function addGraphApi(app: FastifyInstance, world: World): void {
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
}

/** The answer to a path Graph does not know. */
export function unknownPath(path: string): GraphError {
  return new GraphError(2500, {
    type: 'GraphMethodException',
    message: `Unknown path components: ${path}`,
  });
}
