import type { Deps } from '#platform/server/deps.ts';
import { isListedCode } from './graph-error-codes.ts';
import { type Sighting, saveSighting } from './health-store.ts';
import type { HistoryNews } from './read-history-news.ts';

interface Place {
  readonly workspaceId: string;
  readonly channelId: string;
}

/** Remembers how numbers fare and writes it now and then, away from whatever is being received or sent. */
export interface HealthNotes {
  handshake(place: Place): void;
  /** @param delaySeconds between WhatsApp's clock in the newest message and ours */
  webhook(place: Place, delaySeconds: number | undefined): void;
  sent(place: Place): void;
  signatureFailure(place: Place): void;
  /** So many changes of one webhook, and the number that the last of them names. */
  unknownNumbers(place: Place, count: number, lastId: string): void;
  error(place: Place, code: number): void;
  /** Chunks come in any order: the furthest counts. */
  history(place: Place, news: HistoryNews): void;
  /** Entries of the address book on the company's phone came. */
  contacts(place: Place): void;
  /** Writes what is not written yet. Never throws: it is only told, nothing depends on it. */
  flush(): Promise<void>;
}

/** The first after a pause is written at once, so that whoever waits for it sees it; then no more often than this. */
const pauseMs = 2_000;

const mostCodes = 20;

const emptySighting = ({ workspaceId, channelId }: Place): Sighting => ({
  workspaceId,
  channelId,
  handshakeAt: null,
  webhookAt: null,
  sentAt: null,
  signatureFailures: 0,
  signatureFailureAt: null,
  unknownNumbers: 0,
  unknownNumberAt: null,
  unknownNumberId: null,
  delaySeconds: null,
  errors: new Map(),
  history: null,
  historyDeclinedAt: null,
  contactsAt: null,
});

/** One writer at a time; what is noted meanwhile goes with the next. */
const createWriter = (deps: Deps) => {
  let seen = new Map<string, Sighting>();
  let lastAt = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  const write = async (): Promise<void> => {
    const now = [...seen.values()];
    seen = new Map();
    lastAt = performance.now();
    for (const sighting of now) {
      try {
        await saveSighting(deps.db, sighting);
      } catch (err) {
        deps.log.warn({ err, channelId: sighting.channelId }, 'how a channel fares was not noted');
      }
    }
  };
  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.then(write);
    return writing;
  };
  return {
    flush,
    of: (place: Place): Sighting => {
      const known = seen.get(place.channelId);
      const sighting = known ?? emptySighting(place);
      if (known === undefined) {
        seen.set(place.channelId, sighting);
      }
      timer ??= setTimeout(
        () => void flush(),
        Math.max(0, lastAt + pauseMs - performance.now()),
      ).unref();
      return sighting;
    },
  };
};

const noteHistory = (seen: Sighting, news: HistoryNews): void => {
  if (news.kind === 'declined') {
    seen.historyDeclinedAt = new Date();
  } else if (news.progress >= (seen.history?.progress ?? 0)) {
    seen.history = { phase: news.phase, progress: news.progress, at: new Date() };
  }
};

export const createHealthNotes = (deps: Deps): HealthNotes => {
  const { of, flush } = createWriter(deps);
  return {
    flush,
    handshake: (place) => {
      of(place).handshakeAt = new Date();
    },
    webhook: (place, delaySeconds) => {
      const seen = of(place);
      seen.webhookAt = new Date();
      if (delaySeconds !== undefined) {
        seen.delaySeconds = Math.min(seen.delaySeconds ?? delaySeconds, delaySeconds);
      }
    },
    sent: (place) => {
      of(place).sentAt = new Date();
    },
    signatureFailure: (place) => {
      const seen = of(place);
      seen.signatureFailures += 1;
      seen.signatureFailureAt = new Date();
    },
    unknownNumbers: (place, count, lastId) => {
      const seen = of(place);
      seen.unknownNumbers += count;
      seen.unknownNumberAt = new Date();
      seen.unknownNumberId = lastId.slice(0, 64);
    },
    error: (place, code) => {
      const { errors } = of(place);
      // Whoever signs webhooks could invent codes: no memory is filled with them, and no table (counter-names.ts).
      const hasRoom = errors.has(code) || isListedCode(code) || errors.size < mostCodes;
      const key = hasRoom ? code : 'other';
      errors.set(key, (errors.get(key) ?? 0) + 1);
    },
    history: (place, news) => noteHistory(of(place), news),
    contacts: (place) => {
      of(place).contactsAt = new Date();
    },
  };
};
