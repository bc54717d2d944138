import { type LookupAddress, type LookupAllOptions, lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

const notPublic = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  notPublic.addSubnet(network, prefix, 'ipv4');
}
/** All that is given out as public; ways to IPv4 (NAT64 and the like) and everything local lie outside it, known or not. */
const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');
for (const [network, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  notPublic.addSubnet(network, prefix, 'ipv6');
}

/** Whether an address is anything but one of the public internet; so is what is no address at all. */
export const isPrivateAddress = (address: string): boolean => {
  const family = isIP(address);
  if (family === 0) {
    return true;
  }
  // An IPv4 address written as IPv6 is judged as what it is.
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) {
    return notPublic.check(mapped, 'ipv4');
  }
  return family === 4
    ? notPublic.check(address, 'ipv4')
    : !global6.check(address, 'ipv6') || notPublic.check(address, 'ipv6');
};

/** From a name to its addresses; as Node's own, which it is unless a test says otherwise. */
export type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** Somebody else's address leads to where it must not. */
export class AddressNotAllowedError extends Error {
  override readonly name = 'AddressNotAllowedError';

  constructor() {
    super('leads to an address that may not be asked');
  }
}

/** From a name to addresses that may be asked: a name that leads to one that may not leads nowhere. */
export const lookupAllowed =
  (isAllowed: (address: string) => boolean, resolve: Resolve = lookup): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error !== null || first === undefined) {
        callback(error ?? new Error('no address'), '', 0);
      } else if (!addresses.every(({ address }) => isAllowed(address))) {
        callback(new AddressNotAllowedError(), '', 0);
      } else if (options.all === true) {
        callback(null, addresses);
      } else {
        callback(null, first.address, first.family);
      }
    });
  };

export const isPublicAddress = (address: string): boolean => !isPrivateAddress(address);

/** From a name to addresses of the public internet only. */
export const lookupPublic: LookupFunction = lookupAllowed(isPublicAddress);
