import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aRecording } from './testing.ts';
import { webmToOgg } from './webm-to-ogg.ts';

/** 20 ms of one channel: SILK, wide band, one frame. */
const packet = (length: number): Buffer =>
  Buffer.concat([Buffer.from([0x48]), randomBytes(length)]);

/** Bit by bit, as RFC 3533 has it. */
const crcOf = (page: Buffer): number => {
  let crc = 0;
  for (const byte of page) {
    crc = (crc ^ (byte << 24)) >>> 0;
    for (let bit = 0; bit < 8; bit += 1) {
      crc = ((crc & 0x80000000) === 0 ? crc << 1 : (crc << 1) ^ 0x04c11db7) >>> 0;
    }
  }
  return crc;
};

interface Page {
  readonly flags: number;
  readonly samples: number;
  readonly packets: Buffer[];
}

const pagesOf = (ogg: Buffer): Page[] => {
  const pages: Page[] = [];
  for (let at = 0; at < ogg.byteLength; ) {
    expect(ogg.toString('latin1', at, at + 4)).toBe('OggS');
    expect(ogg.readUInt32LE(at + 18)).toBe(pages.length);
    const count = ogg[at + 26] ?? 0;
    const lacing = [...ogg.subarray(at + 27, at + 27 + count)];
    const end = at + 27 + count + lacing.reduce((sum, one) => sum + one, 0);
    const whole = Buffer.from(ogg.subarray(at, end));
    const crc = whole.readUInt32LE(22);
    whole.writeUInt32LE(0, 22);
    expect(crcOf(whole)).toBe(crc);
    const packets: Buffer[] = [];
    let from = at + 27 + count;
    let length = 0;
    for (const one of lacing) {
      length += one;
      if (one < 255) {
        packets.push(ogg.subarray(from, from + length));
        from += length;
        length = 0;
      }
    }
    pages.push({ flags: ogg[at + 5] ?? 0, samples: Number(ogg.readBigInt64LE(at + 6)), packets });
    at = end;
  }
  return pages;
};

describe('a recording of a browser', () => {
  it('becomes an Ogg file with the very same packets', () => {
    const packets = [0, 1, 80, 254, 255, 509, 510, 1200]
      .map(packet)
      .concat(Array.from({ length: 130 }, () => packet(90)));
    const pages = pagesOf(webmToOgg(aRecording(packets)) ?? Buffer.alloc(0));
    expect(pages.map(({ flags }) => flags)).toEqual([2, 0, 0, 0, 4]);
    expect(pages[0]?.packets[0]?.toString('latin1', 0, 8)).toBe('OpusHead');
    expect(pages[1]?.packets[0]?.toString('latin1', 0, 8)).toBe('OpusTags');
    expect(pages.slice(2).flatMap((page) => page.packets)).toEqual(packets);
    expect(pages.at(-1)?.samples).toBe(packets.length * 960);
  });

  it('of anything else is left alone', () => {
    const packets = [packet(10)];
    const laced = Buffer.from(aRecording(packets));
    laced[laced.lastIndexOf(Buffer.from([0x81, 0, 0, 0x80])) + 3] = 0x82;
    for (const bytes of [
      aRecording(packets, { codec: 'A_VORBIS' }),
      aRecording([]),
      laced,
      Buffer.alloc(0),
      randomBytes(200),
    ]) {
      expect(webmToOgg(bytes)).toBeUndefined();
    }
  });

  it('however broken does no harm', () => {
    const whole = aRecording([packet(50), packet(60)]);
    fc.assert(
      fc.property(fc.nat(whole.byteLength), fc.nat(), fc.nat(255), (cut, at, value) => {
        const bytes = Buffer.from(whole.subarray(0, cut));
        if (bytes.byteLength > 0) {
          bytes[at % bytes.byteLength] = value;
        }
        const ogg = webmToOgg(bytes);
        expect(ogg === undefined || ogg.toString('latin1', 0, 4) === 'OggS').toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
