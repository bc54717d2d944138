import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createBodiesInFlight, declaredLength, longestBody, readBody } from './bodies-in-flight.ts';

describe('the room for bodies', () => {
  const busy = expect.objectContaining({ code: 'busy', status: 503 });
  const kB = 1024;

  it('always takes the first, refuses what does not fit, and takes again', () => {
    const bodies = createBodiesInFlight(1_000 * kB);
    const first = bodies.hold('a', 2_000 * kB);
    first.grow(1_500 * kB);
    expect(() => bodies.hold('b', 100 * kB)).toThrow(busy);
    first.release();
    first.release();
    expect(bodies.figures).toEqual({ bytes: 0, refused: 1 });
    const [one, other] = [bodies.hold('a', 600 * kB), bodies.hold('b')];
    one.grow(600 * kB);
    other.grow(10);
    other.grow(256 * kB);
    one.grow(600 * kB);
    expect(() => other.grow(257 * kB)).toThrow(busy);
    expect(bodies.figures.bytes).toBe(856 * kB);
  });

  it('takes a small one whatever large ones announce or fill, and counts what came alone', () => {
    const bodies = createBodiesInFlight(1_024 * kB);
    const silent = Array.from({ length: 24 }, () => bodies.hold('a', longestBody));
    expect(bodies.figures.bytes).toBe(0);
    expect(() => bodies.hold('a', longestBody)).toThrow(busy);
    bodies.hold('b', longestBody).grow(1_000 * kB);
    expect(() => silent[0]?.grow(1)).toThrow(busy);
    bodies.hold('b', 1_000).grow(1_000);
    expect(bodies.figures.bytes).toBe(1_024 * kB + 1_000);
    for (const one of silent) one.release();
    bodies.hold('a', 1_000).grow(1_000);
  });

  it('lets one address take a part of the room for small ones while they come, and all once they are here', () => {
    const bodies = createBodiesInFlight();
    const full = () => {
      const one = bodies.hold('a', 64 * kB);
      one.grow(64 * kB);
      return one;
    };
    const coming = Array.from({ length: 64 }, full);
    expect(full).toThrow(busy);
    bodies.hold('b', 64 * kB).grow(64 * kB);
    for (const one of coming) one.arrived();
    full().release();
    for (const one of coming) one.release();
    expect(bodies.figures.bytes).toBe(64 * kB);
  });

  it('knows a length only where one is told', () => {
    expect(declaredLength(undefined)).toBeUndefined();
    expect(declaredLength('12')).toBe(12);
    expect(declaredLength('nonsense')).toBeUndefined();
    expect(() => declaredLength(String(longestBody + 1))).toThrow(
      expect.objectContaining({ status: 413 }),
    );
  });

  it('gives up a body that does not come', async () => {
    const stream = new PassThrough();
    stream.write('{');
    const read = readBody(stream, createBodiesInFlight().hold('a'), 20);
    await expect(read).rejects.toMatchObject({ status: 408, code: 'too-slow' });
  });

  it('reads one that comes, and says when the other side went away', async () => {
    const hold = createBodiesInFlight().hold('a');
    const whole = new PassThrough();
    whole.end('{"a":1}');
    expect(String(await readBody(whole, hold))).toBe('{"a":1}');
    const broken = new PassThrough();
    broken.write('{');
    broken.destroy();
    await expect(readBody(broken, hold)).rejects.toThrow();
  });
});
