import { createHash, createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** As an object store sees it before it looks at anything else. */
export interface SignedRequest {
  readonly method: string;
  /** Path and query, as they came. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
}

const longestSkewMs = 15 * 60_000;
const shape =
  /^AWS4-HMAC-SHA256 Credential=([^/,]+)\/(\d{8})\/([^/,]+)\/s3\/aws4_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$/;

const hmac = (key: string | Buffer, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest();

const encode = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const canonicalQuery = (url: URL): string =>
  [...url.searchParams]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');

const canonical = (request: SignedRequest, names: readonly string[]): string => {
  const url = new URL(request.target, 'http://s3');
  const path = url.pathname
    .split('/')
    .map((part) => encode(decodeURIComponent(part)))
    .join('/');
  const headers = names.map((name) => `${name}:${String(request.headers[name] ?? '').trim()}\n`);
  return [
    request.method,
    path,
    canonicalQuery(url),
    headers.join(''),
    names.join(';'),
    String(request.headers['x-amz-content-sha256']),
  ].join('\n');
};

/** `20260101T000000Z` */
const timeOf = (stamp: string): number =>
  Date.parse(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));

/** What must be under the signature: the host and all that is the store's own. */
const leavesOut = (request: SignedRequest, names: readonly string[]): boolean =>
  ['host', ...Object.keys(request.headers).filter((name) => name.startsWith('x-amz-'))].some(
    (name) => !names.includes(name),
  );

/**
 * Signature Version 4, counted out anew by what Amazon has published, with no code of the client's.
 * @returns the code that an object store refuses the request with; undefined when it is well signed
 */
export const refusalOf = (request: SignedRequest, known: Credentials): string | undefined => {
  const [, id, day = '', region = '', signed = '', signature] =
    shape.exec(request.headers.authorization ?? '') ?? [];
  const names = signed.split(';');
  const stamp = String(request.headers['x-amz-date'] ?? '');
  if (id === undefined || leavesOut(request, names)) {
    return 'AccessDenied';
  }
  if (id !== known.accessKeyId) {
    return 'InvalidAccessKeyId';
  }
  if (region !== known.region || !stamp.startsWith(day)) {
    return 'AuthorizationHeaderMalformed';
  }
  if (!(Math.abs(Date.now() - timeOf(stamp)) < longestSkewMs)) {
    return 'RequestTimeTooSkewed';
  }
  const scope = `${day}/${region}/s3/aws4_request`;
  const digest = createHash('sha256').update(canonical(request, names)).digest('hex');
  const key = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>(
    hmac,
    `AWS4${known.secretAccessKey}`,
  );
  const expected = hmac(key, ['AWS4-HMAC-SHA256', stamp, scope, digest].join('\n'));
  return expected.toString('hex') === signature ? undefined : 'SignatureDoesNotMatch';
};
