import { setTimeout as sleep } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { answers } from '#platform/server/embedded-postgres/testing/try-out.ts';
import type { Api } from './api.ts';
import type { Customer, Ledger } from './ledger.ts';
import { send, write } from './load.ts';
import type { Product } from './product.ts';

/** An open screen: it remembers which messages it was told of. */
export interface Screen {
  hasHeard(messageId: string): boolean;
  close(): void;
}

interface Changes {
  readonly messages: readonly { readonly id: string }[];
}

export const openScreen = (url: string, cookie: string): Screen => {
  const heard = new Set<string>();
  const socket: Socket = io(url, {
    transports: ['websocket'],
    extraHeaders: { cookie },
    reconnectionDelay: 200,
    reconnectionDelayMax: 500,
  });
  socket.on('changes', (changes: Changes) => {
    for (const { id } of changes.messages) {
      heard.add(id);
    }
  });
  return {
    hasHeard: (messageId) => heard.has(messageId),
    close: () => {
      socket.close();
    },
  };
};

/** How long after a moment each part of the product worked again, in ms; infinite when it did not in time. */
export interface Back {
  readonly database: number;
  readonly webhook: number;
  readonly send: number;
  readonly live: number;
}

export interface Probes {
  readonly product: Product;
  readonly api: Api;
  readonly ledger: Ledger;
  readonly screen: Screen;
  /** Nobody blocks this one, and no fault is made for what it is sent. */
  readonly customer: Customer;
}

/** @param isOver when nothing is waited for any more */
const until = async (
  since: number,
  isOver: () => boolean,
  isSo: () => boolean | Promise<boolean>,
): Promise<number> => {
  while (!isOver()) {
    if (await isSo()) {
      return performance.now() - since;
    }
    await sleep(20);
  }
  return Number.POSITIVE_INFINITY;
};

const hasLeft = (product: Product, messageId: string): boolean =>
  [...product.simulator.world.outbox.values()].some(
    (sent) => sent.biz_opaque_callback_data === messageId,
  );

/** A message that a worker sends and a screen hears of; what a screen missed while it was away is tried once more. */
const sendAndListen = async (
  { product, api, ledger, screen, customer }: Probes,
  since: number,
  isOver: () => boolean,
): Promise<{ send: number; live: number }> => {
  let sent = Number.POSITIVE_INFINITY;
  while (!isOver()) {
    const text = `sonda ${ledger.accepted.length} ${Math.round(since)}`;
    const messageId = await send(api, ledger, customer, text, false);
    if (messageId !== undefined) {
      const left = await until(since, isOver, () => hasLeft(product, messageId));
      sent = Math.min(sent, left);
      const now = performance.now();
      const isMissed = () => performance.now() - now > 700;
      const heard = await until(now, isMissed, () => screen.hasHeard(messageId));
      if (Number.isFinite(heard)) {
        return { send: sent, live: performance.now() - since };
      }
    }
  }
  return { send: sent, live: Number.POSITIVE_INFINITY };
};

/** Waits until everything works again. @param since when it was broken */
export const untilBack = async (
  probes: Probes,
  since: number,
  isOver: () => boolean,
): Promise<Back> => {
  const { product, ledger, customer } = probes;
  // On a connection of its own: a server process of the dead one may still answer on an old one.
  const database = until(since, isOver, () => answers(product.postgres.connectionString));
  const record = write(product, ledger, customer.phone, 'sonda');
  const webhook = until(since, isOver, () => record.track.state === 'delivered');
  const answered = sendAndListen(probes, since, isOver);
  const [databaseMs, webhookMs, both] = await Promise.all([database, webhook, answered]);
  return { database: databaseMs, webhook: webhookMs, ...both };
};
