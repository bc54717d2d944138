import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { channelNamed } from '../inject/find-person.ts';
import { sampleNames } from '../media/make-media.ts';
import type { Media } from '../media/media.ts';
import { baseType } from '../media/media-kinds.ts';
import { writeOggOpus } from '../media/ogg-opus.ts';
import { readWebmOpus } from '../media/webm-opus.ts';
import { RequestError } from '../state/request-error.ts';
import type { World } from '../state/world.ts';
import { expiryBody, read } from './bodies.ts';

type Id = { Params: { id: string } };
type DraftQuery = { Querystring: { fileName?: string; channel?: string } };

const DRAFT_MS = 3_600_000;
const LARGEST = 160 * 1024 * 1024;

function view(media: Media): object {
  const iso = (at: number) => new Date(at).toISOString();
  return { ...media, createdAt: iso(media.createdAt), expiresAt: iso(media.expiresAt) };
}

/** Browsers that record WebM record the Opus that a voice note has: only the container differs. */
function asWhatsAppHasIt(bytes: Buffer, mimeType: string): { bytes: Buffer; mimeType: string } {
  if (baseType(mimeType) !== 'audio/webm') return { bytes, mimeType };
  return { bytes: writeOggOpus(readWebmOpus(bytes)), mimeType: 'audio/ogg; codecs=opus' };
}

function addDraft(world: World, request: FastifyRequest<DraftQuery>): Media {
  const { fileName, channel } = request.query;
  const { body } = request;
  if (!Buffer.isBuffer(body) || body.length === 0) throw new RequestError(422, 'no bytes');
  const mimeType = request.headers['content-type'] ?? 'application/octet-stream';
  try {
    return world.media.add({
      channel: channelNamed(world, channel).phoneNumberId,
      origin: 'draft',
      fileName: fileName ?? null,
      forMs: DRAFT_MS,
      ...asWhatsAppHasIt(body, mimeType),
    });
  } catch (error) {
    throw new RequestError(422, String(error));
  }
}

/** First and last byte asked for; null for the whole. */
function rangeOf(header: string | undefined, size: number): [number, number] | null {
  const found = /^bytes=(\d+)-(\d*)$/.exec(header ?? '');
  if (found === null) return null;
  const start = Number(found[1]);
  const end = found[2] === '' ? size - 1 : Math.min(Number(found[2]), size - 1);
  return start <= end ? [start, end] : null;
}

function sendFile(world: World, request: FastifyRequest<Id>, reply: FastifyReply): FastifyReply {
  const media = world.media.list().find(({ id }) => id === request.params.id);
  const bytes = media === undefined ? null : world.media.bytesOf(media);
  if (media === undefined || bytes === null) throw new RequestError(404, 'no such file');
  const range = rangeOf(request.headers.range, bytes.length);
  const [start, end] = range ?? [0, bytes.length - 1];
  reply.headers({
    'content-type': media.mimeType,
    'accept-ranges': 'bytes',
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, max-age=3600',
  });
  if (range !== null) {
    reply.code(206).header('content-range', `bytes ${start}-${end}/${bytes.length}`);
  }
  return reply.send(bytes.subarray(start, end + 1));
}

/** The files themselves: for the page to show, for tests to look at and to let expire. */
export async function addMediaControl(app: FastifyInstance, world: World): Promise<void> {
  await app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    const options = { parseAs: 'buffer', bodyLimit: LARGEST } as const;
    scope.addContentTypeParser('*', options, (_request, body, parsed) => parsed(null, body));
    scope.post<DraftQuery>('/_sim/media', (request) => view(addDraft(world, request)));
    done();
  });
  app.get('/_sim/media', () => ({ items: world.media.list().map(view) }));
  app.get('/_sim/media/samples', () => ({ items: sampleNames }));
  app.get<Id>('/_sim/media/:id', (request, reply) => sendFile(world, request, reply));
  app.delete<Id>('/_sim/media/:id', (request) => {
    if (!world.media.remove(request.params.id)) throw new RequestError(404, 'no such file');
    return { removed: true };
  });
  app.post('/_sim/media/expire', (request) => {
    const { id, what } = read(expiryBody, request.body);
    return { ended: what === 'url' ? world.media.endAddresses(id) : world.media.endLives(id) };
  });
}
