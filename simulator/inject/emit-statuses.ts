import { titleOf } from '../graph/error-catalogue.ts';
import type { Person } from '../state/people.ts';
import { quoteOf } from '../state/threads.ts';
import type { SentMessage, World } from '../state/world.ts';
import { Track } from '../webhooks/track.ts';
import type { SendOptions } from '../webhooks/webhook-sender.ts';
import { buildStatusValue, type StatusName } from '../wire/status.ts';
import { senderOf, updateAbout } from './send-updates.ts';

const TITLES: Record<StatusName, string> = {
  sent: 'enviada',
  delivered: 'entregue',
  read: 'lida',
  played: 'ouvida',
  failed: 'falhou',
};

export interface StatusExtra {
  code?: number;
  details?: string;
  timestamp?: number;
  raw?: Record<string, unknown>;
  options?: SendOptions;
}

/** Tells the business one status of one of its messages, now. */
export function emitStatus(
  world: World,
  sent: SentMessage,
  person: Person,
  status: StatusName,
  extra: StatusExtra = {},
): Track {
  const track = new Track();
  const channel = world.channels.get(sent.channel);
  if (channel === undefined) return track;
  const code = extra.code ?? (status === 'failed' ? 131000 : null);
  const value = buildStatusValue(
    {
      id: sent.id,
      status,
      timestamp: extra.timestamp ?? Math.floor(Date.now() / 1_000),
      callbackData: sent.biz_opaque_callback_data,
      error: code === null ? null : { code, ...titleOf(code, extra.details) },
      category: sent.category,
      withContacts: world.settings.statuses.contacts,
      ...(extra.raw === undefined ? {} : { raw: extra.raw }),
    },
    senderOf(world, person, channel),
  );
  sent.statuses.push({
    status,
    at: new Date().toISOString(),
    ...(code === null ? {} : { code }),
  });
  const title = `${TITLES[status]} · ${person.name}`;
  const update = updateAbout(person, channel, { field: 'messages', value, title, track });
  const copies = world.settings.statuses.duplicate ? 1 : undefined;
  world.webhooks.send([update], {
    ...(copies === undefined ? {} : { copies }),
    ...extra.options,
  });
  return track;
}

function showArrival(world: World, sent: SentMessage, person: Person): void {
  if (sent.type === 'reaction') {
    const { message_id: target, emoji } = sent.content as { message_id: string; emoji?: string };
    const item = person.thread.get(target);
    if (item !== undefined) item.reaction = emoji ? emoji : null;
  } else if (person.thread.get(sent.id) === undefined) {
    person.thread.add({
      id: sent.id,
      channel: sent.channel,
      side: 'business',
      kind: sent.type,
      text: sent.text ?? '',
      card: sent.card,
      quotedText: quoteOf(person.thread.get(sent.context?.message_id ?? '')),
    });
    person.unread.add(sent.id);
  }
  person.typingUntil = 0;
  world.touch(person);
}

/** The person opens the conversation: everything unread turns to read. */
export function readAll(world: World, person: Person): number {
  const unread = [...person.unread];
  person.unread.clear();
  for (const id of unread) {
    const sent = world.outbox.get(id);
    if (sent !== undefined) emitStatus(world, sent, person, 'read');
  }
  world.touch(person);
  return unread.length;
}

interface Step {
  status: StatusName;
  afterMs: number;
}

function stepsAfterSent(world: World, person: Person): Step[] {
  const { deliveredMs, readMs, skipDelivered } = world.settings.statuses;
  const steps: Step[] = skipDelivered ? [] : [{ status: 'delivered', afterMs: deliveredMs }];
  if (person.readsAlone && readMs !== null) {
    steps.push({ status: 'read', afterMs: deliveredMs + readMs });
  }
  return steps;
}

function run(world: World, sent: SentMessage, person: Person, steps: Step[]): void {
  for (const { status, afterMs } of steps) {
    world.later(afterMs, () => {
      if (status !== 'read') emitStatus(world, sent, person, status);
      else if (person.unread.delete(sent.id)) emitStatus(world, sent, person, 'read');
      world.touch(person);
    });
  }
}

/** The road of an accepted message: sent, delivered, read, or what the switches make of it. */
export function followMessage(
  world: World,
  sent: SentMessage,
  person: Person,
  plan: { failCode?: number; failDetails?: string; mute?: boolean } = {},
): void {
  const { sentMs, skipSent, reorder, off } = world.settings.statuses;
  const failCode = plan.failCode ?? (person.isOnWhatsApp ? undefined : 131026);
  if (failCode !== undefined) {
    const extra = plan.failDetails === undefined ? {} : { details: plan.failDetails };
    world.later(sentMs, () => {
      emitStatus(world, sent, person, 'failed', { code: failCode, ...extra });
    });
    return;
  }
  const isMuted = off || plan.mute === true;
  const isBlockedByPerson = person.blocks.has(sent.channel);
  const first: Step[] = skipSent ? [] : [{ status: 'sent', afterMs: sentMs }];
  if (isBlockedByPerson) {
    if (!isMuted) run(world, sent, person, first);
    return;
  }
  const arrive = (before: Step[], lead: number) => {
    showArrival(world, sent, person);
    if (isMuted) return;
    const rest = sent.type === 'reaction' ? [] : stepsAfterSent(world, person);
    const steps = [...before, ...rest.map((step) => ({ ...step, afterMs: step.afterMs + lead }))];
    run(world, sent, person, reorder ? reversed(steps) : steps);
  };
  if (person.isOnline) {
    arrive(first, sentMs);
    return;
  }
  if (!isMuted) run(world, sent, person, first);
  person.waiting.push(() => arrive([], 0));
}

function reversed(steps: readonly Step[]): Step[] {
  return steps.map(({ afterMs }, index) => ({
    afterMs,
    status: steps[steps.length - 1 - index]?.status ?? 'sent',
  }));
}
