import { randomUUID } from 'node:crypto';
import type { UploadOutcome, UploadRequest } from '../../channel.ts';
import { type GraphAddress, graphAddress, graphHeaders } from './graph-client.ts';
import { retryDelayMs } from './graph-error-codes.ts';
import { askGraph, readJson } from './graph-stream.ts';
import type { WhatsAppAccount } from './send.ts';
import { outcomeOfError } from './send-outcome.ts';
import { asId } from './wire.ts';

/** WhatsApp keeps an upload for 30 days; one that is about to run out is not counted on. */
const goodForMs = 29 * 86_400_000;

export interface MediaWriter {
  readonly uploadMedia: (
    account: WhatsAppAccount,
    request: UploadRequest,
    limits: { readonly signal: AbortSignal; readonly attempt: number },
  ) => Promise<UploadOutcome>;
}

/** `multipart/form-data` around bytes that pass through: how long it is as a whole is known beforehand. */
const formOf = ({ mimeType, sizeBytes, bytes }: UploadRequest) => {
  const boundary = `guarita-${randomUUID()}`;
  const field = (name: string, value: string): string =>
    `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  // A name of our own: the one that people see goes with the message.
  const head = Buffer.from(
    `${field('messaging_product', 'whatsapp')}${field('type', mimeType)}--${boundary}\r\n` +
      `content-disposition: form-data; name="file"; filename="file"\r\ncontent-type: ${mimeType}\r\n\r\n`,
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  const all = async function* () {
    yield head;
    yield* bytes;
    yield tail;
  };
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: { bytes: all(), length: head.byteLength + sizeBytes + tail.byteLength },
  };
};

const later = (code: string, attempt: number): UploadOutcome => ({
  kind: 'retry',
  code,
  afterMs: retryDelayMs(null, attempt),
});

const outcomeOfStatus = (status: number, attempt: number): UploadOutcome => {
  const code = `whatsapp-http-${status}`;
  return status >= 300 && status < 500 && status !== 408 && status !== 429
    ? { kind: 'refused', code }
    : later(code, attempt);
};

/** One request, never redirected. What it left behind when its answer was lost, nobody ever names. */
export const createMediaWriter = (options: GraphAddress): MediaWriter => ({
  uploadMedia: async ({ phoneNumberId, accessToken }, request, { signal, attempt }) => {
    if (graphHeaders(accessToken) === undefined) {
      return { kind: 'refused', code: 'whatsapp-190' };
    }
    const address = graphAddress(options, phoneNumberId, 'media');
    const answer = await askGraph(address, {
      method: 'POST',
      accessToken,
      signal,
      ...formOf(request),
    });
    if (answer === undefined) {
      return later('network-unreachable', attempt);
    }
    const json = await readJson(answer);
    if (json?.error !== undefined) {
      return outcomeOfError(json.error, attempt);
    }
    const mediaId = answer.status === 200 ? asId(json?.body['id'], 200) : undefined;
    return mediaId === undefined
      ? outcomeOfStatus(answer.status, attempt)
      : { kind: 'stored', mediaId, goodForMs };
  },
});
