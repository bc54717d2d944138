import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { readPicture } from '#features/media/server/testing.ts';
import { startSimulator } from '../simulator/start-simulator.ts';
import { flag, report } from './support/figures.ts';
import { startBenchPostgres, withClient } from './support/postgres.ts';
import { startBenchServer } from './support/server.ts';
import { appSecret, makeWorkspace, phoneNumberId } from './support/workspace.ts';

/**
 * So many pictures arrive at once: they are fetched, looked at, made smaller and kept, by a server whose memory must
 * not grow with their number: what the last quarter takes at the most is held against the second. The reference makes the same thumbnails of the same files, and does nothing else.
 */
const count = flag('pictures', 1_000);
const atOnce = 4;

/** A photograph of a phone, as WhatsApp passes it on: 1,600 by 1,200, some 300 kB. */
const aPhoto = (): Promise<Buffer> => {
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
  const grain = { width: 200, height: 150, channels: 3, noise, background: '#888' } as const;
  return sharp({ create: grain })
    .resize(1_600, 1_200, { kernel: 'cubic' })
    .jpeg({ quality: 82 })
    .toBuffer();
};

/** The same picture with a comment of its own, so that its bytes are like no other's. */
const withComment = (photo: Buffer, n: number): Buffer => {
  const text = Buffer.from(`picture ${n}`);
  const head = Buffer.from([0xff, 0xfe, 0, text.byteLength + 2]);
  return Buffer.concat([photo.subarray(0, 2), head, text, photo.subarray(2)]);
};

const measureSharp = async (photo: Buffer, directory: string): Promise<number> => {
  const file = join(directory, 'photo.jpg');
  await writeFile(file, photo);
  let left = count;
  const begin = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (left > 0) {
        left -= 1;
        await readPicture(file, 'image/jpeg');
      }
    }),
  );
  return (count * 1_000) / (performance.now() - begin);
};

const postgres = await startBenchPostgres();
const directory = await mkdtemp(join(tmpdir(), 'guarita-bench-media-'));
const simulator = await startSimulator({
  handshake: false,
  channels: [
    {
      phoneNumberId,
      wabaId: '900000000000002',
      displayPhoneNumber: '5511900000009',
      appSecret,
      verifyToken: 'verify',
    },
  ],
});
try {
  const url = await postgres.makeDatabase('guarita_bench');
  await makeWorkspace(url);
  const photo = await aPhoto();
  const before = await measureSharp(photo, directory);
  const server = await startBenchServer(url, {
    GUARITA_DATA_DIR: join(directory, 'data'),
    GRAPH_API_URL: simulator.url,
  });
  simulator.setWebhookUrl(`${server.url}/webhooks/whatsapp`);
  const ready = (): Promise<number> =>
    withClient(url, async (client) => {
      const { rows } = await client.query<{ n: string }>(
        `select count(*) as n from message_media where state = 'ready' and thumbnail_sha256 is not null`,
      );
      return Number(rows[0]?.n);
    });
  /** @returns the most memory while each quarter of them came, in megabytes */
  const receive = async (from: number, to: number): Promise<number[]> => {
    const most = [0, 0, 0, 0];
    for (let n = from; n < to; n += 1) {
      const base64 = withComment(photo, n).toString('base64');
      const from = `55119${70_000_000 + (n % 50)}`;
      simulator.inbound({ channel: phoneNumberId, from, type: 'image', media: { base64 } });
    }
    for (const end = performance.now() + 300_000; performance.now() < end; await sleep(100)) {
      const here = await ready();
      const quarter = Math.min(3, Math.floor((4 * (here - from)) / (to - from)));
      most[quarter] = Math.max(most[quarter] ?? 0, await server.memoryMb());
      if (here >= to) {
        break;
      }
    }
    return most;
  };
  // The first hundred: code and libraries come into memory, once.
  const first = Math.max(...(await receive(0, 100)));
  const begin = performance.now();
  const quarters = await receive(100, 100 + count);
  const perSecond = (count * 1_000) / (performance.now() - begin);
  const kept = await ready();
  await server.stop();
  const after = await measureSharp(photo, directory);

  const sharpPerSecond = (before + after) / 2;
  const ratio = perSecond / sharpPerSecond;
  report(
    'media',
    {
      ratio,
      picturesPerSecond: perSecond,
      sharpPerSecond,
      pictureBytes: photo.byteLength,
      kept,
      memoryAfterHundredMb: first,
      ...Object.fromEntries(quarters.map((mb, at) => [`memoryQuarter${at + 1}Mb`, mb])),
      memoryRatio: (quarters[3] ?? 0) / (quarters[1] ?? 0),
    },
    [
      { text: 'every picture is here with its thumbnail', isMet: kept === count + 100 },
      {
        text: 'memory flat: the last quarter takes <= 1.1 x the second',
        isMet: (quarters[3] ?? 0) <= 1.1 * (quarters[1] ?? 0),
      },
    ],
  );
} finally {
  await simulator.close();
  await rm(directory, { recursive: true, force: true });
  await postgres.stop();
}
