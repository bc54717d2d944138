import type { LookupFunction } from 'node:net';
import { lookupPublic } from '#platform/server/private-address.ts';

/** Where Meta keeps media: `lookaside.fbsbx.com` in practice (docs/whatsapp-cloud-api.md, 3). */
const metaHosts = /^(lookaside\.fbsbx\.com|([a-z0-9-]+\.)+(fbsbx\.com|fbcdn\.net))$/;

export interface MediaHost {
  /** For names outside: to addresses of the public internet only. */
  readonly lookup: LookupFunction | undefined;
}

/**
 * Whether an address that an answer names may see our token: one of Meta's by HTTPS, or the very Graph that we were
 * configured to trust (the simulator, on this machine).
 * @returns undefined when it may not
 */
export const mediaHostOf = (address: string, graphUrl: string): MediaHost | undefined => {
  if (!URL.canParse(address)) {
    return undefined;
  }
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') {
    return undefined;
  }
  if (url.origin === new URL(graphUrl).origin) {
    return { lookup: undefined };
  }
  return url.protocol === 'https:' && url.port === '' && metaHosts.test(url.hostname)
    ? { lookup: lookupPublic }
    : undefined;
};
