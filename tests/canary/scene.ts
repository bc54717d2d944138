import { setTimeout as sleep } from 'node:timers/promises';
import type { Simulator } from '../../simulator/start-simulator.ts';
import type { Http } from '../../src/app/server/testing/http-client.ts';
import type { Verdicts } from '../crash/verdicts.ts';
import type { ChildServer } from '../support/child-server.ts';
import type { Setting } from '../support/setting.ts';
import type { Call, Canaries } from './words.ts';

export interface Scene {
  readonly verdicts: Verdicts;
  readonly setting: Setting;
  readonly simulator: Simulator;
  readonly server: ChildServer;
  readonly dataDir: string;
  readonly http: Http;
  readonly words: Canaries;
  /** Programs with a key of each role. */
  readonly agent: Call;
  readonly administrator: Call;
}

/** Asks until it is so. @throws Error when it does not become so in time */
export const until = async <T>(
  what: string,
  ask: () => Promise<T | undefined>,
  ms = 60_000,
): Promise<T> => {
  for (const end = performance.now() + ms; performance.now() < end; await sleep(100)) {
    const answer = await ask();
    if (answer !== undefined) {
      return answer;
    }
  }
  throw new Error(`it did not come to this: ${what}`);
};

/** @returns our id of what WhatsApp calls so */
export const idOf = ({ setting }: Scene, externalId: string): Promise<string> =>
  until('a message is stored', async () => {
    const { rows } = await setting.pool.query<{ id: string }>(
      'select id from message where external_id = $1',
      [externalId],
    );
    return rows[0]?.id;
  });

export const conversationOf = async ({ setting }: Scene, messageId: string): Promise<string> => {
  const { rows } = await setting.pool.query<{ id: string }>(
    'select conversation_id as id from message where id = $1',
    [messageId],
  );
  return rows[0]?.id ?? '';
};
