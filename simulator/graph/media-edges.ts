import type { FastifyRequest } from 'fastify';
import type { Media } from '../media/media.ts';
import { acceptedTypes, baseType, kindOf, mediaFault } from '../media/media-kinds.ts';
import type { Channel } from '../state/channels.ts';
import type { MediaTrouble } from '../state/faults.ts';
import type { World } from '../state/world.ts';
import { GraphError, unknownObject } from './graph-error.ts';

/** What a multipart body holds, as far as an upload cares. */
export interface UploadForm {
  product: unknown;
  type: unknown;
  file: { bytes: Buffer; mimeType: string; fileName: string } | null;
}

/** Reads `multipart/form-data`; null when it is none. */
export async function readUploadForm(request: FastifyRequest): Promise<UploadForm | null> {
  const { body } = request;
  const contentType = request.headers['content-type'] ?? '';
  if (!Buffer.isBuffer(body)) return null;
  try {
    const headers = { 'content-type': contentType };
    const form = await new Response(new Uint8Array(body), { headers }).formData();
    const file = form.get('file');
    return {
      product: form.get('messaging_product'),
      type: form.get('type'),
      file:
        file === null || typeof file === 'string'
          ? null
          : {
              bytes: Buffer.from(await file.arrayBuffer()),
              mimeType: file.type,
              fileName: file.name,
            },
    };
  } catch {
    return null;
  }
}

function parameterRequired(name: string): GraphError {
  return new GraphError(100, { message: `(#100) The parameter ${name} is required.` });
}

/** Keeps a file of the business for thirty days, or throws what Meta would answer. */
export function uploadMedia(world: World, channel: Channel, form: UploadForm | null): object {
  if (form?.product !== 'whatsapp') throw parameterRequired('messaging_product');
  if (form.file === null) throw parameterRequired('file');
  const { bytes, mimeType, fileName } = form.file;
  const kind = kindOf(mimeType);
  if (kind === null) {
    const received = mimeType === '' ? 'application/octet-stream' : mimeType;
    throw new GraphError(100, {
      message:
        `(#100) Param file must be a file with one of the following types: ` +
        `${acceptedTypes.join(', ')}. Received file of type '${received}'.`,
    });
  }
  if (typeof form.type === 'string' && baseType(form.type) !== baseType(mimeType)) {
    throw new GraphError(100, { details: `type is ${form.type}, the file is ${mimeType}` });
  }
  const fault = mediaFault(kind, { mimeType, bytes });
  if (fault !== null) throw new GraphError(131053, { details: fault });
  const media = world.media.add({
    channel: channel.phoneNumberId,
    origin: 'upload',
    mimeType,
    fileName,
    bytes,
    forMs: world.settings.media.uploadMs,
  });
  return { id: media.id };
}

/** The file's address, as Meta's have it: who, since when, until when, and a secret word. */
export function addressOf(world: World, media: Media, base: string, source: string): string {
  const { word, expiresAt } = world.media.makeAddress(media, world.settings.media.urlMs);
  const query = new URLSearchParams({
    mid: media.id,
    source,
    ext: String(Math.floor(expiresAt / 1_000)),
    hash: word,
  });
  return `${base}/whatsapp_business/attachments/?${query}`;
}

/** The file of that id, if the number named may see it. */
export function mediaNamed(world: World, method: string, id: string, number?: string): Media {
  const media = world.media.get(id);
  if (media === null || media.origin === 'draft') throw unknownObject(method, id);
  if (number !== undefined && number !== media.channel) throw unknownObject(method, id);
  return media;
}

/** Answer of `GET /{media id}`, true or as a fault wants it. */
export function describeMedia(
  world: World,
  media: Media,
  base: string,
  trouble: MediaTrouble = {},
): object {
  const sha256 = trouble.wrongSha === true ? media.sha256.split('').reverse().join('') : null;
  return {
    messaging_product: 'whatsapp',
    url: trouble.url ?? addressOf(world, media, base, 'getMedia'),
    mime_type: trouble.contentType ?? media.mimeType,
    sha256: sha256 ?? media.sha256,
    file_size: String(media.size + (trouble.lengthOff ?? 0)),
    id: media.id,
  };
}
