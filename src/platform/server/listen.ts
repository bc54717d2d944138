import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from 'pino';
import { type ChangeNotice, decodeNotice, noticeChannel } from './announce.ts';

export interface Listener {
  close(): Promise<void>;
}

export interface ListenHandlers {
  readonly onNotice: (notice: ChangeNotice) => void;
  /** Listening began, for the first time or after a break: notices may have been missed before. */
  readonly onGap: () => void;
}

const connect = async (connectionString: string): Promise<pg.Client> => {
  const client = new pg.Client({
    connectionString,
    application_name: 'guarita-listen',
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  });
  // Without a handler a broken connection ends the process; its end is seen by `end`.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(`listen ${noticeChannel}`);
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
};

/** Hears what commits anywhere on this database, on a connection of its own; connects again for as long as it takes. */
export const listenForNotices = (
  connectionString: string,
  handlers: ListenHandlers,
  log: Logger,
): Listener => {
  let isClosed = false;
  let current: pg.Client | undefined;

  const hear = async (): Promise<void> => {
    const client = await connect(connectionString);
    const ended = new Promise<void>((resolve) => client.once('end', () => resolve()));
    current = client;
    if (isClosed) {
      // Closed while this was being connected: `close` found nothing to end.
      await client.end();
      return;
    }
    client.on('notification', ({ payload }) => {
      const notice = payload === undefined ? undefined : decodeNotice(payload);
      if (notice !== undefined) {
        handlers.onNotice(notice);
      }
    });
    handlers.onGap();
    await ended;
  };
  const run = async (): Promise<void> => {
    while (!isClosed) {
      await hear().catch((err: unknown) => log.warn({ err }, 'live notices are interrupted'));
      if (!isClosed) {
        await sleep(500);
      }
    }
  };
  const running = run();
  return {
    close: async () => {
      isClosed = true;
      await current?.end().catch(() => undefined);
      await running;
    },
  };
};
