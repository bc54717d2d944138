import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectFile } from './inspect-file.ts';
import { headersOf } from './serve-file.ts';
import { aFilm, aPdf, aPicture, aVoiceNote } from './testing.ts';
import { judgeUpload } from './upload-kind.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'guarita-inspect-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const inspect = async (bytes: Buffer) => {
  const path = join(dir, 'file');
  await writeFile(path, bytes);
  const sha256 = Buffer.alloc(32);
  const file = { path, sha256, sizeBytes: bytes.byteLength, discard: async () => undefined };
  return inspectFile(file);
};

const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>';
const page = '<!doctype html><script>alert(1)</script>';

/** How a file is twisted: cut, bytes changed, pieces put in. */
interface Twist {
  readonly base: number;
  readonly cut: number;
  readonly changes: readonly (readonly [number, number])[];
  readonly tail: string;
  readonly head: string;
}
const twists: fc.Arbitrary<Twist> = fc.record({
  base: fc.nat(7),
  cut: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
  changes: fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 12 }),
  tail: fc.constantFrom('', '', svg, page, '\0'.repeat(2_000)),
  head: fc.constantFrom('', '', '', svg, 'GIF89a', '%PDF-1.4', '<?xml version="1.0"?>'),
});

const twist = (bases: readonly Buffer[], { base, cut, changes, tail, head }: Twist): Buffer => {
  const whole = bases[base % bases.length] ?? Buffer.alloc(0);
  const bytes = Buffer.from(whole.subarray(0, Math.ceil(whole.byteLength * cut)));
  for (const [at, value] of changes) {
    if (bytes.byteLength > 0) {
      bytes[at % bytes.byteLength] = value;
    }
  }
  return Buffer.concat([Buffer.from(head), bytes, Buffer.from(tail)]);
};

const drawn = /^(image\/(jpeg|png|webp|gif)|audio\/|video\/)/;

describe('a file of a stranger, however twisted', () => {
  it('is looked at without harm, and never served as anything that could act', async () => {
    const bases = [
      await aPicture('jpeg', { width: 64, height: 64 }),
      await aPicture('png', { width: 64, height: 64 }),
      await aPicture('webp', { width: 64, height: 64 }),
      await aPicture('gif', { width: 64, height: 64 }),
      aVoiceNote(),
      aFilm(),
      aPdf(),
    ];
    await fc.assert(
      fc.asyncProperty(twists, async (how) => {
        const bytes = twist(bases, how);
        const facts = await inspect(bytes);
        const { mimeType, thumbnail } = facts;
        const hasThumbnail = thumbnail !== null;
        const file = { sha256: Buffer.alloc(32), sizeBytes: bytes.byteLength, fileName: 'x.html' };
        const headers = headersOf({ ...file, mimeType, hasThumbnail });
        const type = headers['content-type'] ?? '';
        expect(drawn.test(type) || type === 'application/octet-stream', type).toBe(true);
        if (!drawn.test(type)) {
          expect(headers['content-disposition']).toMatch(/^attachment/);
        }
        expect(facts.durationSeconds ?? 0).toBeGreaterThanOrEqual(0);
        expect(Number.isFinite(facts.durationSeconds ?? 0)).toBe(true);
        judgeUpload(facts, bytes.byteLength, 'x.doc');
      }),
      { numRuns: 400 },
    );
  }, 60_000);

  it('is told by its first words, not by what it holds elsewhere', async () => {
    const picture = await aPicture('jpeg', { width: 64, height: 64 });
    for (const [bytes, mimeType] of [
      [Buffer.concat([picture, Buffer.from(page)]), 'image/jpeg'],
      [Buffer.from(svg), 'text/plain'],
      [Buffer.from(`<?xml version="1.0"?>${svg}`), 'application/xml'],
      [Buffer.from(page), 'text/plain'],
      [Buffer.from('a;b;c\n1;2;3\n'), 'text/plain'],
      [Buffer.from([0, 1, 2, 3]), 'application/octet-stream'],
      [Buffer.alloc(0), 'application/octet-stream'],
    ] as const) {
      expect((await inspect(bytes)).mimeType).toBe(mimeType);
    }
  });
});
