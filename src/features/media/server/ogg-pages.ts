/** CRC of Ogg: polynomial 0x04c11db7, nothing reflected, from zero (RFC 3533). */
const table = Uint32Array.from({ length: 256 }, (_none, index) => {
  let crc = index << 24;
  for (let bit = 0; bit < 8; bit += 1) {
    crc = crc < 0 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  }
  return crc >>> 0;
});

const checksum = (bytes: Buffer): number => {
  let crc = 0;
  for (const byte of bytes) {
    crc = ((crc << 8) ^ (table[((crc >>> 24) ^ byte) & 0xff] ?? 0)) >>> 0;
  }
  return crc;
};

const firstPage = 2;
const lastPage = 4;
const mostSegments = 255;
/** A second of sound, so that a player finds its way. */
const mostPackets = 50;
/** Any number will do: there is one stream. */
const serial = 0x67726974;

/** Lengths of the segments of a packet: 255 until one that is shorter. */
const lacingOf = (packet: Buffer): number[] => [
  ...new Array<number>(Math.floor(packet.byteLength / 255)).fill(255),
  packet.byteLength % 255,
];

const pageOf = (
  number: number,
  flags: number,
  samples: number,
  packets: readonly Buffer[],
): Buffer => {
  const lacing = packets.flatMap(lacingOf);
  const head = Buffer.alloc(27);
  head.write('OggS', 0, 'latin1');
  head[5] = flags;
  head.writeBigInt64LE(BigInt(samples), 6);
  head.writeUInt32LE(serial, 14);
  head.writeUInt32LE(number, 18);
  head[26] = lacing.length;
  const page = Buffer.concat([head, Buffer.from(lacing), ...packets]);
  page.writeUInt32LE(checksum(page), 22);
  return page;
};

const samplesPerMs = 48;

/** How long one frame is, by the first byte of a packet (RFC 6716, 3.1). */
const frameMs = (toc: number): number => {
  const config = toc >> 3;
  if (config < 12) {
    return [10, 20, 40, 60][config % 4] ?? 20;
  }
  return config < 16 ? ([10, 20][config % 2] ?? 20) : ([2.5, 5, 10, 20][config % 4] ?? 20);
};

const samplesIn = (packet: Buffer): number => {
  const toc = packet[0] ?? 0;
  const code = toc & 3;
  const frames = code === 0 ? 1 : code === 3 ? (packet[1] ?? 0) & 0x3f : 2;
  return frames * frameMs(toc) * samplesPerMs;
};

const tags = (): Buffer => {
  const vendor = Buffer.from('Guarita');
  const head = Buffer.alloc(12);
  head.write('OpusTags', 0, 'latin1');
  head.writeUInt32LE(vendor.byteLength, 8);
  return Buffer.concat([head, vendor, Buffer.alloc(4)]);
};

/**
 * Packets of Opus as an Ogg file (RFC 7845).
 * @returns undefined when a packet is larger than any of Opus can be
 */
export const oggOf = (head: Buffer, packets: readonly Buffer[]): Buffer | undefined => {
  const pages = [pageOf(0, firstPage, 0, [head]), pageOf(1, 0, 0, [tags()])];
  let waiting: Buffer[] = [];
  let segments = 0;
  let samples = 0;
  const flush = (flags: number): void => {
    pages.push(pageOf(pages.length, flags, samples, waiting));
    waiting = [];
    segments = 0;
  };
  for (const packet of packets) {
    const needed = lacingOf(packet).length;
    if (needed > mostSegments) {
      return undefined;
    }
    if (waiting.length === mostPackets || segments + needed > mostSegments) {
      flush(0);
    }
    waiting.push(packet);
    segments += needed;
    samples += samplesIn(packet);
  }
  flush(lastPage);
  return Buffer.concat(pages);
};
