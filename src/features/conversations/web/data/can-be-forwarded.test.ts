import { expect, it } from 'vitest';
import { mediaLimits } from '#features/media/contract.ts';
import type { Message } from '../../contract.ts';
import { canBeForwarded } from './can-be-forwarded.ts';

const aFile = (type: Message['type'], mimeType: string, sizeBytes = 1_000, isAnimated = false) =>
  ({
    type,
    text: null,
    revokedAt: null,
    template: null,
    media: { state: 'ready', mimeType, sizeBytes, isAnimated },
  }) as unknown as Message;

it('offers no forward of a file that WhatsApp does not take from us', () => {
  for (const { kind, mimeTypes, maxBytes } of mediaLimits) {
    for (const mimeType of mimeTypes) {
      expect(canBeForwarded(aFile(kind, mimeType, maxBytes, true), true)).toBe(true);
      expect(canBeForwarded(aFile(kind, mimeType, maxBytes, true), false)).toBe(false);
      expect(canBeForwarded(aFile(kind, mimeType, maxBytes + 1, true), true)).toBe(false);
    }
  }
  const odd = [
    aFile('document', 'application/zip'),
    aFile('document', 'image/jpeg'),
    aFile('image', 'image/heic'),
    aFile('image', 'image/gif'),
    aFile('voice', 'audio/mpeg'),
    aFile('sticker', 'image/webp', 101 * 1024),
  ];
  expect(odd.some((message) => canBeForwarded(message, true))).toBe(false);
});
