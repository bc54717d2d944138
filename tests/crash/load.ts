import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeSample } from '../../simulator/media/make-media.ts';
import { faultSchema } from '../../simulator/state/faults.ts';
import type { Random } from '../support/random.ts';
import type { Api } from './api.ts';
import type { Customer, Ledger } from './ledger.ts';
import type { Product } from './product.ts';

/** In every text that is sent, so that faults can be made for these and not for the probes. */
export const loadWord = 'carga';

export interface Load {
  /** Ends when everything that was asked has been answered. */
  stop(): Promise<void>;
}

export interface LoadOptions {
  readonly product: Product;
  readonly api: Api;
  readonly ledger: Ledger;
  readonly random: Random;
  readonly customers: readonly Customer[];
  /** How many of them are blocked and unblocked all the time. */
  readonly blockable: number;
}

/**
 * A person writes; the simulator delivers it again and again until a 200.
 * @param seed of the picture under which the text stands; none for a text alone
 */
export const write = (
  product: Product,
  ledger: Ledger,
  phone: string,
  text: string,
  seed?: number,
) => {
  const record = product.simulator.inbound({
    from: phone,
    text,
    ...(seed === undefined ? {} : { type: 'image', media: { sample: 'receipt', seed } }),
  });
  const written = {
    externalId: record.id,
    phone,
    writtenAt: Date.now(),
    isPicture: seed !== undefined,
    deliveredAt: null as number | null,
  };
  ledger.written.push(written);
  record.track.whenOver(() => {
    written.deliveredAt = record.track.deliveredAt;
  });
  return record;
};

const customerWith = async (product: Product, phone: string): Promise<Customer> => {
  const [row] = await product.ask<{ contactId: string; conversationId: string }>(
    `select v.contact_id as "contactId", v.id as "conversationId"
       from contact_identity i join conversation v on v.workspace_id = i.workspace_id and v.contact_id = i.contact_id
      where i.workspace_id = $1 and i.kind = 'phone' and i.value = $2`,
    [product.workspaceId, phone],
  );
  if (row === undefined) {
    throw new Error('a person who wrote has no conversation');
  }
  return { phone, ...row };
};

/** People who have written once, so that they may be answered. */
export const makeCustomers = async (
  product: Product,
  ledger: Ledger,
  count: number,
): Promise<Customer[]> => {
  const phones = Array.from({ length: count }, (_, n) => `55119870${String(10_000 + n)}`);
  const records = phones.map((phone) => write(product, ledger, phone, 'Oi, tem alguém aí?'));
  await Promise.all(
    records.map(({ track }) => track.until((t) => t.state === 'delivered', 20_000)),
  );
  const customers: Customer[] = [];
  for (const phone of phones) {
    customers.push(await customerWith(product, phone));
  }
  return customers;
};

/** What a send asks for: a text, or a picture that is put there first, with the text under it. */
const bodyOf = async (api: Api, text: string, picture: Buffer | undefined): Promise<object> => {
  if (picture === undefined) {
    return { type: 'text', text };
  }
  const { json } = await api.call('POST', '/uploads', picture);
  return { type: 'image', uploadId: json['id'], caption: text };
};

/**
 * Sends a text, or a picture with it, under a key; after an answer sometimes once more, as a program does that lost it.
 * @returns its id; undefined when it was refused
 */
export const send = async (
  api: Api,
  ledger: Ledger,
  customer: Customer,
  text: string,
  isRepeated: boolean,
  picture?: Buffer,
): Promise<string | undefined> => {
  const path = `/conversations/${customer.conversationId}/messages`;
  const key = randomUUID();
  const body = await bodyOf(api, text, picture);
  const ask = () => api.call('POST', path, body, key);
  const answer = await ask();
  if (answer.status === 409 && answer.json['code'] === 'contact-blocked') {
    ledger.refused += 1;
    return undefined;
  }
  const messageId = answer.json['id'];
  if (answer.status !== 202 || typeof messageId !== 'string') {
    ledger.contradictions.push(
      `a send was answered ${answer.status} ${String(answer.json['code'])}`,
    );
    return undefined;
  }
  const { phone } = customer;
  const sha256 = picture === undefined ? null : createHash('sha256').update(picture).digest('hex');
  ledger.accepted.push({ messageId, phone, text, acceptedAt: answer.answeredAt, sha256 });
  if (isRepeated) {
    const again = await ask();
    const isRefusedMeanwhile = again.status === 409;
    if (again.json['id'] !== messageId && !isRefusedMeanwhile) {
      ledger.contradictions.push(
        `a repeated key was answered with another message (${again.status})`,
      );
    }
  }
  return messageId;
};

const blockForAWhile = async (options: LoadOptions, customer: Customer): Promise<void> => {
  const { api, ledger, random } = options;
  const path = `/contacts/${customer.contactId}/block`;
  // Our own gate is what is proved here: WhatsApp's list would keep most of what is written from it.
  const answer = await api.call('PUT', path, { reason: 'spam', upstream: false });
  if (answer.status !== 200) {
    ledger.contradictions.push(`a block was answered ${answer.status}`);
    return;
  }
  const span = {
    phone: customer.phone,
    askedAt: answer.askedAt,
    answeredAt: answer.answeredAt,
    stillOnWire: answer.json['stillOnWire'] as string[],
    liftAskedAt: null as number | null,
  };
  ledger.blocks.push(span);
  await sleep(random.between(500, 3_000));
  span.liftAskedAt = Date.now();
  const lifted = await api.call('DELETE', path);
  if (lifted.status !== 200) {
    ledger.contradictions.push(`an unblock was answered ${lifted.status}`);
  }
};

/** People write, the team answers and reads, an administrator blocks and unblocks: until told to stop. */
export const startLoad = (options: LoadOptions): Load => {
  const { product, api, ledger, random, customers } = options;
  let isStopping = false;
  let count = 0;
  const text = (): string => {
    count += 1;
    return `${loadWord} ${count} ${randomUUID()}`;
  };
  // Now and then WhatsApp has trouble of its own, so that something is always waiting to be tried again.
  product.simulator.world.faults.add(
    faultSchema.parse({ times: 0, probability: 0.03, text: loadWord, error: { code: 131000 } }),
  );

  const repeat = async (work: (own: Random) => Promise<void>): Promise<void> => {
    const own = random.fork();
    while (!isStopping) {
      await work(own);
    }
  };
  const people = repeat(async (own) => {
    const seed = own.chance(0.15) ? own.between(0, 599) : undefined;
    write(product, ledger, own.pick(customers).phone, `mensagem ${text()}`, seed);
    await sleep(own.between(40, 120));
  });
  const team = Array.from({ length: 4 }, () =>
    repeat(async (own) => {
      // Like no other of this run: WhatsApp is handed each one anew.
      const picture = own.chance(0.15) ? makeSample('photo', { seed: count }).bytes : undefined;
      await send(api, ledger, own.pick(customers), text(), own.chance(0.2), picture);
      await sleep(own.between(300, 900));
    }),
  );
  const reader = repeat(async (own) => {
    await api.call('POST', `/conversations/${own.pick(customers).conversationId}/read`);
    await sleep(own.between(200, 600));
  });
  const administrators = customers.slice(0, options.blockable).map((customer) =>
    repeat(async (own) => {
      await sleep(own.between(500, 3_000));
      await blockForAWhile({ ...options, random: own }, customer);
    }),
  );
  return {
    stop: async () => {
      isStopping = true;
      await Promise.all([people, ...team, reader, ...administrators]);
    },
  };
};
