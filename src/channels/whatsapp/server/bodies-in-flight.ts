import type { Readable } from 'node:stream';
import { AppError } from '#platform/server/errors.ts';

/** docs/whatsapp-cloud-api.md 4.3: a body has up to 3 MB. */
export const longestBody = 3 * 1024 * 1024;

/** Up to here a body is small: nearly all that WhatsApp sends. These have room of their own, which no large one takes away. */
export const longestSmall = 64 * 1024;
/** Read from JSON, a body is several times as large: more than this at once and memory would grow. */
const mostLarge = 64 * 1024 * 1024;
const mostSmall = 16 * 1024 * 1024;
/** Large ones are counted in steps of this as they come: what was only announced takes no room. */
const step = 256 * 1024;
/** Of one address, while they are still coming: large bodies, and bytes of small ones. */
const mostComing = { large: 24, smallBytes: mostSmall / 4 };
/** So long a body may take to arrive; whoever holds one back longer holds room that others need. */
const patienceMs = 10_000;
const comeAgainSeconds = 5;

/** What one request holds, from its first header until it is answered. */
export interface Hold {
  /**
   * So many bytes of it have come, never fewer than before.
   * @throws AppError busy (503) with `Retry-After` when they do not fit
   */
  grow(bytes: number): void;
  /** All of it is here. */
  arrived(): void;
  /** Once is enough; more often does no harm. */
  release(): void;
}

export interface BodiesInFlight {
  readonly figures: Readonly<{ bytes: number; refused: number }>;
  /**
   * @param place where it comes from
   * @param declared how long it says to be
   * @throws AppError busy (503) when a large one has no room now, before a byte of it is read
   */
  hold(place: string, declared?: number): Hold;
}

/** The bodies that are coming from each place: how many large ones, how many bytes of small ones. */
const createPlaces = () => {
  const all = new Map<string, { large: number; smallBytes: number }>();
  const of = (place: string) => all.get(place) ?? { large: 0, smallBytes: 0 };
  const add = (place: string, more: { large: number; smallBytes: number }): void => {
    const known = of(place);
    const [large, smallBytes] = [known.large + more.large, known.smallBytes + more.smallBytes];
    if (large === 0 && smallBytes === 0) {
      all.delete(place);
    } else {
      all.set(place, { large, smallBytes });
    }
  };
  return { of, add };
};

/** What the bodies under way have of the two rooms, and each place of them while they come. */
const createRooms = (most: number) => {
  const figures = { bytes: 0, refused: 0 };
  const taken = { large: 0, small: 0 };
  const places = createPlaces();
  return {
    figures,
    refuse: (): never => {
      figures.refused += 1;
      throw new AppError('busy', 503, { retryAfterSeconds: comeAgainSeconds });
    },
    isOpenForLarge: (place: string): boolean =>
      places.of(place).large < mostComing.large && taken.large < most,
    /** @param held what this body has of the room already */
    hasRoom: (place: string, isLarge: boolean, held: number, more: number): boolean => {
      const room = isLarge ? taken.large : taken.small;
      const isCrowded = !isLarge && places.of(place).smallBytes + more > mostComing.smallBytes;
      return room === held || (room + more <= (isLarge ? most : mostSmall) && !isCrowded);
    },
    count: (isLarge: boolean, more: number): void => {
      figures.bytes += more;
      taken[isLarge ? 'large' : 'small'] += more;
    },
    coming: places.add,
  };
};

type Rooms = ReturnType<typeof createRooms>;

const holdIn = (rooms: Rooms, place: string, declared: number | undefined): Hold => {
  let [held, isLarge, isComing] = [0, false, true];
  const count = (bytes: number): void => {
    const more = bytes - held;
    held = bytes;
    rooms.count(isLarge, more);
    if (!isLarge && isComing) {
      rooms.coming(place, { large: 0, smallBytes: more });
    }
  };
  const becomeLarge = (): void => {
    if (!rooms.isOpenForLarge(place)) {
      rooms.refuse();
    }
    count(0);
    isLarge = true;
    rooms.coming(place, { large: 1, smallBytes: 0 });
  };
  const arrived = (): void => {
    if (isComing) {
      rooms.coming(place, isLarge ? { large: -1, smallBytes: 0 } : { large: 0, smallBytes: -held });
    }
    isComing = false;
  };
  if (declared !== undefined && declared > longestSmall) {
    becomeLarge();
  }
  return {
    grow: (bytes) => {
      if (!isLarge && bytes > longestSmall) {
        becomeLarge();
      }
      const steps = Math.ceil(bytes / step) * step;
      const wanted = isLarge ? Math.min(steps, declared ?? longestBody) : bytes;
      if (wanted > held && !rooms.hasRoom(place, isLarge, held, wanted - held)) {
        rooms.refuse();
      }
      count(Math.max(held, wanted));
    },
    arrived,
    release: () => {
      arrived();
      count(0);
    },
  };
};

/**
 * How many bytes of webhooks this process has taken on and not answered, counted as they come: a queue that is asked once a body
 * is there has let memory grow already, and one that believes what is announced is filled by whoever announces and sends
 * nothing. A body is small until it proves large. The first is always taken, so that no size is refused for ever.
 */
export const createBodiesInFlight = (most = mostLarge): BodiesInFlight => {
  const rooms = createRooms(most);
  return { figures: rooms.figures, hold: (place, declared) => holdIn(rooms, place, declared) };
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
      // What came of it is let go: others need not wait until the answer is written.
      held.release();
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
      held.arrived();
      resolve(Buffer.concat(chunks, size));
    };
    const gone = (): void => fail(new AppError('bad-request', 400));
    const timer = setTimeout(() => fail(new AppError('too-slow', 408)), withinMs);
    stream.on('data', take).on('end', done).on('close', gone).on('error', fail);
  });
