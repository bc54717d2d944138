import { createHash } from 'node:crypto';
import type { CountedItem } from '../../channel.ts';
import type { Marks } from './clean-text.ts';
import { errorCounter } from './counter-names.ts';
import { asId, asInteger, asList, asWire, type Wire } from './wire.ts';

/** The channel of ours that a change was found to be for. */
export interface ChannelIds {
  readonly workspaceId: string;
  readonly channelId: string;
}

/** Whose change is read, and when it came. */
export interface Receiver extends ChannelIds {
  /** Seconds since 1970; stands in for a time that cannot be true. */
  readonly receivedAt: number;
  /** Our own number in digits, as the change names it; empty when it does not. */
  readonly displayNumber: string;
}

export const counted = (receiver: ChannelIds, name: string): CountedItem => ({
  type: 'counted',
  workspaceId: receiver.workspaceId,
  channelId: receiver.channelId,
  name,
});

const countedError = (receiver: ChannelIds, error: unknown): CountedItem => {
  const { name, ...family } = errorCounter('channel-error-', asWire(error)['code']);
  return { ...counted(receiver, name), ...family };
};

export const firstErrorCode = (holder: Wire): number | undefined =>
  asInteger(asWire(asList(holder['errors'])[0])['code']);

/** Troubles of the account or the number that belong to no message (API sheet 4.8). */
export const countErrors = (holder: Wire, receiver: ChannelIds): CountedItem[] =>
  asList(holder['errors']).map((error) => countedError(receiver, error));

/** 2009-01-01, when there was no WhatsApp. */
const earliest = 1_230_768_000;
const oneDay = 86_400;

/** Whole seconds since 1970; a time that cannot be true is replaced by that of receiving, and marked. */
export const readTimestamp = (
  value: unknown,
  receiver: Pick<Receiver, 'receivedAt'>,
  marks?: Marks,
): number => {
  const seconds = typeof value === 'string' ? Number(value) : value;
  if (
    typeof seconds === 'number' &&
    seconds >= earliest &&
    seconds <= receiver.receivedAt + oneDay
  ) {
    return Math.floor(seconds);
  }
  marks?.add('timestamp-replaced');
  return receiver.receivedAt;
};

/** Belongs to a group, which is nobody's own conversation. */
export const isOfGroup = (item: Wire): boolean => {
  const group = item['group_id'];
  return group !== undefined && group !== null && group !== '';
};

/**
 * WhatsApp's own id of an item, or one made of `content` for an item that came without a usable one: the same item
 * twice gives the same, two items give two.
 * @param content bounded, already read; never the raw object
 */
export const externalIdOf = (item: Wire, receiver: Receiver, content: unknown): string => {
  const given = asId(item['id']);
  if (given !== undefined) {
    return given;
  }
  const odd = typeof item['id'] === 'string' ? item['id'] : null;
  const parts = [receiver.channelId, odd, asId(item['timestamp'], 32) ?? null, content];
  return `none-${createHash('sha256').update(JSON.stringify(parts)).digest('hex')}`;
};
