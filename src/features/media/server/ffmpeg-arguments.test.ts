import { describe, expect, it } from 'vitest';
import { ffmpegArguments, limitArguments, mostOutputBytes } from './ffmpeg-arguments.ts';

const pairsOf = (told: readonly string[]) =>
  new Map(
    told.flatMap((word, at) => (word.startsWith('-') ? [[word, told[at + 1]]] : [])) as [
      string,
      string,
    ][],
  );

describe('what ffmpeg is told', () => {
  it('is to read one file of ours, as what its bytes are, and to open nothing that it names', () => {
    for (const [mimeType, format, known] of [
      ['video/mp4', 'mov', 'mov,mp4,m4a,3gp,3g2,mj2'],
      ['video/3gpp', 'mov', 'mov,mp4,m4a,3gp,3g2,mj2'],
      ['video/quicktime', 'mov', 'mov,mp4,m4a,3gp,3g2,mj2'],
      ['video/webm', 'matroska', 'matroska,webm'],
    ] as const) {
      const told = ffmpegArguments('/data/media/spool/1', mimeType) ?? [];
      const input = told.slice(0, told.indexOf('-i') + 2);
      const pairs = pairsOf(input);
      expect(pairs.get('-i')).toBe('file:/data/media/spool/1');
      expect(pairs.get('-protocol_whitelist')).toBe('file');
      expect(pairs.get('-format_whitelist')).toBe(known);
      expect(pairs.get('-f')).toBe(format);
      expect(pairs.get('-codec_whitelist')?.split(',')).toContain('h264');
      expect(Number(pairs.get('-max_pixels'))).toBeLessThanOrEqual(10_000_000);
      expect(pairs.get('-threads')).toBe('1');
      expect(told.at(-1)).toBe('pipe:1');
    }
  });

  it('is nothing for what is no film, or of a kind that phones do not make', () => {
    for (const type of ['image/gif', 'audio/mp4', 'application/vnd.apple.mpegurl', 'video/mp2t']) {
      expect(ffmpegArguments('/data/x', type)).toBeUndefined();
    }
  });

  it('comes with an end to memory, time and what is written', () => {
    expect(limitArguments).toEqual(
      expect.arrayContaining(['--as=1500000000', '--cpu=6', '--fsize=0', '--core=0']),
    );
    expect(limitArguments.at(-1)).toBe('--');
    expect(mostOutputBytes).toBeLessThan(8_000_000);
  });
});
