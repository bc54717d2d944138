import type { EventLog } from '../state/event-log.ts';
import type { Settings } from '../state/settings.ts';
import { isDelivered } from '../wire/webhook-fields.ts';
import { assembleBody, type BatchShape } from './assemble-body.ts';
import { type Delivery, DeliveryLine } from './delivery-line.ts';
import { type PostResult, WebhookPool } from './post-body.ts';
import { encodeBody, signBody } from './sign-body.ts';
import type { Update } from './track.ts';

/** How the updates of one call travel; the rest is in the settings. */
export interface SendOptions {
  /** All of them in one body, now, whatever the batching settings say. */
  sameBody?: boolean;
  shape?: BatchShape;
  copies?: number;
  delayMs?: number;
}

const USER_AGENT = 'facebookexternalua';

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, key: Math.random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

/** Why the business is not told of it; null when it is. */
function whyNot({ channel, field }: Update): string | null {
  if (channel.webhookUrl === null) return 'no-webhook-url';
  if (!channel.subscribed) return 'not-subscribed';
  return isDelivered(channel.fields, field) ? null : 'field-not-subscribed';
}

/** Signs webhooks and brings them to the business: late, doubled, shuffled, batched as told. */
export class WebhookSender {
  readonly pool: WebhookPool;
  #settings: () => Settings;
  #log: EventLog;
  #concurrency: number;
  #lines = new Map<string, DeliveryLine>();
  #gathering: Update[] = [];
  #timers = new Set<NodeJS.Timeout>();

  constructor(settings: () => Settings, log: EventLog, concurrency: number) {
    this.#settings = settings;
    this.#log = log;
    this.#concurrency = concurrency;
    this.pool = new WebhookPool(concurrency);
  }

  send(updates: readonly Update[], options: SendOptions = {}): void {
    const { delayMs, jitterMs } = this.#settings().webhooks;
    const wait = (options.delayMs ?? 0) + delayMs + Math.round(Math.random() * jitterMs);
    if (wait > 0) this.#later(wait, () => this.#stage(updates, options));
    else this.#stage(updates, options);
  }

  /** Bodies not yet answered with 200. */
  get waiting(): number {
    const lines = [...this.#lines.values()].reduce((sum, line) => sum + line.waiting, 0);
    return lines + this.#gathering.length + this.#timers.size;
  }

  wake(): void {
    for (const line of this.#lines.values()) line.wake();
  }

  /** Forgets everything under way. */
  clear(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#gathering = [];
    for (const line of this.#lines.values()) line.close();
    this.#lines.clear();
  }

  close(): void {
    this.clear();
    this.pool.destroy();
  }

  #stage(updates: readonly Update[], options: SendOptions): void {
    const { batchMs, reorderMs, batchShape } = this.#settings().webhooks;
    const shape = options.shape ?? batchShape;
    if (options.sameBody === true) this.#dispatch(updates, shape, options.copies);
    else if (batchMs > 0 || reorderMs > 0) this.#gather(updates, Math.max(batchMs, reorderMs));
    else for (const update of updates) this.#dispatch([update], shape, options.copies);
  }

  #gather(updates: readonly Update[], waitMs: number): void {
    if (this.#gathering.length === 0) this.#later(waitMs, () => this.#release());
    this.#gathering.push(...updates);
  }

  #release(): void {
    const { batchMs, batchMax, batchShape, reorderMs } = this.#settings().webhooks;
    const all = reorderMs > 0 ? shuffled(this.#gathering) : this.#gathering;
    this.#gathering = [];
    const size = batchMs > 0 ? batchMax : 1;
    for (let start = 0; start < all.length; start += size) {
      this.#dispatch(all.slice(start, start + size), batchShape);
    }
  }

  /** One body for each app concerned: apps differ by URL and secret. */
  #dispatch(updates: readonly Update[], shape: BatchShape, copies?: number): void {
    const apps = new Map<string, Update[]>();
    for (const update of updates) {
      const url = update.channel.webhookUrl;
      const reason = whyNot(update);
      if (url === null || reason !== null) {
        update.track.move('dropped', reason);
        const why =
          reason === 'field-not-subscribed' ? ` (campo não assinado: ${update.field})` : '';
        this.#log.add('note', `Sem webhook: ${update.title}${why}`, { state: 'failed' });
        continue;
      }
      const key = `${url} ${update.channel.appSecret}`;
      const standing = apps.get(key);
      if (standing === undefined) apps.set(key, [update]);
      else standing.push(update);
    }
    for (const those of apps.values()) {
      this.#launch(those, shape);
      const extra = copies ?? this.#settings().webhooks.copies;
      for (let copy = 1; copy <= extra; copy += 1) {
        this.#later(20 * copy + Math.round(Math.random() * 100), () => this.#launch(those, shape));
      }
    }
  }

  #launch(updates: readonly Update[], shape: BatchShape): void {
    const channel = updates[0]?.channel;
    if (channel === undefined || channel.webhookUrl === null) return;
    const url = channel.webhookUrl;
    const { escapeSlashes, ordered, timeoutMs } = this.#settings().webhooks;
    const body = assembleBody(updates, shape);
    const bytes = encodeBody(body, escapeSlashes);
    const headers = {
      'content-type': 'application/json',
      'user-agent': USER_AGENT,
      accept: '*/*',
      'x-hub-signature-256': signBody(bytes, channel.appSecret),
    };
    const title = updates.length === 1 ? updates[0]?.title : `lote de ${updates.length}`;
    const delivery: Delivery = {
      lane: ordered && updates.length === 1 ? (updates[0]?.lane ?? null) : null,
      tracks: updates.map((update) => update.track),
      createdAt: Date.now(),
      attempts: 0,
      attempt: () => {
        for (const track of delivery.tracks) track.move('sending');
        return this.pool.post({ url: channel.webhookUrl ?? url, bytes, headers, timeoutMs });
      },
      entry: this.#log.add('webhook', title ?? 'webhook', {
        channel: channel.phoneNumberId,
        method: 'POST',
        url,
        state: 'waiting',
        request: body,
      }),
    };
    this.#line(url).add(delivery);
  }

  #line(url: string): DeliveryLine {
    const standing = this.#lines.get(url);
    if (standing !== undefined) return standing;
    const line = new DeliveryLine(
      this.#concurrency,
      () => this.#settings().webhooks,
      (delivery, result, next) => this.#report(delivery, result, next),
    );
    this.#lines.set(url, line);
    return line;
  }

  #report(delivery: Delivery, result: PostResult, next: Date | null): void {
    const status = result.kind === 'answer' ? result.status : null;
    const error = result.kind === 'answer' ? null : result.error;
    const isDelivered = status === 200;
    for (const track of delivery.tracks) {
      track.move(isDelivered ? 'delivered' : next === null ? 'dropped' : 'retrying');
      track.attempted(status, error);
    }
    const { entry } = delivery;
    const attempts = [...entry.attempts, { at: Date.now(), status, error, ms: result.ms }];
    this.#log.change(entry, {
      status,
      ms: result.ms,
      state: isDelivered ? 'ok' : next === null ? 'failed' : 'waiting',
      answer: result.kind === 'answer' ? result.body : error,
      attempts: attempts.slice(-30),
    });
  }

  #later(ms: number, then: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      then();
    }, ms);
    this.#timers.add(timer);
  }
}
