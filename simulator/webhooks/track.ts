import type { Channel } from '../state/channels.ts';

export type TrackState =
  | 'waiting'
  | 'held'
  | 'sending'
  | 'retrying'
  | 'delivered'
  | 'dropped'
  | 'suppressed';

/** What became of one update on its way to the business; somebody may wait for it. */
export class Track {
  state: TrackState = 'waiting';
  reason: string | null = null;
  attempts = 0;
  lastStatus: number | null = null;
  lastError: string | null = null;
  deliveredAt: number | null = null;
  #waiters = new Set<() => void>();

  move(state: TrackState, reason: string | null = null): void {
    // A second copy under way does not undo what the first one reached.
    if (this.state === 'delivered') return;
    this.state = state;
    this.reason = reason;
    if (state === 'delivered') this.deliveredAt = Date.now();
    this.#wake();
  }

  attempted(status: number | null, error: string | null): void {
    this.attempts += 1;
    this.lastStatus = status;
    this.lastError = error;
    this.#wake();
  }

  get isOver(): boolean {
    return this.state === 'delivered' || this.state === 'dropped' || this.state === 'suppressed';
  }

  /** Resolves when `enough` holds, or when the time is up. */
  until(enough: (track: Track) => boolean, withinMs: number): Promise<void> {
    if (enough(this)) return Promise.resolve();
    return new Promise((resolve) => {
      const finish = () => {
        clearTimeout(timer);
        this.#waiters.delete(check);
        resolve();
      };
      const check = () => {
        if (enough(this)) finish();
      };
      const timer = setTimeout(finish, withinMs);
      this.#waiters.add(check);
    });
  }

  /** Calls once, when nothing more will happen to the update. */
  whenOver(then: () => void): void {
    const check = () => {
      if (!this.isOver) return;
      this.#waiters.delete(check);
      then();
    };
    this.#waiters.add(check);
    check();
  }

  #wake(): void {
    for (const waiter of [...this.#waiters]) waiter();
  }
}

/** One piece of news for a business: what stands in one `changes[].value`, less its metadata. */
export interface Update {
  channel: Channel;
  field: string;
  value: Record<string, unknown>;
  /** Conversation it belongs to; updates of one lane keep their order on the wire. */
  lane: string;
  title: string;
  track: Track;
  /** Of an account, not of a number: goes without metadata. */
  isAccountNews?: true;
}
