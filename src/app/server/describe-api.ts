import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { scopesFor, sessionCookieName } from '#features/accounts/server/index.ts';
import type { Deps } from '#platform/server/deps.ts';
import { problems } from '#platform/server/http-errors.ts';
import { describeWebhooks } from './describe-webhooks.ts';

type Described = Parameters<typeof jsonSchemaTransformObject>[0];

interface Content {
  content?: Record<string, unknown>;
  headers?: Record<string, unknown>;
}

/** Where the wait is known: what may be asked so many times an hour is refused without one. */
const retryAfter = {
  description: 'After how many seconds to ask again, where that is known',
  schema: { type: 'integer', minimum: 1 },
};

/** Refusals are `application/problem+json` (RFC 9457); a route cannot say so with a bare zod schema. */
const renameProblems = (operation: { responses?: Record<string, Content> }): void => {
  for (const [status, response] of Object.entries(operation.responses ?? {})) {
    const problem = response.content?.['application/json'];
    if (Number(status) >= 400 && problem !== undefined) {
      response.content = { 'application/problem+json': problem };
    }
    if (status === '429') {
      response.headers = { ...response.headers, 'Retry-After': retryAfter };
    }
  }
};

const describeProblems = (document: Described) => {
  const described = jsonSchemaTransformObject(document);
  for (const path of Object.values(described.paths ?? {})) {
    for (const operation of Object.values(path ?? {})) {
      if (typeof operation === 'object' && operation !== null && 'responses' in operation) {
        renameProblems(operation as { responses?: Record<string, Content> });
      }
    }
  }
  // OpenAPI 3.1 has a place of its own for what we send. Its schemas are zod's, whose types openapi-types does not know.
  return { ...described, webhooks: describeWebhooks() } as typeof described;
};

/** What any operation may answer, so that no route has to say it: asked too often, and the database away. */
const anywhere = problems(429, 503);

const withAnywhere: typeof jsonSchemaTransform = (route) => {
  const { schema } = route;
  if (schema === undefined || schema.hide === true) {
    return jsonSchemaTransform(route);
  }
  const declared: unknown = schema.response;
  const response = { ...(typeof declared === 'object' ? declared : {}), ...anywhere };
  return jsonSchemaTransform({ ...route, schema: { ...schema, response } });
};

/** Which credentials open an operation, and which scopes a key needs for it. */
const withScopes: typeof jsonSchemaTransform = (route) => {
  const described = withAnywhere(route);
  const { right, alsoRights = [], isForPeople } = route.route.config ?? {};
  if (right === undefined || right === 'public') {
    return described;
  }
  const scopes = scopesFor(right === 'signed-in' ? alsoRights : [right, ...alsoRights]);
  const keys = isForPeople === true ? [] : [{ key: scopes }];
  const schema = { ...described.schema, security: [{ session: [] }, ...keys], 'x-scopes': scopes };
  return { ...described, schema };
};

/** Gathers the schemas of every route registered after it into one OpenAPI document. */
export const describeApi = async (app: FastifyInstance, deps: Deps): Promise<void> => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Guarita', version: '1' },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: sessionCookieName(deps) },
          key: { type: 'http', scheme: 'bearer' },
        },
      },
      security: [{ session: [] }, { key: [] }],
    },
    transform: withScopes,
    transformObject: describeProblems,
  });
};
