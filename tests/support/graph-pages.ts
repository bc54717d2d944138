import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from './random.ts';

/** Where texts of people lead: on this machine, so nobody asks for it but where a planted bug lets private addresses pass. */
export const pageAddress = (origin: string, name: string): string => `${origin}/page/${name}`;

/** A page that takes its time, in which somebody may be blocked. */
export const servePage = async (random: Random, response: ServerResponse): Promise<void> => {
  await sleep(random.between(50, 600));
  response
    .writeHead(200, { 'content-type': 'text/html' })
    .end('<!doctype html><title>Promoção</title>');
};
