import type { MediaAnswer, MediaLimits, MediaRequest } from '../../channel.ts';
import { type GraphAddress, graphAddress, graphHeaders } from './graph-client.ts';
import { graphErrorClass } from './graph-error-codes.ts';
import { askGraph, readJson, type ShortAnswer } from './graph-stream.ts';
import { mediaHostOf } from './media-hosts.ts';
import type { WhatsAppAccount } from './send.ts';
import { asId, asInteger, type Wire } from './wire.ts';

const failed = (code: string, isWorthRepeating: boolean): MediaAnswer => ({
  kind: 'failed',
  code,
  isWorthRepeating,
});

/** Base64 in webhooks, hex here in practice: told apart by length. */
const digestOf = (body: Wire): Buffer | null => {
  const text = asId(body['sha256'], 64);
  const bytes =
    text === undefined ? undefined : Buffer.from(text, text.length === 64 ? 'hex' : 'base64');
  return bytes?.byteLength === 32 ? bytes : null;
};

/** 100 (subcode 33) and 404 say that there is no such file, or that this token may not see it; which of the two is not told. */
const missingCodes = new Set([100, 131_052]);

const refusal = ({ status, error }: ShortAnswer): MediaAnswer => {
  if (error === undefined) {
    return status === 404
      ? { kind: 'not-found', code: 'whatsapp-http-404' }
      : failed(`whatsapp-http-${status}`, status === 408 || status === 429 || status >= 500);
  }
  const code = `whatsapp-${error.code}`;
  if (missingCodes.has(error.code) || status === 404) {
    return { kind: 'not-found', code };
  }
  const known = graphErrorClass(error.code);
  return failed(
    code,
    known === undefined ? error.isTransient : known === 'retry' || known === 'wait',
  );
};

interface FoundMedia {
  readonly url: string;
  readonly sha256: Buffer | null;
  readonly sizeBytes: number | undefined;
}

export interface MediaReader {
  /**
   * Asks for the file's address, then for its bytes with the token, which only Meta's hosts see. An address is good for
   * five minutes: one that has run out is asked for once more.
   */
  readonly fetchMedia: (
    account: WhatsAppAccount,
    request: MediaRequest,
    limits: MediaLimits,
  ) => Promise<MediaAnswer>;
}

const longestAskMs = 15_000;

const find = async (
  options: GraphAddress,
  { accessToken, phoneNumberId }: WhatsAppAccount,
  mediaId: string,
  signal: AbortSignal,
): Promise<FoundMedia | MediaAnswer> => {
  const number = encodeURIComponent(phoneNumberId);
  const address = `${graphAddress(options, mediaId)}?phone_number_id=${number}`;
  const patience = AbortSignal.any([signal, AbortSignal.timeout(longestAskMs)]);
  const answer = await askGraph(address, { method: 'GET', accessToken, signal: patience });
  const json = answer === undefined ? undefined : await readJson(answer);
  if (json === undefined) {
    const status = answer?.status;
    return failed(
      status === undefined || status === 200 ? 'network-unreachable' : `whatsapp-http-${status}`,
      true,
    );
  }
  const url = asId(json.body['url'], 4096);
  return json.status !== 200 || json.error !== undefined || url === undefined
    ? refusal(json)
    : { url, sha256: digestOf(json.body), sizeBytes: asInteger(json.body['file_size']) };
};

/** `stale` = the address has run out. */
const download = async (
  graphUrl: string,
  { accessToken }: WhatsAppAccount,
  { url, sha256 }: FoundMedia,
  longestBytes: number,
  signal: AbortSignal,
): Promise<MediaAnswer | 'stale'> => {
  const host = mediaHostOf(url, graphUrl);
  if (host === undefined) {
    return failed('media-host-not-allowed', false);
  }
  const answer = await askGraph(url, { method: 'GET', accessToken, signal, lookup: host.lookup });
  if (answer === undefined) {
    return failed('network-unreachable', true);
  }
  const { status, headers, body } = answer;
  if (status === 200 && Number(headers['content-length'] ?? 0) <= longestBytes) {
    return { kind: 'bytes', bytes: body, sha256 };
  }
  body.destroy();
  if (status === 200) {
    return { kind: 'too-large' };
  }
  return status === 404 || status === 410
    ? 'stale'
    : failed(`whatsapp-http-${status}`, status === 408 || status === 429 || status >= 500);
};

/** One way through: address, then bytes, `mayAsk` before each. */
const tryOnce = async (
  options: GraphAddress,
  account: WhatsAppAccount,
  { mediaId, longestBytes }: MediaRequest,
  { mayAsk, signal }: MediaLimits,
): Promise<MediaAnswer | 'stale'> => {
  if (!(await mayAsk())) {
    return { kind: 'not-asked' };
  }
  const found = await find(options, account, mediaId, signal);
  if ('kind' in found) {
    return found;
  }
  if (found.sizeBytes !== undefined && found.sizeBytes > longestBytes) {
    return { kind: 'too-large' };
  }
  return (await mayAsk())
    ? download(options.graphUrl, account, found, longestBytes, signal)
    : { kind: 'not-asked' };
};

export const createMediaReader = (options: GraphAddress): MediaReader => ({
  fetchMedia: async (account, request, limits) => {
    if (graphHeaders(account.accessToken) === undefined) {
      return failed('whatsapp-190', false);
    }
    const first = await tryOnce(options, account, request, limits);
    const answer = first === 'stale' ? await tryOnce(options, account, request, limits) : first;
    return answer === 'stale' ? failed('address-ran-out', true) : answer;
  },
});
