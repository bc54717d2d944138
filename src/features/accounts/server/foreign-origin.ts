import type { IncomingHttpHeaders } from 'node:http';

const hostOf = (url: string): string | undefined => {
  try {
    return new URL(url).host;
  } catch {
    return undefined;
  }
};

/**
 * Whether a browser says that another site's page made this request. The request's own host and the public
 * address are home; programs send neither header and carry no one else's cookies.
 */
export const isForeignOrigin = (
  headers: IncomingHttpHeaders,
  ownHost: string | undefined,
  publicUrl: string | undefined,
): boolean => {
  const { origin } = headers;
  const site = headers['sec-fetch-site'];
  if (site === 'cross-site') {
    return true;
  }
  if (origin === undefined) {
    return site === 'same-site';
  }
  const from = hostOf(origin);
  const home = [ownHost?.toLowerCase(), publicUrl === undefined ? undefined : hostOf(publicUrl)];
  return from === undefined || from === '' || !home.includes(from);
};
