import { setTimeout as sleep } from 'node:timers/promises';
import { httpTo } from '../../src/app/server/testing/http-client.ts';
import { textFrom, write } from '../../src/app/server/testing/signed-webhook.ts';
import { ask, mainProgram, startInVain } from '../backup/installation.ts';
import { crashChannel } from '../crash/product.ts';
import { roleProcess } from '../crash/role-process.ts';
import { customerOf, journalKeys, type Scene } from './scene.ts';

/** A journal that does not fit is no start; each time it is put back as it was. */
const checkRefusals = async (
  scene: Scene,
  env: Readonly<Record<string, string>>,
): Promise<void> => {
  const keys = await journalKeys(scene);
  const lines = await Promise.all(keys.map((one) => scene.bucket.read(one)));
  const last = keys.at(-1) ?? '';
  const refused = async (what: string, words: string): Promise<void> => {
    const { code, output } = await startInVain(env['GUARITA_DATA_DIR'] ?? '', env);
    const isSo = code === 1 && output.includes(words) && output.includes('journal recreate');
    scene.verdicts.holds(
      `with a journal that is ${what} nothing starts, and the way out is said`,
      isSo,
    );
    if (!isSo) {
      console.log(output);
    }
  };
  await scene.bucket.write(last, (lines.at(-1) ?? '').replace('"seq"', '"Seq"'));
  await refused('tampered with', 'is not what was written there');
  await scene.bucket.write(last, lines.at(-1) ?? '');
  for (const one of keys.slice(1)) {
    await scene.bucket.remove(one);
  }
  await refused('behind', 'an older copy lies there');
  await scene.bucket.remove(keys[0] ?? '');
  await refused('absent', 'there is no journal');
  for (const [n, one] of keys.entries()) {
    await scene.bucket.write(one, lines[n] ?? '');
  }
};

/** On the older database, from the first answer on. */
export const checkComeBack = async (
  scene: Scene,
  databaseUrl: string,
  gone: readonly string[],
  heldId: string,
): Promise<void> => {
  const { cluster, verdicts } = scene;
  const ports = cluster.webUrls.map((url) => new URL(url).port);
  const env = { ...scene.env, DATABASE_URL: databaseUrl };
  await checkRefusals(scene, env);
  const nodes = [
    ...ports.map((port) => roleProcess('web', mainProgram, { ...env, PORT: port })),
    roleProcess('worker', mainProgram, env),
    roleProcess('worker', mainProgram, env),
  ];
  try {
    await Promise.all(nodes.map((node) => node.start()));
    const number = {
      channelId: cluster.channelId,
      ...{ phoneNumberId: crashChannel.phoneNumberId, wabaId: crashChannel.wabaId },
      ...{ displayNumber: crashChannel.displayPhoneNumber },
      ...{ appSecret: crashChannel.appSecret, verifyToken: crashChannel.verifyToken },
    };
    const http = httpTo(cluster.webUrls[1]);
    const says = (n: number, text: string, id?: string) => {
      const person = { name: 'Alguém', phone: customerOf(scene, n).phone, bsuid: `BR.${n}` };
      return write(http, number, person, textFrom(person, text, id === undefined ? {} : { id }));
    };
    for (const id of gone) {
      await says(3, 'outra vez', id);
    }
    await says(1, 'deixa eu entrar');
    // What comes from the second of the lift is of the time before it.
    await sleep(1_100);
    await says(2, 'de volta');
    const rows = await ask<{ text: string }>(
      databaseUrl,
      `select text from message where text in ('outra vez', 'deixa eu entrar', 'de volta')`,
    );
    verdicts.holds(
      'nothing that was removed is stored again, whoever was blocked is kept out, whoever was let in comes in',
      rows.map(({ text }) => text).join() === 'de volta',
      rows.map(({ text }) => text).join(),
    );
    const [tombstone] = await ask<{ text: string | null; number: number | null }>(
      databaseUrl,
      'select text, removal_number as number from message where id = $1',
      [heldId],
    );
    verdicts.holds(
      'what the older database still held is removed again',
      tombstone?.text === null && (tombstone.number ?? 0) > 0,
    );
    const acts = await ask<{ action: string }>(
      databaseUrl,
      `select distinct action from audit_event where actor_kind = 'system'`,
    );
    const said = acts.map(({ action }) => action);
    verdicts.holds(
      'and the audit log says so',
      ['installation.journal-applied', 'gate.block-restored', 'gate.lift-restored'].every((one) =>
        said.includes(one),
      ),
    );
    verdicts.none(
      'no process died',
      nodes.flatMap(({ deaths }) => deaths),
    );
  } finally {
    await Promise.all(nodes.map((node) => node.stop()));
  }
};
