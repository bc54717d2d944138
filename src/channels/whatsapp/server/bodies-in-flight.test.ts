import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createBodiesInFlight, declaredLength, longestBody, readBody } from './bodies-in-flight.ts';

describe('the room for bodies', () => {
  it('always takes the first, refuses what does not fit, and takes again', () => {
    const bodies = createBodiesInFlight(100);
    const first = bodies.hold();
    first.grow(150);
    expect(() => bodies.hold().grow(1)).toThrow(expect.objectContaining({ status: 503 }));
    first.release();
    first.release();
    expect(bodies.figures).toEqual({ bytes: 0, refused: 1 });
    const [a, b] = [bodies.hold(), bodies.hold()];
    a.grow(60);
    b.grow(40);
    a.grow(60);
    expect(() => a.grow(61)).toThrow(expect.objectContaining({ code: 'busy' }));
    expect(bodies.figures.bytes).toBe(100);
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
    const read = readBody(stream, createBodiesInFlight().hold(), 20);
    await expect(read).rejects.toMatchObject({ status: 408, code: 'too-slow' });
  });

  it('reads one that comes, and says when the other side went away', async () => {
    const hold = createBodiesInFlight().hold();
    const whole = new PassThrough();
    whole.end('{"a":1}');
    expect(String(await readBody(whole, hold))).toBe('{"a":1}');
    const broken = new PassThrough();
    broken.write('{');
    broken.destroy();
    await expect(readBody(broken, hold)).rejects.toThrow();
  });
});
