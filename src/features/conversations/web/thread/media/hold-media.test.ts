import { describe, expect, it } from 'vitest';
import { aMessage } from '../../testing/views.ts';
import { holdMedia } from './hold-media.ts';

const media = {
  state: 'ready',
  reason: null,
  mimeType: 'image/jpeg',
  sizeBytes: 10,
  fileName: null,
  width: 8,
  height: 4,
  durationSeconds: null,
  hasThumbnail: true,
  isAnimated: false,
  isCovered: false,
  isWithheld: false,
  hasPlaceholder: false,
} as const;

describe('holdMedia', () => {
  it('draws what the contact sent as withheld, and nothing else', () => {
    const theirs = aMessage({ id: 'a', direction: 'in', type: 'image', media });
    const ours = aMessage({ id: 'b', direction: 'out', type: 'image', media });
    const text = aMessage({ id: 'c', direction: 'in' });
    expect(holdMedia([theirs, ours, text], true)).toEqual([
      { ...theirs, media: { ...media, state: 'withheld', reason: 'block-request' } },
      ours,
      text,
    ]);
  });

  it('gives the very same messages when nothing is held', () => {
    const messages = [aMessage({ id: 'a', direction: 'in', type: 'image', media })];
    expect(holdMedia(messages, false)).toBe(messages);
  });
});
