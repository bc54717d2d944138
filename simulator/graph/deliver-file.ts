import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import type { MediaTrouble } from '../state/faults.ts';

interface File {
  bytes: Buffer;
  mimeType: string;
  fileName: string | null;
}

const STEPS_PER_SECOND = 10;

async function trickle(reply: FastifyReply, bytes: Buffer, perSecond: number): Promise<void> {
  const step = Math.max(1, Math.ceil(perSecond / STEPS_PER_SECOND));
  for (let at = 0; at < bytes.length && !reply.raw.destroyed; at += step) {
    reply.raw.write(bytes.subarray(at, at + step));
    await sleep(1_000 / STEPS_PER_SECOND);
  }
}

function twisted(bytes: Buffer, trouble: MediaTrouble): Buffer {
  const { wrongBytes = false, extraBytes = 0 } = trouble;
  const copy = Buffer.concat([bytes, Buffer.alloc(extraBytes, 0x20)]);
  const last = copy.length - 1;
  if (wrongBytes && last >= 0) copy[last] = (copy[last] ?? 0) ^ 0xff;
  return copy;
}

/** Writes a file to whoever asked, whole and right or with the trouble planned. */
export async function deliverFile(
  reply: FastifyReply,
  file: File,
  trouble: MediaTrouble = {},
): Promise<void> {
  const { cut, lengthOff = 0, bytesPerSecond, extraBytes } = trouble;
  const bytes = twisted(file.bytes, trouble);
  const end = cut === undefined ? bytes.length : Math.floor(bytes.length * cut);
  const name = file.fileName === null ? '' : `; filename="${encodeURIComponent(file.fileName)}"`;
  reply.hijack();
  reply.raw.writeHead(200, {
    'content-type': trouble.contentType ?? file.mimeType,
    'content-disposition': `attachment${name}`,
    'cache-control': 'no-store',
    ...(extraBytes === undefined ? { 'content-length': bytes.length + lengthOff } : {}),
  });
  const part = bytes.subarray(0, end);
  if (bytesPerSecond === undefined) await new Promise((next) => reply.raw.write(part, next));
  else await trickle(reply, part, bytesPerSecond);
  // What was promised will not come: only a broken connection tells the other side.
  if (cut === undefined && lengthOff === 0) reply.raw.end();
  else reply.raw.socket?.destroySoon();
}
