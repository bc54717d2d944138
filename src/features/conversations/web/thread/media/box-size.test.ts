import { describe, expect, it } from 'vitest';
import { aMessage } from '../../testing/views.ts';
import { boxOf, fitBox, mediaHeight } from './box-size.ts';
import { isMediaMessage, type MediaMessage } from './media-kinds.ts';

const aPicture = (width: number | null, height: number | null): MediaMessage => {
  const message = aMessage({
    type: 'image',
    text: null,
    media: {
      state: width === null ? 'waiting' : 'ready',
      reason: null,
      mimeType: 'image/jpeg',
      sizeBytes: 1,
      fileName: null,
      width,
      height,
      durationSeconds: null,
      hasThumbnail: true,
      isAnimated: false,
      isCovered: false,
      isWithheld: false,
      hasPlaceholder: false,
    },
  });
  if (!isMediaMessage(message)) throw new Error('a picture is media');
  return message;
};

describe('the box of a picture', () => {
  it('has its shape, within what a bubble has room for', () => {
    expect(fitBox(1600, 1200)).toEqual({ width: 320, height: 240 });
    expect(fitBox(1200, 1600)).toEqual({ width: 270, height: 360 });
    expect(fitBox(240, 180)).toEqual({ width: 240, height: 180 });
  });

  it('of odd shapes is still large enough to read a cover in it', () => {
    expect(fitBox(4000, 100)).toEqual({ width: 320, height: 140 });
    expect(fitBox(16, 16)).toEqual({ width: 200, height: 140 });
    expect(fitBox(100, 4000)).toEqual({ width: 200, height: 360 });
  });

  it('stays as it was drawn when its size becomes known later', () => {
    const before = boxOf(aPicture(null, null), 'late');
    expect(boxOf(aPicture(1000, 3000), 'late')).toEqual(before);
    expect(boxOf(aPicture(1000, 3000), 'known')).not.toEqual(before);
  });

  it('is known to the thread before it is drawn; text has none', () => {
    expect(mediaHeight(aPicture(1600, 1200), 'one')).toBe(240);
    expect(mediaHeight(aMessage(), 'two')).toBe(0);
  });
});
