import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsync } from 'fastify';
import { AppError } from '#platform/server/errors.ts';
import { projectPath } from './project-path.ts';

const root = resolve(projectPath('dist/web'));

/** The built web application: hashed files for ever, the page itself always asked for again. */
export const webFiles: FastifyPluginAsync = async (app) => {
  if (!existsSync(resolve(root, 'index.html'))) {
    app.log.warn('the web application is not built: only the API is served (npm run build)');
    return;
  }
  await app.register(fastifyStatic, {
    root,
    wildcard: false,
    preCompressed: true,
    index: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const isHashed = path.includes('/assets/');
      reply.setHeader(
        'cache-control',
        isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
  // Every address of the application is the same page; what looks like a file or the API is not.
  app.get('/*', { schema: { hide: true } }, async (request, reply) => {
    const path = request.url.split('?')[0] ?? '/';
    if (/^\/(api|webhooks|socket\.io|assets)(\/|$)/.test(path) || /\.[a-z0-9]{2,5}$/i.test(path)) {
      throw new AppError('not-found', 404);
    }
    return reply.sendFile('index.html', root, { cacheControl: false });
  });
};
