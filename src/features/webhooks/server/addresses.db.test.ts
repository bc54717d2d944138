import type { LookupAddress } from 'node:dns';
import { describe, expect, it } from 'vitest';
import { AppError } from '#platform/server/errors.ts';
import { isPublicAddress, type Resolve } from '#platform/server/private-address.ts';
import { newId } from '#platform/shared/ids.ts';
import { checkUrl } from './check-url.ts';
import {
  addEndpoint,
  aHookWorld,
  deliveriesOf,
  runLane,
  tellBlocked,
} from './testing/hook-world.ts';

const world = aHookWorld();
const refused = new AppError('webhook-url-not-allowed', 422);

/** What is told to this address under the rules of an installation without the switch. */
const attemptAt = async (url: string, resolve?: Resolve) => {
  const endpoint = await addEndpoint(world, url);
  const contactId = newId();
  await tellBlocked(world, contactId);
  const rules = { isAllowed: isPublicAddress, resolve, timeoutMs: 2_000 };
  await runLane(world, contactId, rules, endpoint.id);
  const mine = (await deliveriesOf(world)).filter(({ endpointId }) => endpointId === endpoint.id);
  return mine[0]?.attempts;
};

describe('an address of our own network', () => {
  it.each([
    ['https://127.0.0.1/x'],
    ['https://10.1.2.3/'],
    ['https://[::1]/'],
    ['https://[::ffff:10.0.0.1]/'],
    ['https://169.254.169.254/latest'],
    ['https://2130706433/'],
    ['https://localhost/'],
    ['http://example.com/'],
    ['https://user:pass@example.com/'],
  ])('%s is not taken', (url) => {
    expect(() => checkUrl(url, false)).toThrow(refused);
  });

  it('is taken where the installation says so, but never with a password', () => {
    expect(() => checkUrl('http://10.1.2.3:8080/', true)).not.toThrow();
    expect(() => checkUrl('http://user:pass@10.1.2.3/', true)).toThrow(refused);
    expect(() => checkUrl('https://hooks.example.com/a?b=c', false)).not.toThrow();
  });

  it('is never connected to, however it came to be written', async () => {
    const { port } = world.receiver;
    for (const host of ['127.0.0.1', 'localhost', '0x7f000001', '[::ffff:127.0.0.1]']) {
      expect(await attemptAt(`http://${host}:${port}/`)).toMatchObject([
        { status: null, error: 'address-not-allowed' },
      ]);
    }
    expect(world.receiver.received).toEqual([]);
  });

  it('is not reached by a name that leads there, nor by one of several', async () => {
    const leading =
      (...addresses: string[]): Resolve =>
      (_name, _options, answer) =>
        answer(
          null,
          addresses.map((address): LookupAddress => ({ address, family: 4 })),
        );
    const url = `http://hooks.example:${world.receiver.port}/`;
    for (const resolve of [leading('10.20.30.40'), leading('203.0.113.1', '127.0.0.1')]) {
      expect(await attemptAt(url, resolve)).toMatchObject([{ error: 'address-not-allowed' }]);
    }
    expect(world.receiver.received).toEqual([]);
  });

  it('is not reached by a redirect: none is followed', async () => {
    const { receiver } = world;
    receiver.replies.push({ status: 307, headers: { location: receiver.url } });
    const contactId = newId();
    await tellBlocked(world, contactId);
    await runLane(world, contactId);
    expect((await deliveriesOf(world))[0]?.attempts).toMatchObject([{ error: 'redirect' }]);
    expect(receiver.received).toHaveLength(1);
  });
});
