import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  hasZodFastifySchemaValidationErrors,
  isResponseSerializationError,
} from 'fastify-type-provider-zod';
import { acceptedSchema, type Problem, problemSchema } from '#platform/shared/problem.ts';
import { AppError, isDatabaseAwayError, isRetryableTransactionError } from './errors.ts';
import { S3Error } from './files/index.ts';

/** The problem answers that a route declares, for its response schemas. */
export const problems = <S extends number>(...statuses: S[]): Record<S, typeof problemSchema> =>
  Object.fromEntries(statuses.map((status) => [status, problemSchema])) as Record<
    S,
    typeof problemSchema
  >;

const titles: Readonly<Record<number, string>> = {
  400: 'The request could not be read',
  401: 'Sign in first',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Not possible as things stand',
  410: 'No longer valid',
  413: 'Too large',
  415: 'Unsupported media type',
  416: 'There are no such bytes',
  422: 'The request is understood but cannot be carried out',
  429: 'Too many attempts',
  500: 'Something failed on our side',
  503: 'Not available right now',
};

const codes: Readonly<Record<number, string>> = {
  400: 'bad-request',
  404: 'not-found',
  405: 'method-not-allowed',
  413: 'too-large',
  415: 'unsupported-media-type',
};

type Answer = Omit<Problem, 'type' | 'title' | 'requestId'>;

const fromValidation = (error: FastifyError): Answer => ({
  status: 422,
  code: 'invalid-request',
  errors: hasZodFastifySchemaValidationErrors(error)
    ? error.validation.slice(0, 20).map((issue) => ({
        path: issue.instancePath,
        message: issue.message ?? 'invalid',
      }))
    : [],
});

const fromAppError = (error: AppError): Answer => {
  const { messageId, detail } = error.extra;
  const accepted = acceptedSchema.safeParse(error.extra['accepted']);
  const errors = problemSchema.shape.errors.safeParse(error.extra['errors']);
  return {
    status: error.status,
    code: error.code,
    ...(typeof messageId === 'string' ? { messageId } : {}),
    ...(typeof detail === 'string' ? { detail } : {}),
    ...(accepted.success ? { accepted: accepted.data } : {}),
    ...(errors.data === undefined ? {} : { errors: errors.data }),
  };
};

const answerOf = (error: FastifyError): Answer => {
  if (error instanceof AppError) {
    return fromAppError(error);
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    return fromValidation(error);
  }
  if (
    isDatabaseAwayError(error) ||
    isRetryableTransactionError(error) ||
    error instanceof S3Error
  ) {
    return { status: 503, code: 'unavailable' };
  }
  const status = error.statusCode ?? 500;
  // Fastify's own refusals (body not JSON, too large, unknown type) carry a 4xx.
  return status >= 400 && status < 500 && !isResponseSerializationError(error)
    ? { status, code: codes[status] ?? 'bad-request' }
    : { status: 500, code: 'internal-error' };
};

const send = (reply: FastifyReply, answer: Answer): FastifyReply =>
  reply
    .status(answer.status)
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send({
      type: `urn:guarita:problem:${answer.code}`,
      title: titles[answer.status] ?? 'The request failed',
      ...answer,
      requestId: reply.request.id,
    });

const onError = (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
  const answer = answerOf(error);
  if (answer.status >= 500) {
    request.log.error({ err: error, route: request.routeOptions.url }, 'request failed');
  }
  const retryAfter = error instanceof AppError ? error.extra['retryAfterSeconds'] : undefined;
  if (typeof retryAfter === 'number') {
    reply.header('retry-after', String(retryAfter));
  }
  return send(reply, answer);
};

const notFound: Answer = { status: 404, code: 'not-found' };

/** For addresses that cannot even be read, which never reach a route (Fastify's `frameworkErrors`). */
export const answerUnroutable = (
  error: FastifyError,
  _request: FastifyRequest,
  reply: FastifyReply,
): void => {
  // An id longer than any is not the id of anything.
  void send(reply, error.statusCode === 414 ? notFound : answerOf(error));
};

/** The only place where an error becomes an HTTP answer (RFC 9457). Details stay in the log. */
export const answerErrorsAsProblems = (app: FastifyInstance): void => {
  app.setErrorHandler(onError);
  app.setNotFoundHandler((_request, reply) => send(reply, notFound));
};
