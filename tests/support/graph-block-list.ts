import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from './random.ts';

interface User {
  readonly user?: string;
  readonly user_id?: string;
}

/** WhatsApp knows a person by one number, in whichever spelling it is asked: with the ninth digit or without. */
export const onListAs = (name: string): string =>
  /^55\d{10}$/.test(name) ? `${name.slice(0, 4)}9${name.slice(4)}` : name;

const usersIn = async (request: IncomingMessage): Promise<readonly string[]> => {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += String(chunk);
  }
  const { block_users: users = [] } = JSON.parse(text) as { block_users?: User[] };
  return users.map(({ user, user_id: id }) => user ?? id ?? '');
};

export const isAboutBlockList = (request: IncomingMessage): boolean =>
  request.url?.split('?')[0]?.endsWith('/block_users') === true;

const numberOf = (request: IncomingMessage): string =>
  request.url?.split('?')[0]?.split('/').at(-2) ?? '';

/** Of a person who has not written for a day (API sheet, 1.4). */
const mustWriteFirst = (input: string) => ({
  input,
  errors: [{ message: '(#131047)', code: 131_047, error_data: { details: 'no message' } }],
});

/** As a reading of the list names them (API sheet, 1.5). */
const told = (name: string) => ({
  messaging_product: 'whatsapp',
  ...(/^\d+$/.test(name) ? { wa_id: name } : { user_id: name }),
});

const json = (response: ServerResponse, body: unknown): void => {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};

export interface GraphBlockList {
  serve(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** This person may always be put on a list. */
  spare(names: readonly string[]): void;
  /** Somebody takes this person off a list without us. @returns false when nobody of that name is on it */
  takeOff(phoneNumberId: string, names: readonly string[]): boolean;
  holds(phoneNumberId: string, names: readonly string[]): boolean;
  /** Everything is done at once from now on. */
  calmDown(): void;
  /** `phoneNumberId/name` of everybody on a list. */
  all(): readonly string[];
}

/**
 * WhatsApp's own list of each number (API sheet, 1.3 to 1.5). It takes its time, refuses some, and breaks off some answers
 * after it has done what was asked.
 */
export const createGraphBlockList = (random: Random): GraphBlockList => {
  const lists = new Map<string, Set<string>>();
  const spared = new Set<string>();
  let isCalm = false;
  const cut = new Map<string, number>();
  /** Two answers in a row at most: the number rests longer after each, and stories wait so long and no longer. */
  const isCutOff = (phoneNumberId: string): boolean => {
    const before = cut.get(phoneNumberId) ?? 0;
    const isNow = !isCalm && before < 2 && random.chance(0.03);
    cut.set(phoneNumberId, isNow ? before + 1 : 0);
    return isNow;
  };
  const listOf = (phoneNumberId: string): Set<string> => {
    const list = lists.get(phoneNumberId) ?? new Set<string>();
    lists.set(phoneNumberId, list);
    return list;
  };
  const change = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const list = listOf(numberOf(request));
    const isRemoval = request.method === 'DELETE';
    const names = await usersIn(request);
    await sleep(isCalm ? 0 : random.between(0, 60));
    const isRefused = (name: string): boolean =>
      !(isRemoval || isCalm || spared.has(name)) && random.chance(0.15);
    const refused = names.filter(isRefused);
    const done = names.filter((name) => !refused.includes(name));
    for (const name of done) {
      if (isRemoval) {
        list.delete(onListAs(name));
      } else {
        list.add(onListAs(name));
      }
    }
    if (isCutOff(numberOf(request))) {
      request.socket.resetAndDestroy();
      return;
    }
    json(response, {
      messaging_product: 'whatsapp',
      block_users: {
        [isRemoval ? 'removed_users' : 'added_users']: done.map((input) => ({ input })),
        ...(refused.length > 0 && { failed_users: refused.map(mustWriteFirst) }),
      },
    });
  };
  return {
    serve: async (request, response) => {
      if (request.method === 'GET') {
        json(response, { data: [...listOf(numberOf(request))].map(told) });
        return;
      }
      await change(request, response);
    },
    spare: (names) => {
      for (const name of names) {
        spared.add(name);
      }
    },
    takeOff: (phoneNumberId, names) =>
      names.filter((name) => listOf(phoneNumberId).delete(name)).length > 0,
    holds: (phoneNumberId, names) => names.some((name) => listOf(phoneNumberId).has(name)),
    calmDown: () => {
      isCalm = true;
    },
    all: () =>
      [...lists].flatMap(([number, names]) => [...names].map((name) => `${number}/${name}`)),
  };
};
