import type { FastifyRequest } from 'fastify';
import type { Channel } from '../state/channels.ts';
import type { World } from '../state/world.ts';
import type { Outcome } from './answer-call.ts';
import { unknownObject } from './graph-error.ts';

export type Ids = { Params: { id: string } };
export type Request = FastifyRequest<Ids>;

/** Ids of numbers, accounts, files and templates are all digits. */
export const ID = '/:id(^\\d+$)';

export function channelOf(world: World, request: Request): Channel {
  const channel = world.channels.get(request.params.id);
  if (channel === undefined) throw unknownObject(request.method, request.params.id);
  return channel;
}

export function wabaOf(world: World, request: Request): Channel[] {
  const channels = [...world.channels.values()].filter(
    ({ wabaId }) => wabaId === request.params.id,
  );
  if (channels.length === 0) throw unknownObject(request.method, request.params.id);
  return channels;
}

export const ok = (body: object): Outcome => ({ status: 200, body });

/** Scheme and host as the caller knows them. */
export function baseOf(request: FastifyRequest): string {
  return `${request.protocol}://${request.host}`;
}
