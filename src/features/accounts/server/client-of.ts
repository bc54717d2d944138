import type { FastifyRequest } from 'fastify';
import type { Client } from './auth.ts';
import { placeOf } from './client-address.ts';

/** Who is on the other side. `request.ip` is the proxy's word only where the proxy is trusted. */
export const clientOf = (request: FastifyRequest): Client => ({
  cookie: request.headers.cookie,
  userAgent: request.headers['user-agent'],
  place: placeOf(request.ip),
});
