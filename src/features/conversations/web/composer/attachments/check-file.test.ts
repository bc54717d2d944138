import { describe, expect, it } from 'vitest';
import { longestStillSticker, mediaLimits } from '#features/media/contract.ts';
import { checkFile, isAnimatedWebp } from './check-file.ts';
import { acceptOf, limits, longestStill } from './limits.ts';

const MB = 1024 * 1024;

it('the limits are those of the contract', () => {
  for (const { kind, ...limit } of mediaLimits) {
    if (kind !== 'voice') expect([kind, limits[kind]]).toEqual([kind, limit]);
  }
  expect(Object.keys(limits)).toHaveLength(mediaLimits.length - 1);
  expect(longestStill).toBe(longestStillSticker);
});

describe('a file that is chosen', () => {
  it.each([
    ['foto.jpg', 'image/jpeg', 'image'],
    ['filme.mp4', 'video/mp4', 'video'],
    ['audio.m4a', 'audio/x-m4a', 'audio'],
    ['voz.ogg', 'audio/ogg; codecs=opus', 'audio'],
    ['gravação.amr', '', 'audio'],
    ['contrato.docx', '', 'document'],
    ['lista.csv', 'text/csv', 'document'],
    ['figurinha.webp', 'image/webp', 'sticker'],
  ])('%s (%s) goes as %s', (name, type, kind) => {
    expect(checkFile({ name, type, size: 1000 })).toEqual({ isFit: true, kind });
  });

  it('is refused by its type, its size, or when it is empty', () => {
    const zip = { name: 'a.zip', type: 'application/zip', size: 1 };
    expect(checkFile(zip)).toMatchObject({ isFit: false, why: 'type', kind: null });
    const large = { name: 'a.png', type: 'image/png', size: 5 * MB + 1 };
    expect(checkFile(large)).toMatchObject({ why: 'too-large', kind: 'image', maxBytes: 5 * MB });
    expect(checkFile({ ...large, size: 5 * MB })).toMatchObject({ isFit: true });
    expect(checkFile({ ...large, size: 0 })).toMatchObject({ why: 'empty' });
  });

  it('as a sticker may be larger when it moves', () => {
    const sticker = { name: 'a.webp', type: 'image/webp', size: 300 * 1024 };
    expect(checkFile(sticker)).toMatchObject({ why: 'too-large', maxBytes: 100 * 1024 });
    expect(checkFile(sticker, true)).toMatchObject({ isFit: true });
  });
});

it('a sticker that moves is known by its head', async () => {
  const head = (flags: number) =>
    new Blob(['RIFF\0\0\0\0WEBPVP8X\0\0\0\0', new Uint8Array([flags])]);
  expect(await isAnimatedWebp(head(0b10))).toBe(true);
  expect(await isAnimatedWebp(head(0b10000))).toBe(false);
  expect(await isAnimatedWebp(new Blob(['RIFF']))).toBe(false);
});

it('the browser’s own dialog is asked for these only', () => {
  expect(acceptOf(['sticker'])).toBe('image/webp,.webp');
  expect(acceptOf(['document'])).toContain('.docx');
});
