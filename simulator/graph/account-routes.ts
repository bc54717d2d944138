import type { FastifyInstance, FastifyReply } from 'fastify';
import type { World } from '../state/world.ts';
import {
  describeAccount,
  describeApp,
  describeNumber,
  listNumbers,
  listSubscriptions,
  overrideCallback,
  subscribe,
  unsubscribe,
} from './account-edges.ts';
import { answerCall, type Outcome } from './answer-call.ts';
import { requestSync } from './app-data.ts';
import { isObject, requireProduct } from './fields.ts';
import { mediaCall } from './media-routes.ts';
import { channelOf, ID, type Ids, ok, type Request, wabaOf } from './route-ids.ts';
import { addTemplateRoutes, changeTemplate, templateNode } from './template-edges.ts';

async function changeNode(world: World, request: Request): Promise<Outcome> {
  if (world.templates.get(request.params.id) !== undefined) {
    return ok(changeTemplate(world, request.params.id, request.body));
  }
  const channel = channelOf(world, request);
  const wanted = isObject(request.body) ? request.body['webhook_configuration'] : undefined;
  if (isObject(wanted)) {
    const { override_callback_uri: uri, verify_token: token } = wanted;
    await overrideCallback(world, [channel], String(uri ?? ''), String(token ?? ''));
  }
  return ok({ success: true });
}

const fieldsOf = (request: Request) => (request.query as { fields?: string }).fields;

/** A number, an account or a template, whichever has this id. */
function readNode(world: World, request: Request): Outcome {
  const { id } = request.params;
  const template = world.templates.get(id);
  if (template !== undefined) return ok(templateNode(template, fieldsOf(request)));
  const account = [...world.channels.values()].find(({ wabaId }) => wabaId === id);
  if (account !== undefined && !world.channels.has(id)) return ok(describeAccount(account));
  return ok(describeNumber(channelOf(world, request), fieldsOf(request)));
}

function addNumberRoutes(app: FastifyInstance, world: World): void {
  const { account } = accountCalls(world);
  for (const edge of ['register', 'deregister', 'settings', 'calls']) {
    app.post<Ids>(
      `${ID}/${edge}`,
      account(edge, (request) => {
        channelOf(world, request);
        return ok(edge === 'calls' ? { messaging_product: 'whatsapp', success: true } : SUCCESS);
      }),
    );
  }
  app.post<Ids>(
    `${ID}/smb_app_data`,
    account('pedir sincronização', (request) =>
      ok(requestSync(world, channelOf(world, request), requireProduct(request.body))),
    ),
  );
}

const SUCCESS = { success: true };

function accountCalls(world: World) {
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
  return { account };
}

/** Numbers, accounts, subscriptions and templates. */
export function addAccountRoutes(app: FastifyInstance, world: World): void {
  const { account } = accountCalls(world);
  const node = account('consultar', (request) => readNode(world, request));
  app.get<Ids>(ID, (request, reply) =>
    world.media.get(request.params.id) === null
      ? node(request, reply)
      : answerCall(world, { request, reply, ...mediaCall(world, request) }),
  );
  app.delete<Ids>(ID, (request, reply) =>
    answerCall(world, { request, reply, ...mediaCall(world, request) }),
  );
  app.post<Ids>(
    ID,
    account('configurar', (request) => changeNode(world, request)),
  );
  app.get<Ids>(
    `${ID}/phone_numbers`,
    account('listar números', (request) =>
      ok(listNumbers(wabaOf(world, request), fieldsOf(request))),
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
  app.get<Ids>(
    '/app',
    account('de que aplicativo é o token', (request) => ok(describeApp(fieldsOf(request)))),
  );
  addNumberRoutes(app, world);
  addTemplateRoutes(app, world);
}
