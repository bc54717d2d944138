import type { FastifyInstance } from 'fastify';
import type { Config } from '#platform/server/config.ts';

/** 'self' means our WebSocket too in today's browsers; the public address is written out for those in which it does not. */
const ownSockets = ({ publicUrl }: Config): string => {
  const url = publicUrl === undefined ? undefined : new URL(publicUrl);
  return url === undefined ? '' : ` ${url.protocol === 'https:' ? 'wss' : 'ws'}://${url.host}`;
};

const policyOf = (config: Config): string =>
  [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    `connect-src 'self'${ownSockets(config)}`,
    "font-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');

/** No inline script, no framing, no sniffing, no address of a conversation in a Referer. */
export const securityHeaders = (app: FastifyInstance, config: Config): void => {
  const policy = policyOf(config);
  const isHttps = config.publicUrl?.startsWith('https:') ?? false;
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('content-security-policy', policy);
    reply.header('x-content-type-options', 'nosniff');
    reply.header('x-frame-options', 'DENY');
    reply.header('referrer-policy', 'no-referrer');
    reply.header('permissions-policy', 'camera=(), geolocation=(), microphone=(self)');
    reply.header('cross-origin-opener-policy', 'same-origin');
    if (isHttps) {
      reply.header('strict-transport-security', 'max-age=31536000');
    }
  });
  app.addHook('onSend', async (request, reply, payload) => {
    if (request.url.startsWith('/api/') && reply.getHeader('cache-control') === undefined) {
      reply.header('cache-control', 'no-store');
    }
    return payload;
  });
};
