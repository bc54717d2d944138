/** What stands inside a WebM file with one Opus track. */
export interface OpusTrack {
  /** The `OpusHead` packet. */
  head: Buffer;
  packets: Buffer[];
}

const SEGMENT = 0x18538067;
const TRACKS = 0x1654ae6b;
const TRACK_ENTRY = 0xae;
const CODEC_PRIVATE = 0x63a2;
const CLUSTER = 0x1f43b675;
const BLOCK_GROUP = 0xa0;
const BLOCK = 0xa1;
const SIMPLE_BLOCK = 0xa3;

const PARENTS = new Set([SEGMENT, TRACKS, TRACK_ENTRY, CLUSTER, BLOCK_GROUP]);

interface Element {
  id: number;
  /** Where its content starts and ends; a live recording leaves the end open. */
  start: number;
  end: number;
}

function vintLength(first: number): number {
  for (let length = 1; length <= 8; length += 1) {
    if ((first & (0x80 >> (length - 1))) !== 0) return length;
  }
  throw new Error('not a WebM file');
}

function numberAt(bytes: Buffer, at: number, length: number): number {
  let value = 0;
  for (let index = 0; index < length; index += 1) value = value * 256 + (bytes[at + index] ?? 0);
  return value;
}

function elementAt(bytes: Buffer, at: number): Element {
  const idLength = vintLength(bytes[at] ?? 0);
  const sizeAt = at + idLength;
  const sizeLength = vintLength(bytes[sizeAt] ?? 0);
  const marker = 2 ** (7 * sizeLength);
  const size = numberAt(bytes, sizeAt, sizeLength) - marker;
  const start = sizeAt + sizeLength;
  const isOpenEnded = size === marker - 1;
  return {
    id: numberAt(bytes, at, idLength),
    start,
    end: isOpenEnded ? bytes.length : Math.min(bytes.length, start + size),
  };
}

/** Reads a recording of a browser that writes WebM. */
export function readWebmOpus(bytes: Buffer): OpusTrack {
  let head: Buffer | null = null;
  const packets: Buffer[] = [];
  let at = 0;
  while (at + 2 < bytes.length) {
    const { id, start, end } = elementAt(bytes, at);
    if (id === CODEC_PRIVATE) head = bytes.subarray(start, end);
    // A block starts with its track number, a time of two bytes and a byte of flags.
    if (id === SIMPLE_BLOCK || id === BLOCK) {
      packets.push(bytes.subarray(start + vintLength(bytes[start] ?? 0) + 3, end));
    }
    at = PARENTS.has(id) ? start : end;
  }
  if (head?.subarray(0, 8).toString('latin1') !== 'OpusHead' || packets.length === 0) {
    throw new Error('no Opus track in this WebM file');
  }
  return { head, packets };
}
