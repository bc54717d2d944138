import type { Channel, Health } from '../state/channels.ts';
import type { Person } from '../state/people.ts';
import type { ThreadItem } from '../state/threads.ts';
import type { InboundRecord, World } from '../state/world.ts';

const DAY_MS = 86_400_000;
const THREAD_SHOWN = 80;

/** A phone as the control API and the page see it. */
export interface PhoneView {
  id: string;
  createdAt: number;
  number: string;
  waId: string;
  userId: string;
  name: string;
  username: string | null;
  hidden: Person['hidden'];
  isOnline: boolean;
  isOnWhatsApp: boolean;
  readsAlone: boolean;
  onDesk: boolean;
  /** Phone number ids of the businesses this person has blocked. */
  blocks: string[];
  /** Phone number ids of the businesses that have this person on WhatsApp's block list. */
  blockedBy: string[];
  windowOpen: string[];
  unread: number;
  waiting: number;
  isTypingShown: boolean;
  thread: ThreadItem[];
}

export function viewPhone(world: World, person: Person): PhoneView {
  const channels = [...world.channels.values()];
  const ids = (test: (channel: Channel) => boolean) =>
    channels.filter(test).map(({ phoneNumberId }) => phoneNumberId);
  const [first] = channels;
  return {
    id: person.id,
    createdAt: person.createdAt,
    number: person.number,
    waId: person.waId,
    userId: first === undefined ? '' : world.people.userIdFor(person, first),
    name: person.name,
    username: person.username,
    hidden: person.hidden,
    isOnline: person.isOnline,
    isOnWhatsApp: person.isOnWhatsApp,
    readsAlone: person.readsAlone,
    onDesk: person.onDesk,
    blocks: [...person.blocks],
    blockedBy: ids((channel) => channel.blockList.has(person.id)),
    windowOpen: ids(
      ({ phoneNumberId }) =>
        Math.max(
          person.lastInboundAt.get(phoneNumberId) ?? 0,
          person.lastCallAt.get(phoneNumberId) ?? 0,
        ) >
        Date.now() - DAY_MS,
    ),
    unread: person.unread.size,
    waiting: person.waiting.length,
    isTypingShown: person.typingUntil > Date.now(),
    thread: person.thread.list(THREAD_SHOWN),
  };
}

export interface ChannelView {
  phoneNumberId: string;
  wabaId: string;
  /** Made up, and shown as Meta's pages show them. */
  appSecret: string;
  accessToken: string | null;
  displayPhoneNumber: string;
  verifiedName: string;
  webhookUrl: string | null;
  coexistence: boolean;
  health: Health;
  subscribed: boolean;
  otherApp: boolean;
  fields: string[];
  handshake: Channel['handshake'];
  blockedCount: number;
}

export function viewChannel(channel: Channel): ChannelView {
  return {
    phoneNumberId: channel.phoneNumberId,
    wabaId: channel.wabaId,
    appSecret: channel.appSecret,
    accessToken: channel.accessToken,
    displayPhoneNumber: channel.displayPhoneNumber,
    verifiedName: channel.verifiedName,
    webhookUrl: channel.webhookUrl,
    coexistence: channel.coexistence,
    health: { ...channel.health },
    subscribed: channel.subscribed,
    otherApp: channel.otherApp,
    fields: [...channel.fields],
    handshake: channel.handshake,
    blockedCount: channel.blockList.size,
  };
}

/** What became of an inbound item so far. */
export function viewInbound(record: InboundRecord): object {
  const { track, ...rest } = record;
  return {
    ...rest,
    state: track.state,
    reason: track.reason,
    attempts: track.attempts,
    lastStatus: track.lastStatus,
    lastError: track.lastError,
    deliveredAt: track.deliveredAt === null ? null : new Date(track.deliveredAt).toISOString(),
  };
}
