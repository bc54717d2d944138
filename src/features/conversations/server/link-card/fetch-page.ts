import type { IncomingMessage } from 'node:http';
import { requestGuarded } from '#platform/server/guarded-request.ts';
import { isPublicAddress, type Resolve } from '#platform/server/private-address.ts';
import type { StreamAnswer } from '#platform/server/stream-request.ts';

/** Of all hops together. */
const longestMs = 5_000;
const longestBytes = 512 * 1024;
const mostRedirects = 3;

export interface PageRules {
  /** Which addresses may be connected to; those of the public internet unless a test says otherwise. */
  readonly isAllowed?: (address: string) => boolean;
  readonly resolve?: Resolve;
  readonly timeoutMs?: number;
}

export interface Page {
  readonly html: string;
  /** Where the redirects ended. */
  readonly host: string;
}

/** Up to the limit; what a page tells of itself stands at its beginning. */
const readStart = async (body: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    const bytes = Buffer.from(chunk as Uint8Array);
    chunks.push(bytes);
    size += bytes.byteLength;
    if (size >= longestBytes) {
      break;
    }
  }
  return Buffer.concat(chunks).subarray(0, longestBytes);
};

const decode = (bytes: Buffer, contentType: string): string => {
  const start = bytes.subarray(0, 2_048).toString('latin1');
  const label =
    /charset\s*=\s*["']?([\w-]+)/i.exec(contentType)?.[1] ??
    /<meta[^>]+charset\s*=\s*["']?([\w-]+)/i.exec(start)?.[1] ??
    'utf-8';
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    // A label nobody knows.
    return new TextDecoder().decode(bytes);
  }
};

const isHtml = ({ headers }: StreamAnswer): boolean =>
  /^text\/html\s*(;|$)/i.test(headers['content-type'] ?? '') &&
  (headers['content-encoding'] ?? 'identity') === 'identity';

/** Where an answer sends us on to, against the address that gave it. */
const redirectOf = ({ status, headers }: StreamAnswer, from: URL): URL | undefined => {
  const { location } = headers;
  return [301, 302, 303, 307, 308].includes(status) && location && URL.canParse(location, from.href)
    ? new URL(location, from)
    : undefined;
};

const ask = (
  url: URL,
  isAllowed: (address: string) => boolean,
  { resolve }: PageRules,
  signal: AbortSignal,
): Promise<StreamAnswer> =>
  requestGuarded(
    url,
    {
      method: 'GET',
      headers: { accept: 'text/html', 'accept-encoding': 'identity', 'user-agent': 'Guarita' },
      signal,
    },
    { isAllowed, resolve },
  );

const follow = async (
  link: string,
  rules: PageRules,
  signal: AbortSignal,
): Promise<Page | undefined> => {
  const isAllowed = rules.isAllowed ?? isPublicAddress;
  let url: URL | undefined = new URL(link);
  for (let hop = 0; url !== undefined && hop <= mostRedirects; hop += 1) {
    const answer = await ask(url, isAllowed, rules, signal);
    if (answer.status === 200 && isHtml(answer)) {
      const html = decode(await readStart(answer.body), answer.headers['content-type'] ?? '');
      return { html, host: url.hostname.replace(/^www\./, '') };
    }
    answer.body.destroy();
    url = redirectOf(answer, url);
  }
  return undefined;
};

/**
 * The beginning of the page that a stranger's link leads to: web pages on the public internet only, each redirect judged
 * anew, five seconds and half a megabyte in all, nothing told of us.
 * @returns undefined when there is none that may be read; why is nobody's business
 */
export const fetchPage = async (link: string, rules: PageRules = {}): Promise<Page | undefined> => {
  try {
    return await follow(link, rules, AbortSignal.timeout(rules.timeoutMs ?? longestMs));
  } catch {
    return undefined;
  }
};
