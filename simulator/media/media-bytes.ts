import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Media } from './media.ts';

/** Where the bytes are; equal bytes are kept once. */
export interface MediaBytes {
  put(media: Media, bytes: Buffer): void;
  get(media: Media): Buffer | null;
  drop(media: Media, isShared: boolean): void;
  total(): number;
}

export function memoryFiles(): MediaBytes {
  const byDigest = new Map<string, Buffer>();
  let total = 0;
  return {
    put: ({ sha256 }, bytes) => {
      if (byDigest.has(sha256)) return;
      byDigest.set(sha256, bytes);
      total += bytes.length;
    },
    get: ({ sha256 }) => byDigest.get(sha256) ?? null,
    drop: ({ sha256, size }, isShared) => {
      if (!isShared && byDigest.delete(sha256)) total -= size;
    },
    total: () => total,
  };
}

const savedMedia = z.object({
  id: z.string().regex(/^\d+$/),
  channel: z.string(),
  origin: z.enum(['inbound', 'upload', 'link', 'draft']),
  mimeType: z.string(),
  fileName: z.string().nullable(),
  owner: z.string().nullable(),
  size: z.number(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  createdAt: z.number(),
  expiresAt: z.number(),
});

function readMedia(file: string): Media[] {
  try {
    return [savedMedia.parse(JSON.parse(readFileSync(file, 'utf8')))];
  } catch {
    return [];
  }
}

/** Files in a folder: `<id>.json` beside `<digest>.bin`, so that a restart forgets nothing. */
export function mediaFiles(folder: string): MediaBytes & { known: () => Media[] } {
  mkdirSync(folder, { recursive: true });
  const facts = ({ id }: Media) => path.join(folder, `${id}.json`);
  const content = ({ sha256 }: Media) => path.join(folder, `${sha256}.bin`);
  const named = (end: string) => readdirSync(folder).filter((name) => name.endsWith(end));
  let total = named('.bin').reduce((sum, name) => sum + statSync(path.join(folder, name)).size, 0);
  return {
    known: () =>
      named('.json')
        .flatMap((name) => readMedia(path.join(folder, name)))
        .sort((a, b) => a.createdAt - b.createdAt),
    put: (media, bytes) => {
      writeFileSync(facts(media), JSON.stringify(media), { mode: 0o600 });
      if (existsSync(content(media))) return;
      writeFileSync(content(media), bytes, { mode: 0o600 });
      total += bytes.length;
    },
    get: (media) => (existsSync(content(media)) ? readFileSync(content(media)) : null),
    drop: (media, isShared) => {
      rmSync(facts(media), { force: true });
      if (isShared || !existsSync(content(media))) return;
      rmSync(content(media));
      total -= media.size;
    },
    total: () => total,
  };
}
