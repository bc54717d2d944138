import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createGraphBlockList, type GraphBlockList, isAboutBlockList } from './graph-block-list.ts';
import { createGraphFiles } from './graph-files.ts';
import type { Random } from './random.ts';
import { type GraphRequest, now, type Records } from './records.ts';

/** Tells the product a status of one of its messages. */
export type TellStatus = (status: {
  channelNumber: string;
  externalId: string;
  callbackData: string;
  status: 'sent' | 'delivered';
}) => Promise<void>;

export interface GraphStandIn {
  readonly url: string;
  readonly blockList: GraphBlockList;
  /** Statuses are told from then on. */
  setTeller(tell: TellStatus): void;
  /** From now on every answer comes at once and says yes; statuses still under way are waited for. */
  calmDown(): Promise<void>;
  close(): Promise<void>;
}

interface Plan {
  readonly delayMs: number;
  readonly end: 'accept' | 'retry' | 'cut-after-acceptance';
  readonly toldFirst: boolean;
}

const planOf = (random: Random, isRead: boolean): Plan => {
  const dice = random.next();
  const plan = { delayMs: random.between(0, 30), end: 'accept', toldFirst: false } as const;
  // What must wait may find a block when it comes again.
  if (dice < (isRead ? 0.25 : 0.08)) {
    return { ...plan, end: 'retry' };
  }
  if (dice > 0.98) {
    return { ...plan, end: 'cut-after-acceptance' };
  }
  if (dice > 0.95) {
    return { ...plan, delayMs: random.between(80, 200), toldFirst: true };
  }
  return dice > 0.75 ? { ...plan, delayMs: random.between(60, 250) } : plan;
};

const calm: Plan = { delayMs: 0, end: 'accept', toldFirst: false };

const readBody = async (request: IncomingMessage): Promise<Record<string, unknown>> => {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += String(chunk);
  }
  const parsed: unknown = JSON.parse(text);
  return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
};

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const answer = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};

interface Asked {
  readonly about: string;
  readonly isRead: boolean;
  readonly channelNumber: string;
}

const readAsked = async (request: IncomingMessage): Promise<Asked> => {
  const body = await readBody(request);
  const isRead = body['status'] === 'read';
  const about = textOf(isRead ? body['message_id'] : body['biz_opaque_callback_data']);
  return { about, isRead, channelNumber: request.url?.split('/')[2] ?? '' };
};

const noteRequest = (
  records: Records,
  response: ServerResponse,
  { asked, plan, arrivedAt }: { asked: Asked; plan: Plan; arrivedAt: number },
): GraphRequest => {
  const record: GraphRequest = {
    ...{ kind: asked.isRead ? 'read' : 'send', about: asked.about, arrivedAt },
    ...{ answeredAt: Number.POSITIVE_INFINITY, accepted: plan.end !== 'retry' },
    toldFirst: plan.toldFirst,
  };
  records.graph.push(record);
  response.once('close', () => {
    record.answeredAt = Math.min(record.answeredAt, now());
  });
  return record;
};

const end = (
  [request, response]: readonly [IncomingMessage, ServerResponse],
  plan: Plan,
  asked: Asked,
  externalId: string,
): void => {
  if (plan.end === 'retry') {
    answer(response, 400, { error: { code: 130429, message: '(#130429) Rate limit hit' } });
  } else if (plan.end === 'cut-after-acceptance') {
    request.socket.resetAndDestroy();
  } else {
    const sent = { messaging_product: 'whatsapp', contacts: [], messages: [{ id: externalId }] };
    answer(response, 200, asked.isRead ? { success: true } : sent);
  }
};

/** What is still to be told of accepted messages. */
const createTelling = (random: Random) => {
  const telling = new Set<Promise<unknown>>();
  let tell: TellStatus = () => Promise.resolve();
  return {
    setTeller: (next: TellStatus): void => {
      tell = next;
    },
    tellLater: (about: Omit<Parameters<TellStatus>[0], 'status'>, afterMs: number): void => {
      const told = sleep(afterMs)
        .then(() => tell({ ...about, status: 'sent' }))
        .then(() => (random.chance(0.5) ? tell({ ...about, status: 'delivered' }) : undefined))
        .catch(() => undefined);
      telling.add(told);
      void told.finally(() => telling.delete(told));
    },
    allTold: async (): Promise<void> => {
      while (telling.size > 0) {
        await Promise.all(telling);
      }
    },
  };
};

/** Just enough of the Graph, in this process: it notes to the microsecond what reached it and when it answered. */
export const startGraphStandIn = async (
  records: Records,
  random: Random,
): Promise<GraphStandIn> => {
  let isCalm = false;
  let made = 0;
  const { setTeller, tellLater, allTold } = createTelling(random);
  const files = createGraphFiles(records, random);
  const blockList = createGraphBlockList(random.fork());
  let origin = '';

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const arrivedAt = now();
    if (isAboutBlockList(request)) {
      await blockList.serve(request, response);
      return;
    }
    if (request.method === 'GET') {
      await files.serve(new URL(request.url ?? '', origin).pathname, origin, response);
      return;
    }
    const asked = await readAsked(request);
    const plan = isCalm ? calm : planOf(random, asked.isRead);
    const record = noteRequest(records, response, { asked, plan, arrivedAt });
    made += 1;
    const externalId = `wamid.out-${made}`;
    const isToBeTold = !asked.isRead && record.accepted;
    const { channelNumber, about: callbackData } = asked;
    const status = { channelNumber, externalId, callbackData };
    if (isToBeTold && plan.toldFirst) {
      tellLater(status, 0);
    }
    await sleep(plan.delayMs);
    record.answeredAt = Math.min(record.answeredAt, now());
    end([request, response], plan, asked, externalId);
    if (isToBeTold && !plan.toldFirst) {
      tellLater(status, random.between(5, 300));
    }
  };

  const server = createServer((request, response) => {
    serve(request, response).catch(() => request.destroy());
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  origin = `http://127.0.0.1:${port}`;
  return {
    url: origin,
    blockList,
    setTeller,
    calmDown: async () => {
      isCalm = true;
      blockList.calmDown();
      await allTold();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
