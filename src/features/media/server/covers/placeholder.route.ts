import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { requireActor } from '#features/accounts/server/index.ts';
import type { Deps } from '#platform/server/deps.ts';
import { AppError, notFound } from '#platform/server/errors.ts';
import { keyOf } from '#platform/server/files/index.ts';
import { problems } from '#platform/server/http-errors.ts';
import { idSchema } from '#platform/shared/ids.ts';
import { makePlaceholder } from '../picture.ts';
import { findServedFile } from '../queries.ts';
import { findCoverSettings } from './cover-queries.ts';

/** The shades of a stored thumbnail. @returns undefined when it is not there, or cannot be read */
const shadesOf = async (
  deps: Deps,
  key: string,
  sizeBytes: number,
): Promise<Buffer | undefined> => {
  const stored = await deps.files.get(key);
  if (stored === undefined) {
    return undefined;
  }
  // By a file: of what lies in memory nothing is decoded here.
  const file = await deps.files.spool(stored, sizeBytes);
  try {
    return await makePlaceholder(file.path);
  } finally {
    await file.discard();
  }
};

/** What stands in the place of a covered picture, for whoever has not asked for it. */
export const placeholderRoute =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/messages/:id/media/placeholder',
      {
        config: { right: 'conversation.read' },
        schema: {
          tags: ['media'],
          operationId: 'getMediaPlaceholder',
          summary:
            'A few shades of grey in the place of a covered picture, where the workspace wants them',
          params: z.object({ id: idSchema }),
          response: {
            200: {
              description: 'A picture of the server’s own making',
              content: { '*/*': { schema: z.any() } },
            },
            ...problems(401, 403, 404, 422),
          },
        },
      },
      async (request, reply) => {
        const actor = requireActor(request);
        const file = await findServedFile(deps.db, actor, request.params.id);
        if (file?.withheld === 'media-withheld') {
          throw new AppError('media-withheld', 403);
        }
        const { placeholder } = await findCoverSettings(deps.db, actor.workspaceId);
        if (
          file?.withheld !== 'media-covered' ||
          file.thumbnailSha256 === null ||
          file.thumbnailBytes === null ||
          placeholder === 'none'
        ) {
          throw notFound('media');
        }
        const key = keyOf(actor.workspaceId, file.thumbnailSha256);
        const shades = await shadesOf(deps, key, file.thumbnailBytes);
        if (shades === undefined) {
          throw notFound('media');
        }
        // Never kept: by the next look it may be withheld altogether.
        reply.headers({
          'content-type': 'image/webp',
          'cache-control': 'no-store',
          'x-content-type-options': 'nosniff',
        });
        return reply.send(shades);
      },
    );
  };
