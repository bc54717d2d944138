import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Simulator } from '../simulator/start-simulator.ts';
import { openVerdicts, type Verdicts } from './crash/verdicts.ts';
import { whyUnsafe } from './fuzz/served.ts';
import { craftedFiles, type TwistedFile, twistedFile } from './fuzz/twisted-files.ts';
import { postBroken } from './fuzz/webhooks.ts';
import type { ChildServer } from './support/child-server.ts';
import { createRandom } from './support/random.ts';
import type { OurNumber, Setting } from './support/setting.ts';
import { startDatabases, type TestDatabases } from './support/test-database.ts';
import { startWholeProduct } from './support/whole-product.ts';

/**
 * Broken webhooks through the signed door and twisted files both ways: nothing dies, nothing is a 5xx but 503, and
 * nothing that came from outside is ever served as a page. `--webhooks 100000 --files 2000` is the long run.
 */

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000_000)) },
    webhooks: { type: 'string', default: '6000' },
    files: { type: 'string', default: '150' },
  },
});
const seed = Number(values.seed);
const person = '5511970000001';
/** Bytes that are read, decoded and made smaller: not more than this, however large they say they are. */
const mostMemoryMb = 900;

interface Scene {
  readonly verdicts: Verdicts;
  readonly databases: TestDatabases;
  readonly setting: Setting;
  readonly number: OurNumber;
  readonly simulator: Simulator;
  readonly server: ChildServer;
  readonly url: string;
}

/** Someone writes, and it is stored. @returns the conversation */
const writes = async ({ simulator, setting }: Scene): Promise<string> => {
  const record = simulator.inbound({ from: person, text: 'oi' });
  await record.track.until((t) => t.state === 'delivered', 20_000);
  const { rows } = await setting.pool.query<{ id: string }>(
    `select conversation_id as id from message where external_id = $1`,
    [record.id],
  );
  const [row] = rows;
  if (row === undefined) {
    throw new Error('a good message was not stored');
  }
  return row.id;
};

const peakMemoryMb = ({ server }: Scene): number => {
  const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024);
};

const checkAlive = async (scene: Scene, after: string): Promise<void> => {
  const { verdicts, server, databases } = scene;
  verdicts.holds(`the server lives after ${after}`, !server.hasEnded());
  const stored = await writes(scene).catch((error: unknown) => String(error));
  verdicts.holds('and stores a good message', /^[0-9a-f-]{36}$/.test(stored), stored);
  verdicts.none('and the database reported no error', databases.takeErrors());
};

const fuzzWebhooks = async (scene: Scene): Promise<void> => {
  const { verdicts, url, number, server } = scene;
  const count = Number(values.webhooks);
  const started = performance.now();
  const statuses = await postBroken(url, number, { count, seed });
  const told = [...statuses].map(([status, times]) => `${status}: ${times}`).join(', ');
  console.log(
    `${count} webhooks in ${Math.round((performance.now() - started) / 1000)} s: ${told}`,
  );
  const declared = new Set([200, 400, 401, 413, 503]);
  verdicts.none(
    'every broken webhook has a declared answer',
    [...statuses.keys()].filter((status) => !declared.has(status)).map(String),
  );
  const taken = statuses.get(200) ?? 0;
  verdicts.holds('most of them get past the door', taken > count / 2, `${taken} of ${count}`);
  verdicts.none(
    'no log line has a text, a name or a number of theirs',
    server.lines.filter((line) => /Ana Souza|11987654321|respondido pelo celular/.test(line)),
  );
  await checkAlive(scene, 'broken webhooks');
};

const get = ({ url, setting }: Scene, path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${url}/api/v1${path}`, {
    ...init,
    headers: { authorization: `Bearer ${setting.agentKey}`, ...init.headers },
  });

/** @returns why the file of this message is dangerous as it is served; undefined when it is not, or is not served */
const lookAtServed = async (scene: Scene, messageId: string): Promise<string | undefined> => {
  // Covered, nothing of it would be served, and nothing would be tried.
  await get(scene, `/messages/${messageId}/media/reveal`, { method: 'POST' });
  for (const path of ['', '/thumbnail']) {
    const answer = await get(scene, `/messages/${messageId}/media${path}`);
    await answer.arrayBuffer();
    if (answer.status >= 500) {
      return `${answer.status}`;
    }
    const why = answer.status === 200 ? whyUnsafe(answer.headers) : undefined;
    if (why !== undefined) {
      return `${path} ${why}`;
    }
  }
  return undefined;
};

const upload = async (
  scene: Scene,
  { name, bytes }: TwistedFile,
): Promise<{ status: number; id: unknown; kind: unknown }> => {
  const answer = await get(scene, `/uploads?fileName=${encodeURIComponent(name)}`, {
    method: 'POST',
    body: Uint8Array.from(bytes),
    headers: { 'content-type': 'application/octet-stream' },
  });
  const body = (await answer.json()) as Record<string, unknown>;
  return { status: answer.status, id: body['id'], kind: body['kind'] };
};

const fuzzUploads = async (scene: Scene, files: readonly TwistedFile[]): Promise<void> => {
  const conversationId = await writes(scene);
  const odd: string[] = [];
  const unsafe: string[] = [];
  let taken = 0;
  for (const file of files) {
    const { status, id, kind } = await upload(scene, file);
    if (![201, 400, 413, 415, 422].includes(status)) {
      odd.push(`${file.what}: ${status}`);
    }
    if (status === 201) {
      taken += 1;
      const sent = await get(scene, `/conversations/${conversationId}/messages`, {
        method: 'POST',
        body: JSON.stringify({ type: kind, uploadId: id }),
        headers: { 'content-type': 'application/json' },
      });
      const { id: messageId } = (await sent.json()) as { id: string };
      const why =
        sent.status === 202 ? await lookAtServed(scene, messageId) : `sent: ${sent.status}`;
      if (why !== undefined) {
        unsafe.push(`${file.what}: ${why}`);
      }
    }
  }
  scene.verdicts.none('every twisted upload has a declared answer', odd);
  scene.verdicts.none(`none of the ${taken} that were taken is served as a page`, unsafe);
  await checkAlive(scene, 'twisted uploads');
};

const kinds = ['image', 'video', 'audio', 'document', 'sticker'] as const;

const fuzzReceived = async (scene: Scene, files: readonly TwistedFile[]): Promise<void> => {
  const { simulator, setting, verdicts } = scene;
  const records = files.map(({ bytes }, index) => {
    const type = kinds[index % kinds.length] ?? 'document';
    const media = { base64: bytes.toString('base64') };
    return simulator.inbound({ from: person, type, media });
  });
  // All at once: the last one waits for those before it.
  const deliveredWithin = 30_000 + files.length * 60;
  await Promise.all(
    records.map(({ track }) => track.until((t) => t.state === 'delivered', deliveredWithin)),
  );
  const states = async () =>
    (
      await setting.pool.query<{ id: string; state: string }>(
        `select f.message_id as id, f.state from message_media f
           join message m on m.workspace_id = f.workspace_id and m.id = f.message_id
          where m.external_id = any($1)`,
        [records.map(({ id }) => id)],
      )
    ).rows;
  const isUnderWay = ({ state }: { state: string }): boolean =>
    state === 'waiting' || state === 'fetching';
  const end = performance.now() + 90_000 + files.length * 200;
  for (; performance.now() < end; await sleep(200)) {
    if (!(await states()).some(isUnderWay)) {
      break;
    }
  }
  const ended = await states();
  verdicts.holds('every twisted file that came was looked at', ended.length === files.length);
  verdicts.none(
    'and has an end',
    ended.filter(isUnderWay).map(({ state }) => state),
  );
  const ready = ended.filter(({ state }) => state === 'ready');
  const unsafe: string[] = [];
  for (const { id } of ready) {
    const why = await lookAtServed(scene, id);
    unsafe.push(...(why === undefined ? [] : [why]));
  }
  verdicts.none(`none of the ${ready.length} that are kept is served as a page`, unsafe);
  await checkAlive(scene, 'twisted files from people');
};

const play = async (scene: Scene): Promise<void> => {
  const random = createRandom(seed);
  const count = Number(values.files);
  const some = (n: number) => Array.from({ length: n }, () => twistedFile(random));
  await writes(scene);
  // At its start the job queue looks for tables that are not there yet.
  scene.databases.takeErrors();
  await fuzzWebhooks(scene);
  await fuzzUploads(scene, [...craftedFiles(), ...some(count)]);
  const inbound = craftedFiles().filter(({ bytes }) => bytes.byteLength > 0);
  await fuzzReceived(scene, [...inbound, ...some(Math.ceil(count / 2))]);
  const peak = peakMemoryMb(scene);
  scene.verdicts.holds(`memory stayed under ${mostMemoryMb} MB`, peak < mostMemoryMb, `${peak} MB`);
};

const run = async (verdicts: Verdicts, databases: TestDatabases): Promise<void> => {
  const whole = await startWholeProduct(databases);
  try {
    await play({ verdicts, databases, ...whole });
    const code = await whole.server.stop();
    verdicts.holds('it stops cleanly', code === 0, String(code));
  } finally {
    await whole.close();
  }
};

console.log(`seed ${seed}`);
const verdicts = openVerdicts();
const databases = await startDatabases();
try {
  await run(verdicts, databases);
} catch (error) {
  verdicts.holds(error instanceof Error ? error.message : 'the test broke', false);
} finally {
  await databases.stop();
}
process.exit(verdicts.close() ? 0 : 1);
