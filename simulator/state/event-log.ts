export type LogKind = 'webhook' | 'api' | 'handshake' | 'note';

export interface LogAttempt {
  at: number;
  status: number | null;
  error: string | null;
  ms: number;
}

/** One line of the log: a webhook with all its attempts, an API call, or a remark. */
export interface LogEntry {
  id: number;
  at: number;
  kind: LogKind;
  title: string;
  channel: string | null;
  method: string | null;
  url: string | null;
  status: number | null;
  state: 'ok' | 'waiting' | 'failed';
  ms: number | null;
  request: unknown;
  answer: unknown;
  attempts: LogAttempt[];
}

type Draft = Partial<Omit<LogEntry, 'id' | 'at' | 'kind' | 'title'>>;

/** The last so many events, newest last, with listeners that hear every change. */
export class EventLog {
  #limit: number;
  #entries = new Map<number, LogEntry>();
  #listeners = new Set<(entry: LogEntry) => void>();
  #next = 1;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(kind: LogKind, title: string, draft: Draft = {}): LogEntry {
    const entry: LogEntry = {
      id: this.#next,
      at: Date.now(),
      kind,
      title,
      channel: null,
      method: null,
      url: null,
      status: null,
      state: 'ok',
      ms: null,
      request: null,
      answer: null,
      attempts: [],
      ...draft,
    };
    this.#next += 1;
    if (this.#limit > 0) this.#keep(entry);
    this.#tell(entry);
    return entry;
  }

  change(entry: LogEntry, draft: Draft): void {
    Object.assign(entry, draft);
    this.#tell(entry);
  }

  list(after = 0, limit = 500): LogEntry[] {
    return [...this.#entries.values()].filter((entry) => entry.id > after).slice(-limit);
  }

  clear(): void {
    this.#entries.clear();
  }

  listen(listener: (entry: LogEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #keep(entry: LogEntry): void {
    this.#entries.set(entry.id, entry);
    if (this.#entries.size <= this.#limit) return;
    const oldest = this.#entries.keys().next();
    if (!oldest.done) this.#entries.delete(oldest.value);
  }

  #tell(entry: LogEntry): void {
    for (const listener of this.#listeners) listener(entry);
  }
}
