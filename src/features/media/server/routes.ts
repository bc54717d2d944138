import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { requireActor } from '#features/accounts/server/index.ts';
import type { Actor, Deps } from '#platform/server/deps.ts';
import { AppError, notFound } from '#platform/server/errors.ts';
import { keyOf } from '#platform/server/files/index.ts';
import { problems } from '#platform/server/http-errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { idSchema } from '#platform/shared/ids.ts';
import { uploadQuerySchema, uploadSchema } from '../contract.ts';
import { coverRoutes } from './covers/cover.routes.ts';
import { placeholderRoute } from './covers/placeholder.route.ts';
import { findServedFile } from './queries.ts';
import { revealMedia } from './reveal-media.ts';
import { type FileToServe, headersOf, isNotModified, readRange } from './serve-file.ts';
import { takeUpload } from './take-upload.ts';
import type { Withholding } from './withheld-queries.ts';

const params = z.object({ id: idSchema });
const tags = ['media'];

const bytes = (description: string) => ({
  description,
  content: { '*/*': { schema: z.any() } },
});
/** 206 and 304 as in RFC 9110; a file that is not here yet is 409. */
const served = {
  200: bytes('The bytes'),
  206: bytes('The bytes asked for'),
  304: z.null().describe('Not changed'),
  ...problems(401, 403, 404, 409, 416, 422),
};

type Found = FileToServe | Withholding | 'not-ready' | undefined;

const sendFile = async (
  deps: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
  file: FileToServe,
) => {
  const headers = headersOf(file);
  const { range: asked, 'if-range': ifRange, 'if-none-match': ifNoneMatch } = request.headers;
  reply.headers(headers);
  if (isNotModified(ifNoneMatch, headers['etag'] ?? '')) {
    return reply.status(304).send();
  }
  const isSameAsBefore = ifRange === undefined || ifRange === headers['etag'];
  const range = readRange(isSameAsBefore ? asked : undefined, file.sizeBytes);
  if (range.kind === 'none') {
    reply.header('content-range', `bytes */${file.sizeBytes}`);
    throw new AppError('range-not-satisfiable', 416);
  }
  const { workspaceId } = requireActor(request);
  const part = range.kind === 'part' ? range.range : undefined;
  const stored = await deps.files.get(keyOf(workspaceId, file.sha256), part);
  if (stored === undefined) {
    throw notFound('media');
  }
  if (part !== undefined) {
    reply.status(206).header('content-range', `bytes ${part.first}-${part.last}/${file.sizeBytes}`);
  }
  const length = part === undefined ? file.sizeBytes : part.last - part.first + 1;
  return reply.header('content-length', length).send(stored);
};

/** Rights are the message's: read anew for each request, in the caller's workspace only. */
const serveRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const original = async (actor: Actor, messageId: string): Promise<Found> => {
      const file = await findServedFile(deps.db, actor, messageId);
      if (file === undefined || file.withheld !== null) {
        return file?.withheld ?? undefined;
      }
      const { sha256, mimeType, sizeBytes, fileName, thumbnailSha256 } = file;
      return sha256 === null || mimeType === null || sizeBytes === null
        ? 'not-ready'
        : { sha256, mimeType, sizeBytes, fileName, hasThumbnail: thumbnailSha256 !== null };
    };
    const thumbnail = async (actor: Actor, messageId: string): Promise<Found> => {
      const file = await findServedFile(deps.db, actor, messageId);
      if (file?.withheld) {
        return file.withheld;
      }
      if (file?.thumbnailSha256 == null || file.thumbnailBytes === null) {
        return undefined;
      }
      const { thumbnailSha256: sha256, thumbnailBytes: sizeBytes } = file;
      return { sha256, sizeBytes, mimeType: 'image/webp', fileName: null, hasThumbnail: true };
    };
    for (const [path, operationId, summary, find] of [
      ['media', 'getMedia', 'The file of a message', original],
      ['media/thumbnail', 'getThumbnail', 'A small picture of it', thumbnail],
    ] as const) {
      app.get(
        `/messages/:id/${path}`,
        {
          config: { right: 'conversation.read' },
          schema: { tags, operationId, summary, params, response: served },
        },
        async (request, reply) => {
          const file = await find(requireActor(request), request.params.id);
          if (file === undefined) {
            throw notFound('media');
          }
          // Before anything of it is said: a digest that is known already must not tell that it is this file.
          if (file === 'media-covered' || file === 'media-withheld') {
            throw new AppError(file, 403);
          }
          if (file === 'not-ready') {
            throw new AppError('media-not-ready', 409);
          }
          return sendFile(deps, request, reply, file);
        },
      );
    }
  };

const revealRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/messages/:id/media/reveal',
      {
        config: { right: 'conversation.read' },
        schema: {
          tags,
          operationId: 'revealMedia',
          summary: 'Uncovers the file of a message for the caller alone, and records who asked',
          params,
          response: { 204: z.null(), ...problems(400, 401, 403, 404, 413, 415, 422) },
        },
      },
      async (request, reply) => {
        await inTx(deps, requireActor(request), (ctx) => revealMedia(ctx, request.params.id));
        return reply.status(204).send(null);
      },
    );
  };

const uploadRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    // Here only: the bytes go to the disk as they come, whatever they call themselves.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    app.post(
      '/uploads',
      {
        config: { right: 'conversation.answer' },
        schema: {
          tags,
          operationId: 'uploadFile',
          summary: 'Takes a file that is to be sent',
          description:
            'The body is the file itself. What it is, its bytes tell; kinds and limits are in the answer when it is refused.',
          querystring: uploadQuerySchema,
          response: { 201: uploadSchema, ...problems(400, 401, 403, 413, 415, 422) },
        },
      },
      async (request, reply) => {
        const body: unknown = request.body;
        const file = body instanceof Readable ? body : Readable.from([]);
        const { fileName } = request.query;
        const upload = await takeUpload(deps, requireActor(request), file, fileName);
        return reply.status(201).send(upload);
      },
    );
  };

export const mediaRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(serveRoutes(deps));
    await app.register(revealRoutes(deps));
    await app.register(placeholderRoute(deps));
    await app.register(coverRoutes(deps));
    await app.register(uploadRoutes(deps));
  };
