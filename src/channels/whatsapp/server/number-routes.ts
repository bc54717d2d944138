import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { requireActor } from '#features/accounts/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import type { Deps } from '#platform/server/deps.ts';
import { AppError } from '#platform/server/errors.ts';
import { problems } from '#platform/server/http-errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { idSchema } from '#platform/shared/ids.ts';
import {
  type CheckCode,
  checkNumberSchema,
  connectNumberSchema,
  inspectionSchema,
  numberCheckSchema,
  updateNumberSchema,
  whatsAppNumberSchema,
  whatsAppNumbersSchema,
} from '../contract.ts';
import { appSyncRoutes } from './app-sync.routes.ts';
import { postEdge, troubleOf } from './ask-graph.ts';
import { checkNumber, faultOf } from './check-number.ts';
import { connectNumber } from './connect-number.ts';
import { demoAppSecret } from './demo-secret.ts';
import { completed, findAccount, findNumber } from './find-number.ts';
import type { GraphAddress } from './graph-client.ts';
import { inspectNumber } from './inspect-number.ts';
import { findNumbers } from './number-queries.ts';
import { disconnectNumber, updateNumber } from './update-number.ts';
import { viewNumber } from './view-number.ts';
import { webhookAddress } from './webhook-address.ts';
import { asPhone } from './wire.ts';

const tags = ['channels'];
const config = { right: 'channel.manage' } as const;
const bodyLimit = 16 * 1024;
const params = z.object({ id: idSchema });
const refusals = problems(400, 401, 403, 404, 413, 415, 422, 503);

const refuse = (code: CheckCode): AppError =>
  new AppError(code, code === 'whatsapp-busy' || code === 'whatsapp-unreachable' ? 503 : 422);

/** An installation that has it does not start but as the demonstration (app/server/demo/refuse-demo.ts). */
const refuseDemoSecret = (deps: Deps, appSecret: string | undefined): void => {
  if (appSecret === demoAppSecret && !deps.config.isDemo) {
    throw new AppError('secret-known', 422);
  }
};

const readRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/channels/whatsapp',
      {
        config,
        schema: {
          tags,
          operationId: 'listWhatsAppNumbers',
          summary: 'Numbers of the workspace with how they fare, and the address for webhooks',
          response: { 200: whatsAppNumbersSchema, ...problems(401, 403) },
        },
      },
      async (request) => {
        const rows = await findNumbers(deps.db, requireActor(request).workspaceId, null);
        const items = rows.map((row) => viewNumber(deps.keyed, row));
        return { items, nextCursor: null, webhook: webhookAddress(deps.config) };
      },
    );
    app.get(
      '/channels/whatsapp/:id',
      {
        config,
        schema: {
          tags,
          operationId: 'getWhatsAppNumber',
          summary: 'One number with how it fares',
          params,
          response: { 200: whatsAppNumberSchema, ...problems(400, 401, 403, 404, 422) },
        },
      },
      (request) => findNumber(deps, requireActor(request), request.params.id),
    );
  };

const connectRoutes =
  (deps: Deps, graph: GraphAddress): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/channels/whatsapp/checks',
      {
        bodyLimit,
        config,
        schema: {
          tags,
          operationId: 'checkWhatsAppNumber',
          summary: 'Asks WhatsApp whether what was typed so far is right; nothing is kept',
          body: checkNumberSchema,
          response: { 200: numberCheckSchema, ...refusals },
        },
      },
      async (request) => {
        const { id, ...typed } = request.body;
        return checkNumber(graph, await completed(deps, requireActor(request), id, typed));
      },
    );
    app.post(
      '/channels/whatsapp',
      {
        bodyLimit,
        config,
        schema: {
          tags,
          operationId: 'connectWhatsAppNumber',
          summary: 'Connects a number after asking WhatsApp about it',
          body: connectNumberSchema,
          response: { 201: whatsAppNumberSchema, ...refusals, ...problems(409) },
        },
      },
      async (request, reply) => {
        const actor = requireActor(request);
        const { name, ...account } = request.body;
        refuseDemoSecret(deps, account.appSecret);
        const check = await checkNumber(graph, account);
        const fault = faultOf(check);
        if (fault !== undefined || check.facts === null) {
          throw refuse(fault ?? 'number-not-found');
        }
        const { verifiedName, displayNumber: shown } = check.facts;
        const displayNumber = asPhone(shown) ?? '';
        const called = (name ?? verifiedName?.trim()) || displayNumber;
        const input = { ...account, name: called.slice(0, 120), displayNumber };
        const id = await inTx(deps, actor, (ctx) => connectNumber(ctx, input));
        return reply.status(201).send(await findNumber(deps, actor, id));
      },
    );
  };

const changeRoutes =
  (deps: Deps, graph: GraphAddress): FastifyPluginAsyncZod =>
  async (app) => {
    app.patch(
      '/channels/whatsapp/:id',
      {
        bodyLimit,
        config,
        schema: {
          tags,
          operationId: 'updateWhatsAppNumber',
          summary: 'Another name, token or secret, after asking WhatsApp about them',
          params,
          body: updateNumberSchema,
          response: { 200: whatsAppNumberSchema, ...refusals },
        },
      },
      async (request) => {
        const actor = requireActor(request);
        const { id } = request.params;
        const { name: _name, verifyToken: _token, ...asked } = request.body;
        refuseDemoSecret(deps, asked.appSecret);
        if (Object.keys(asked).length > 0) {
          const fault = faultOf(await checkNumber(graph, await completed(deps, actor, id, asked)));
          if (fault !== undefined) {
            throw refuse(fault);
          }
        }
        await inTx(deps, actor, (ctx) => updateNumber(ctx, id, request.body));
        return findNumber(deps, actor, id);
      },
    );
    app.delete(
      '/channels/whatsapp/:id',
      {
        bodyLimit,
        config,
        schema: {
          tags,
          operationId: 'disconnectWhatsAppNumber',
          summary: 'Forgets the secrets of a number; its history stays',
          params,
          response: { 204: z.null(), ...refusals },
        },
      },
      async (request, reply) => {
        await inTx(deps, requireActor(request), (ctx) => disconnectNumber(ctx, request.params.id));
        return reply.status(204).send(null);
      },
    );
  };

const askRoutes =
  (deps: Deps, graph: GraphAddress): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/channels/whatsapp/:id/subscription',
      {
        bodyLimit,
        config,
        schema: {
          tags,
          operationId: 'subscribeWhatsAppNumber',
          summary:
            'Asks WhatsApp to send the webhooks of the business account to the app of the token',
          params,
          response: { 204: z.null(), ...refusals },
        },
      },
      async (request, reply) => {
        const actor = requireActor(request);
        const { id } = request.params;
        const { accessToken, wabaId } = await findAccount(deps, actor, id);
        const said = await postEdge(graph, accessToken, [wabaId, 'subscribed_apps']);
        if (said.kind !== 'body') {
          throw refuse(troubleOf(said) ?? 'account-not-found');
        }
        const subject = { kind: 'channel', id };
        const entry = { action: 'channels.webhooks-subscribed', subject };
        await inTx(deps, actor, (ctx) => audit(ctx, entry));
        return reply.status(204).send(null);
      },
    );
    app.post(
      '/channels/whatsapp/:id/inspection',
      {
        bodyLimit,
        config,
        schema: {
          tags,
          operationId: 'inspectWhatsAppNumber',
          summary: 'What WhatsApp says of the number now: token, quality, limit, throughput, clock',
          params,
          response: { 200: inspectionSchema, ...refusals },
        },
      },
      async (request) => {
        const account = await findAccount(deps, requireActor(request), request.params.id);
        return inspectNumber(deps, graph, account);
      },
    );
  };

/** Connecting numbers and looking after them, for administrators. */
export const numberRoutes =
  (deps: Deps, graph: GraphAddress): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(readRoutes(deps));
    await app.register(connectRoutes(deps, graph));
    await app.register(changeRoutes(deps, graph));
    await app.register(askRoutes(deps, graph));
    await app.register(appSyncRoutes(deps, graph));
  };
