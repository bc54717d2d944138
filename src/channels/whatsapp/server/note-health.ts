import type { Deps } from '#platform/server/deps.ts';
import { isListedCode } from './graph-error-codes.ts';
import { type Sighting, saveSighting } from './health-store.ts';
import type { AccountNews } from './read-account-news.ts';
import type { HistoryNews } from './read-history-news.ts';

interface Place {
  readonly workspaceId: string;
  readonly channelId: string;
}

/** Remembers how numbers fare and writes it now and then, away from whatever is being received or sent. */
export interface HealthNotes {
  handshake(place: Place): void;
  /** @param newest of its messages, by WhatsApp's clock, and how much later by ours it came */
  webhook(place: Place, newest?: { readonly writtenAt: Date; readonly delaySeconds: number }): void;
  sent(place: Place): void;
  signatureFailure(place: Place): void;
  /** So many changes of one webhook, and the number that the last of them names. */
  unknownNumbers(place: Place, count: number, lastId: string): void;
  error(place: Place, code: number): void;
  /** Chunks come in any order: the furthest counts. */
  history(place: Place, news: HistoryNews): void;
  /** Entries of the address book on the company's phone came. */
  contacts(place: Place): void;
  account(place: Place, news: AccountNews): void;
  /** Writes what is not written yet. Never throws: it is only told, nothing depends on it. */
  flush(): Promise<void>;
}

/** The first after a pause is written at once, so that whoever waits for it sees it; then no more often than this. */
const pauseMs = 2_000;

const mostCodes = 20;
/** Of an account at once: whoever signs webhooks could name any numbers. */
const mostNews = 60;

const latest = (known: Date | null, at: Date): Date => (known !== null && known > at ? known : at);

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
  writtenAt: null,
  accountNews: new Map(),
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
    webhook: (place, newest) => {
      const seen = of(place);
      seen.webhookAt = new Date();
      if (newest !== undefined) {
        const { delaySeconds, writtenAt } = newest;
        seen.delaySeconds = Math.min(seen.delaySeconds ?? delaySeconds, delaySeconds);
        seen.writtenAt = latest(seen.writtenAt, writtenAt);
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
    account: (place, news) => {
      const { accountNews } = of(place);
      const key = `${news.kind} ${news.phone ?? ''}`;
      const known = accountNews.get(key);
      if (known !== undefined || accountNews.size < mostNews) {
        accountNews.set(key, known !== undefined && known.at > news.at ? known : news);
      }
    },
  };
};
