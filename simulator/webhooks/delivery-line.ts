import type { LogEntry } from '../state/event-log.ts';
import type { Settings } from '../state/settings.ts';
import type { PostResult } from './post-body.ts';
import type { Track } from './track.ts';

/** One body on its way, with everybody who wants to hear of it. */
export interface Delivery {
  lane: string | null;
  tracks: readonly Track[];
  entry: LogEntry;
  createdAt: number;
  attempts: number;
  attempt(): Promise<PostResult>;
}

type WebhookSettings = Settings['webhooks'];

/**
 * The queue towards one URL. Bodies leave in parallel, but one at a time for each lane. Any
 * answer but 200 brings the body back later; while nobody listens at the URL, one body probes and
 * the rest wait, so that a restarted server gets everything soon and in order.
 */
export class DeliveryLine {
  #settings: () => WebhookSettings;
  #report: (delivery: Delivery, result: PostResult, next: Date | null) => void;
  #concurrency: number;
  #ready: Delivery[] = [];
  #parked = new Map<string, Delivery[]>();
  #busy = new Set<string>();
  #timers = new Set<NodeJS.Timeout>();
  #running = 0;
  #failures = 0;
  #resting = false;
  #closed = false;

  constructor(
    concurrency: number,
    settings: () => WebhookSettings,
    report: (delivery: Delivery, result: PostResult, next: Date | null) => void,
  ) {
    this.#concurrency = concurrency;
    this.#settings = settings;
    this.#report = report;
  }

  get waiting(): number {
    const parked = [...this.#parked.values()].reduce((sum, lane) => sum + lane.length, 0);
    return this.#ready.length + parked + this.#running + this.#timers.size;
  }

  add(delivery: Delivery): void {
    this.#ready.push(delivery);
    this.pump();
  }

  /** Tries again now: a new URL, or the pause is over. */
  wake(): void {
    this.#resting = false;
    this.#failures = 0;
    this.pump();
  }

  close(): void {
    this.#closed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#ready = [];
    this.#parked.clear();
  }

  pump(): void {
    while (!this.#closed && this.#running < this.#room()) {
      const delivery = this.#ready.shift();
      if (delivery === undefined) return;
      if (delivery.lane !== null && this.#busy.has(delivery.lane)) this.#park(delivery);
      else void this.#run(delivery);
    }
  }

  #room(): number {
    if (this.#settings().paused || this.#resting) return 0;
    return this.#failures > 0 ? 1 : this.#concurrency;
  }

  #park(delivery: Delivery): void {
    const lane = delivery.lane ?? '';
    const standing = this.#parked.get(lane);
    if (standing === undefined) this.#parked.set(lane, [delivery]);
    else standing.push(delivery);
  }

  async #run(delivery: Delivery): Promise<void> {
    this.#running += 1;
    if (delivery.lane !== null) this.#busy.add(delivery.lane);
    delivery.attempts += 1;
    const result = await delivery.attempt();
    this.#running -= 1;
    if (delivery.lane !== null) this.#busy.delete(delivery.lane);
    if (this.#closed) return;
    // While nobody listens, the rest of the lane stays parked behind this one.
    if (result.kind !== 'unreachable') this.#unpark(delivery.lane);
    this.#judge(delivery, result);
    this.pump();
  }

  #unpark(lane: string | null): void {
    if (lane === null) return;
    const standing = this.#parked.get(lane);
    const next = standing?.shift();
    if (next !== undefined) this.#ready.unshift(next);
    if (standing?.length === 0) this.#parked.delete(lane);
  }

  #judge(delivery: Delivery, result: PostResult): void {
    if (result.kind === 'unreachable') {
      this.#ready.unshift(delivery);
      this.#report(delivery, result, this.#rest());
      return;
    }
    this.#failures = 0;
    const late = Date.now() - delivery.createdAt > this.#settings().giveUpAfterMs;
    if ((result.kind === 'answer' && result.status === 200) || late) {
      this.#report(delivery, result, null);
      return;
    }
    const wait = this.#backOff(delivery.attempts);
    this.#later(wait, () => this.add(delivery));
    this.#report(delivery, result, new Date(Date.now() + wait));
  }

  /** Nobody listens at the URL: everything rests, then one body tries. */
  #rest(): Date {
    const wait = this.#backOff(this.#failures + 1);
    if (!this.#resting) {
      this.#failures += 1;
      this.#resting = true;
      this.#later(wait, () => {
        this.#resting = false;
        this.pump();
      });
    }
    return new Date(Date.now() + wait);
  }

  #backOff(attempt: number): number {
    const { firstRetryMs, retryFactor, maxRetryMs } = this.#settings();
    return Math.min(maxRetryMs, Math.round(firstRetryMs * retryFactor ** (attempt - 1)));
  }

  #later(ms: number, then: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      then();
    }, ms);
    this.#timers.add(timer);
  }
}
