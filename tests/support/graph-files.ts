import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { servePage } from './graph-pages.ts';
import type { Random } from './random.ts';
import { type FileRequest, now, type Records } from './records.ts';

/** Every item's picture is its own: four by four pixels, made from its name. */
const pictureOf = (wamid: string): Promise<Buffer> => {
  const digest = createHash('sha384').update(wamid).digest();
  return sharp(digest, { raw: { width: 4, height: 4, channels: 3 } })
    .png()
    .toBuffer();
};

/** The name of a file at the Graph says which item it came with. */
export const fileIdOf = (wamid: string): string => `file-${wamid}`;

/**
 * The media part of the Graph: the address of a file, then its bytes, each after a while in which somebody may be
 * blocked (API sheet, section 3).
 */
export const createGraphFiles = (records: Records, random: Random) => {
  const noteRequest = (
    wamid: string,
    step: FileRequest['step'],
    response: ServerResponse,
  ): FileRequest => {
    const request = { wamid, step, arrivedAt: now(), answeredAt: Number.POSITIVE_INFINITY };
    records.files.push(request);
    response.once('close', () => {
      request.answeredAt = Math.min(request.answeredAt, now());
    });
    return request;
  };
  return {
    serve: async (path: string, origin: string, response: ServerResponse): Promise<void> => {
      const [, place = '', name = ''] = path.split('/');
      if (place === 'page') {
        await servePage(random, response);
        return;
      }
      const wamid = name.slice(fileIdOf('').length);
      const step = place === 'bytes' ? 'bytes' : 'address';
      const request = noteRequest(wamid, step, response);
      const bytes = await pictureOf(wamid);
      await sleep(random.chance(0.5) ? random.between(0, 10) : random.between(20, 250));
      request.answeredAt = Math.min(request.answeredAt, now());
      if (step === 'bytes') {
        response.writeHead(200, { 'content-type': 'image/png' }).end(bytes);
        return;
      }
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const more = { sha256, file_size: bytes.byteLength, id: name };
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ url: `${origin}/bytes/${name}`, mime_type: 'image/png', ...more }));
    },
  };
};
