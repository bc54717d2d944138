import { isIPv6 } from 'node:net';

/** Where a server that listens on all addresses is reached from its own machine. */
const anyAddress: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

/** The address under which a program on this machine reaches what listens on that host (`HOST`). */
export function reachAt(host: string, port: number): string {
  const own = anyAddress[host] ?? host;
  return `http://${isIPv6(own) ? `[${own}]` : own}:${port}`;
}
