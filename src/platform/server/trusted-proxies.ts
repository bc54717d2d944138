import { BlockList, isIP } from 'node:net';

/** Whether a peer may tell in X-Forwarded-* for whom it speaks. */
export type TrustsPeer = (address: string | undefined) => boolean;

const ranges: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** An IPv4 peer of a socket that listens on both families. */
const unmapped = (address: string): string =>
  /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;

const add = (list: BlockList, part: string): void => {
  const [, address = '', prefix] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(part) ?? [];
  const longest = isIP(address) === 6 ? 128 : 32;
  const bits = prefix === undefined ? longest : Number(prefix);
  if (isIP(address) === 0 || bits > longest) {
    throw new Error(
      `GUARITA_TRUSTED_PROXIES: "${part}" is no address (10.0.0.5), range (10.0.0.0/8), or one of ` +
        `${Object.keys(ranges).join(', ')}`,
    );
  }
  list.addSubnet(address, bits, familyOf(address));
};

/** @throws Error with a line for people when a part is no address, range or known name */
export const trustOf = (parts: readonly string[]): TrustsPeer => {
  const list = new BlockList();
  for (const part of parts.flatMap((name) => ranges[name] ?? name)) {
    add(list, part);
  }
  return (address) => {
    const peer = unmapped(address ?? '');
    return isIP(peer) !== 0 && list.check(peer, familyOf(peer));
  };
};

/** Whether only this machine can connect to an address to listen on. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || trustOf(['loopback'])(host);
