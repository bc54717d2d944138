import type { OpusTrack } from './webm-opus.ts';

const CRC_TABLE = Array.from({ length: 256 }, (_, index) => {
  let value = index << 24;
  for (let bit = 0; bit < 8; bit += 1) {
    value = (value & 0x80000000) === 0 ? value << 1 : (value << 1) ^ 0x04c11db7;
  }
  return value >>> 0;
});

function crcOf(bytes: Buffer): number {
  let crc = 0;
  for (const byte of bytes) {
    crc = ((crc << 8) ^ (CRC_TABLE[((crc >>> 24) ^ byte) & 0xff] ?? 0)) >>> 0;
  }
  return crc;
}

const SERIAL = 0x47554152;
const FIRST = 2;
const LAST = 4;

/** Packet lengths as Ogg writes them: 255 as often as it fits, then the rest. */
function lacing(packets: readonly Buffer[]): number[] {
  return packets.flatMap(({ length }) => [
    ...Array.from({ length: Math.floor(length / 255) }, () => 255),
    length % 255,
  ]);
}

function page(packets: readonly Buffer[], flags: number, granule: number, order: number): Buffer {
  const segments = lacing(packets);
  const head = Buffer.alloc(27 + segments.length);
  head.write('OggS', 0, 'latin1');
  head[5] = flags;
  head.writeBigUInt64LE(BigInt(granule), 6);
  head.writeUInt32LE(SERIAL, 14);
  head.writeUInt32LE(order, 18);
  head[26] = segments.length;
  head.set(segments, 27);
  const whole = Buffer.concat([head, ...packets]);
  whole.writeUInt32LE(crcOf(whole), 22);
  return whole;
}

/** Samples (at 48 kHz) in a packet, by its first byte. */
function samplesIn(packet: Buffer): number {
  const first = packet[0] ?? 0;
  const config = first >> 3;
  const silk = [480, 960, 1_920, 2_880];
  const frame =
    config < 12
      ? (silk[config % 4] ?? 960)
      : config < 16
        ? 480 * (1 + (config % 2))
        : 120 * 2 ** (config % 4);
  const code = first & 3;
  const count = code === 0 ? 1 : code === 3 ? (packet[1] ?? 1) & 0x3f : 2;
  return frame * count;
}

function tags(): Buffer {
  const vendor = Buffer.from('Guarita simulator');
  const bytes = Buffer.alloc(8 + 4 + vendor.length + 4);
  bytes.write('OpusTags', 0, 'latin1');
  bytes.writeUInt32LE(vendor.length, 8);
  vendor.copy(bytes, 12);
  return bytes;
}

const PER_PAGE = 50;

/** The same packets in the container that WhatsApp's voice notes have. */
export function writeOggOpus({ head, packets }: OpusTrack): Buffer {
  const pages = [page([head], FIRST, 0, 0), page([tags()], 0, 0, 1)];
  let granule = 0;
  for (let start = 0; start < packets.length; start += PER_PAGE) {
    const those = packets.slice(start, start + PER_PAGE);
    granule += those.reduce((sum, packet) => sum + samplesIn(packet), 0);
    const isLast = start + PER_PAGE >= packets.length;
    pages.push(page(those, isLast ? LAST : 0, granule, pages.length));
  }
  return Buffer.concat(pages);
}
