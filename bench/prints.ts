import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { findRepeat } from '../src/features/media/server/index.ts';
import { printPicture } from '../src/features/media/server/prints/print-picture.ts';
import { readPicture } from '../src/features/media/server/testing.ts';
import { seededRandom } from '../src/platform/shared/testing/seeded-random.ts';
import { openBenchDeps } from './support/deps.ts';
import { flag, percentile, report } from './support/figures.ts';
import { startBenchPostgres, withClient } from './support/postgres.ts';
import { type BenchWorkspace, makeWorkspace } from './support/workspace.ts';

/**
 * What the repeat guard costs: looking a file up among 100,000 fingerprints of what was removed against 1,000, in alternation,
 * by its bytes and by its looks; and the print of a picture beside its thumbnail. The prints are bits of chance: those of unlike
 * pictures are as far from each other (decision 0038).
 */
const rounds = flag('rounds', 500);
const most = flag('prints', 100_000);
const least = 1_000;
const pictures = flag('pictures', 60);

/** So many of each kind; one request stands for all. */
const fill = (url: string, { workspaceId, channelId }: BenchWorkspace, prints: number) =>
  withClient(url, async (client) => {
    const id = '00000000-0000-7000-8000-000000000001';
    await client.query('insert into contact (workspace_id, id) values ($1, $2)', [workspaceId, id]);
    await client.query(
      `insert into removal_request (workspace_id, id, number, contact_id, conversation_id, channel_id, due_at)
       values ($1, $2, 1, $2, $2, $3, now())`,
      [workspaceId, id, channelId],
    );
    await client.query(
      `insert into removed_print (workspace_id, id, request_id, kind, hash, reason)
       select $1, gen_random_uuid(), $2, k, sha256(convert_to(k || n::text, 'UTF8')), 'sexual'
         from generate_series(1, $3::int) n, unnest(array['exact', 'perceptual']) k`,
      [workspaceId, id, prints],
    );
    await client.query('vacuum analyze');
  });

/** Some twenty bits turned, as in a copy. */
const likeIt = (print: Buffer, random: () => number): Buffer => {
  const like = Buffer.from(print);
  for (let n = 0; n < 20; n += 1) {
    const bit = 64 + Math.floor(random() * 192);
    like.writeUInt8(like.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
  }
  return like;
};

type Times = Record<'exact' | 'like' | 'unlike', number[]>;

const openSubject = async (url: string, prints: number) => {
  const workspace = await makeWorkspace(url);
  await fill(url, workspace, prints);
  const deps = await openBenchDeps(url);
  const { rows } = await deps.pool.query<{ kind: string; hash: Buffer }>(
    'select kind, hash from removed_print order by hash limit 400',
  );
  const hashes = (kind: string) => rows.filter((row) => row.kind === kind).map(({ hash }) => hash);
  const times: Times = { exact: [], like: [], unlike: [] };
  return { deps, workspace, times, exact: hashes('exact'), looks: hashes('perceptual') };
};
type Subject = Awaited<ReturnType<typeof openSubject>>;

const random = seededRandom(1);
let wrong = 0;

const lookUp = async ({ deps, workspace, times, exact, looks }: Subject, round: number) => {
  const [bytes, print] = [exact[round % exact.length], looks[round % looks.length]];
  if (bytes === undefined || print === undefined) {
    throw new Error('nothing to look up');
  }
  const unknown = () => randomBytes(32);
  const asked = [
    ['exact', { sha256: bytes, print: null }, 'exact'],
    ['like', { sha256: unknown(), print: likeIt(print, random) }, 'perceptual'],
    ['unlike', { sha256: unknown(), print: unknown() }, undefined],
  ] as const;
  for (const [name, file, expected] of asked) {
    const begin = performance.now();
    const found = await findRepeat(deps.db, workspace.workspaceId, file);
    times[name].push(performance.now() - begin);
    wrong += found?.kind === expected ? 0 : 1;
  }
};

/** A photograph of a phone, as WhatsApp passes it on. */
const measurePrinting = async (): Promise<{ whole: number; print: number }> => {
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
  const grain = { width: 200, height: 150, channels: 3, noise, background: '#888' } as const;
  const photo = await sharp({ create: grain })
    .resize(1_600, 1_200, { kernel: 'cubic' })
    .jpeg({ quality: 82 })
    .toBuffer();
  const directory = await mkdtemp(join(tmpdir(), 'guarita-bench-prints-'));
  try {
    const file = join(directory, 'photo.jpg');
    await writeFile(file, photo);
    const { data, info } = await sharp(file)
      .resize(640, 640, { fit: 'inside' })
      .raw()
      .toBuffer({ resolveWithObject: true });
    const [whole, print]: [number[], number[]] = [[], []];
    for (let n = 0; n < pictures; n += 1) {
      let begin = performance.now();
      await readPicture(file, 'image/jpeg');
      whole.push(performance.now() - begin);
      begin = performance.now();
      await printPicture({ ...info, points: data });
      print.push(performance.now() - begin);
    }
    return { whole: percentile(whole, 50), print: percentile(print, 50) };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};

const postgres = await startBenchPostgres();
try {
  const small = await openSubject(await postgres.makeDatabase('prints_small'), least);
  const large = await openSubject(await postgres.makeDatabase('prints_large'), most);
  const warm = 50;
  for (let round = 0; round < rounds + warm; round += 1) {
    await lookUp(small, round);
    await lookUp(large, round);
  }
  const p = (subject: Subject, name: keyof Times, at: number) =>
    percentile(subject.times[name].slice(warm), at);
  const ratio = (name: keyof Times) => p(large, name, 50) / p(small, name, 50);
  await Promise.all([small.deps.pool.end(), large.deps.pool.end()]);
  const { whole, print } = await measurePrinting();
  report(
    'prints',
    {
      ratio: Math.max(ratio('exact'), ratio('like'), ratio('unlike')),
      exactRatio: ratio('exact'),
      likeRatio: ratio('like'),
      unlikeRatio: ratio('unlike'),
      exactP50Ms: p(large, 'exact', 50),
      exactP99Ms: p(large, 'exact', 99),
      likeP50Ms: p(large, 'like', 50),
      unlikeP50Ms: p(large, 'unlike', 50),
      unlikeP99Ms: p(large, 'unlike', 99),
      smallUnlikeP50Ms: p(small, 'unlike', 50),
      wrong,
      printMs: print,
      lookingAtAPictureMs: whole,
      printShare: print / whole,
    },
    [
      { text: 'every look-up answers as it should', isMet: wrong === 0 },
      { text: 'exact look-up <= 1.3 x that among 1,000', isMet: ratio('exact') <= 1.3 },
      { text: 'look-up by looks <= 3 x that among 1,000', isMet: ratio('unlike') <= 3 },
      { text: 'a print <= a quarter of looking at the picture', isMet: print / whole <= 0.25 },
    ],
  );
} finally {
  await postgres.stop();
}
