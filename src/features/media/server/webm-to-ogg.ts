import { oggOf } from './ogg-pages.ts';

/** Names of elements (RFC 8794, Matroska) that hold others: their inside is read as if it stood beside them. */
const masters = new Set([0x18538067, 0x1654ae6b, 0xae, 0x1f43b675, 0xa0]);
const codecId = 0x86;
const codecPrivate = 0x63a2;
const simpleBlock = 0xa3;
const block = 0xa1;

interface Element {
  readonly id: number;
  /** Undefined for a master of unknown size, as a recording that is still going on has. */
  readonly size: number | undefined;
  readonly from: number;
}

/** A number whose first set bit tells how many bytes it has. @returns undefined for what is none */
const readNumber = (
  bytes: Buffer,
  at: number,
  keepsMark: boolean,
): { value: number; length: number; isUnknown: boolean } | undefined => {
  const first = bytes[at] ?? 0;
  const length = Math.clz32(first) - 23;
  if (first === 0 || at + length > bytes.byteLength) {
    return undefined;
  }
  let value = keepsMark ? first : first & (0xff >> length);
  let isUnknown = (first & (0xff >> length)) === 0xff >> length;
  for (let n = 1; n < length; n += 1) {
    const next = bytes[at + n] ?? 0;
    value = value * 256 + next;
    isUnknown &&= next === 0xff;
  }
  return { value, length, isUnknown };
};

const readElement = (bytes: Buffer, at: number): Element | undefined => {
  const id = readNumber(bytes, at, true);
  const size = id === undefined ? undefined : readNumber(bytes, at + id.length, false);
  return id === undefined || size === undefined
    ? undefined
    : {
        id: id.value,
        size: size.isUnknown ? undefined : size.value,
        from: at + id.length + size.length,
      };
};

/** Number of the track, time, flags, then the packet itself. @returns undefined for several packets in one */
const packetIn = (part: Buffer): Buffer | undefined => {
  const track = readNumber(part, 0, false);
  if (track === undefined || part.byteLength <= track.length + 3) {
    return undefined;
  }
  const isLaced = ((part[track.length + 2] ?? 0) & 0x06) !== 0;
  return isLaced ? undefined : part.subarray(track.length + 3);
};

interface Found {
  head: Buffer | undefined;
  readonly packets: Buffer[];
}

/** @returns false for what cannot be taken over */
const takeElement = (found: Found, id: number, part: Buffer): boolean => {
  switch (id) {
    case codecId:
      return part.toString('latin1').replace(/\0+$/, '') === 'A_OPUS';
    case codecPrivate: {
      const isSecondTrack = found.head !== undefined;
      found.head = part;
      return !isSecondTrack && part.toString('latin1', 0, 8) === 'OpusHead';
    }
    case simpleBlock:
    case block: {
      const packet = packetIn(part);
      if (packet !== undefined) {
        found.packets.push(packet);
      }
      return packet !== undefined;
    }
    default:
      return true;
  }
};

/**
 * What browsers record (Opus in WebM) as what WhatsApp takes for a voice note (Opus in Ogg): the same sound in another
 * wrapping, nothing is decoded.
 * @returns undefined for what holds anything but one track of Opus
 */
export const webmToOgg = (bytes: Buffer): Buffer | undefined => {
  const found: Found = { head: undefined, packets: [] };
  for (let at = 0; at < bytes.byteLength; ) {
    const element = readElement(bytes, at);
    if (element === undefined) {
      return undefined;
    }
    const { id, size, from } = element;
    if (masters.has(id)) {
      at = from;
      continue;
    }
    if (size === undefined || from + size > bytes.byteLength) {
      break;
    }
    if (!takeElement(found, id, bytes.subarray(from, from + size))) {
      return undefined;
    }
    at = from + size;
  }
  const { head, packets } = found;
  return head === undefined || packets.length === 0 ? undefined : oggOf(head, packets);
};
