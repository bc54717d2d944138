import { MediaStore } from '../media/media-store.ts';
import { TemplateBook } from '../templates/template-book.ts';
import { WebhookSender } from '../webhooks/webhook-sender.ts';
import { type Channel, startAnew } from './channels.ts';
import { EventLog } from './event-log.ts';
import { FaultBook } from './faults.ts';
import { HeldAnswers } from './held-answers.ts';
import { People } from './people.ts';
import { RateLimits } from './rate-limits.ts';
import type { Settings } from './settings.ts';
import type { World } from './world.ts';

export interface WorldOptions {
  channels: readonly Channel[];
  settings: Settings;
  accessToken: string | null;
  logLimit: number;
  concurrency: number;
}

export interface WorldControl {
  world: World;
  /** Back to the beginning: nobody, nothing sent, nothing under way. */
  clear: () => void;
  close: () => void;
}

export function createWorld(options: WorldOptions): WorldControl {
  const timers = new Set<NodeJS.Timeout>();
  let underWay = 0;
  const log = new EventLog(options.logLimit);
  const current = () => world.settings;
  const world: World = {
    channels: new Map(options.channels.map((channel) => [channel.phoneNumberId, channel])),
    people: new People(() => current().rewriteWaId),
    faults: new FaultBook(),
    held: new HeldAnswers(),
    limits: new RateLimits(() => current().limits),
    media: new MediaStore(),
    templates: new TemplateBook(),
    log,
    webhooks: new WebhookSender(current, log, options.concurrency),
    outbox: new Map(),
    reads: [],
    inbound: new Map(),
    accessToken: options.accessToken,
    settings: options.settings,
    publicUrl: 'http://127.0.0.1',
    touch: (person) => {
      for (const listener of world.onTouch) listener(person);
    },
    onTouch: new Set(),
    onSent: new Set(),
    later: (ms, work) => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        work();
      }, ms);
      timers.add(timer);
    },
    during: (work) => {
      underWay += 1;
      const end = () => {
        underWay -= 1;
      };
      work.then(end, end);
    },
    planned: () => timers.size + underWay,
  };
  const dropTimers = () => {
    for (const timer of timers) clearTimeout(timer);
    timers.clear();
    world.held.release();
  };
  const clear = () => {
    dropTimers();
    world.faults.clear();
    world.limits.clear();
    world.webhooks.clear();
    world.people.clear();
    world.outbox.clear();
    world.inbound.clear();
    world.reads.length = 0;
    world.media.clear();
    world.templates.clear();
    for (const channel of world.channels.values()) startAnew(channel);
    log.clear();
    world.settings = options.settings;
  };
  const close = () => {
    dropTimers();
    world.webhooks.close();
  };
  return { world, clear, close };
}
