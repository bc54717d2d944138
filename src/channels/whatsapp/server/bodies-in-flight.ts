import type { Readable } from 'node:stream';
import { AppError } from '#platform/server/errors.ts';

/** docs/whatsapp-cloud-api.md 4.3: a body has up to 3 MB. */
export const longestBody = 3 * 1024 * 1024;

/** Read from JSON, a body is several times as large: more than this at once and memory would grow. */
const mostBytes = 64 * 1024 * 1024;
/** So long a body may take to arrive; whoever holds one back longer holds room that others need. */
const patienceMs = 10_000;
const comeAgainSeconds = 5;

/** What one request holds, from its first header until it is answered. */
export interface Hold {
  /**
   * Counts so many bytes in all, never fewer than before.
   * @throws AppError busy (503) with `Retry-After` when they do not fit
   */
  grow(bytes: number): void;
  /** Once is enough; more often does no harm. */
  release(): void;
}

export interface BodiesInFlight {
  readonly figures: Readonly<{ bytes: number; refused: number }>;
  hold(): Hold;
}

/**
 * How many bytes of webhooks this process has taken on and not answered. Counted before they are read: a queue that is
 * asked once a body is there has let memory grow already. The first is always taken, so that no size is refused for ever.
 */
export const createBodiesInFlight = (most = mostBytes): BodiesInFlight => {
  const figures = { bytes: 0, refused: 0 };
  const hold = (): Hold => {
    let held = 0;
    return {
      grow: (bytes) => {
        const more = Math.max(0, bytes - held);
        const others = figures.bytes - held;
        if (more > 0 && others > 0 && figures.bytes + more > most) {
          figures.refused += 1;
          throw new AppError('busy', 503, { retryAfterSeconds: comeAgainSeconds });
        }
        held += more;
        figures.bytes += more;
      },
      release: () => {
        figures.bytes -= held;
        held = 0;
      },
    };
  };
  return { figures, hold };
};

/**
 * What a request says its body has; undefined when it does not say.
 * @throws AppError too-large (413)
 */
export const declaredLength = (header: string | undefined): number | undefined => {
  const length = header === undefined ? Number.NaN : Number(header);
  if (length > longestBody) {
    throw new AppError('too-large', 413);
  }
  return Number.isSafeInteger(length) ? length : undefined;
};

/**
 * The whole body, counted as it comes; of one that is refused the rest is let go as it comes.
 * @throws AppError too-large (413), busy (503), too-slow (408); Error when the other side went away
 */
export const readBody = (
  stream: Readable,
  held: Hold,
  withinMs: number = patienceMs,
): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const stop = (): void => {
      clearTimeout(timer);
      stream.off('data', take).off('end', done).off('close', gone).off('error', fail);
      // Somebody must hear of a connection that breaks after this, or the process would end.
      stream.on('error', () => {}).resume();
    };
    const fail = (error: Error): void => {
      stop();
      reject(error);
    };
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      try {
        if (size > longestBody) {
          throw new AppError('too-large', 413);
        }
        held.grow(size);
        chunks.push(chunk);
      } catch (error) {
        fail(error instanceof Error ? error : new Error('the body could not be read'));
      }
    };
    const done = (): void => {
      stop();
      resolve(Buffer.concat(chunks, size));
    };
    const gone = (): void => fail(new AppError('bad-request', 400));
    const timer = setTimeout(() => fail(new AppError('too-slow', 408)), withinMs);
    stream.on('data', take).on('end', done).on('close', gone).on('error', fail);
  });
