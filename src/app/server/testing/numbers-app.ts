import { randomUUID } from 'node:crypto';
import type { NumberCheck, WhatsAppNumber } from '#channels/whatsapp/contract.ts';
import { type Simulator, startSimulator } from '../../../../simulator/start-simulator.ts';
import type { Answer, Caller } from './http-client.ts';
import type { TestNumber } from './signed-webhook.ts';
import { startTestApp, type TestApp } from './test-app.ts';

/** Where numbers are looked after. */
export const numbersPath = '/api/v1/channels/whatsapp';

/** What one types to connect a number. */
export interface Typed {
  readonly phoneNumberId: string;
  readonly wabaId: string;
  readonly accessToken: string;
  readonly appSecret: string;
  readonly verifyToken: string;
}

/** A number at the simulated WhatsApp. */
export interface MetaNumber extends Typed {
  readonly displayNumber: string;
  readonly verifiedName: string;
}

export const typedOf = ({
  phoneNumberId,
  wabaId,
  accessToken,
  appSecret,
  verifyToken,
}: Typed): Typed => ({ ...{ phoneNumberId, wabaId, accessToken, appSecret, verifyToken } });

let made = 0;

const newNumber = (): MetaNumber => {
  made += 1;
  const digits = String(made).padStart(4, '0');
  return {
    phoneNumberId: `30000000000${digits}`,
    wabaId: `40000000000${digits}`,
    accessToken: `EAAtoken${randomUUID()}`,
    appSecret: `app-secret-${randomUUID()}`,
    verifyToken: `verify-${randomUUID()}`,
    displayNumber: `551130000${digits}`,
    verifiedName: `Padaria ${made}`,
  };
};

/** Makes a number at the simulated WhatsApp that nobody has connected. */
export const aMetaNumber = async (simulatorUrl: string, more = {}): Promise<MetaNumber> => {
  const { displayNumber, ...number } = newNumber();
  const body = { ...number, displayPhoneNumber: displayNumber, webhookUrl: null, ...more };
  const response = await fetch(`${simulatorUrl}/_sim/channels`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) {
    throw new Error(`the simulator answered ${response.status}`);
  }
  return { ...number, displayNumber };
};

/**
 * Connects a number that nobody writes to, and that is on the Business app as well, as an administrator does.
 * @returns the channel's id
 */
export const aSpareNumber = async (app: TestApp, of: TestApp['a']): Promise<string> => {
  const body = typedOf(await aMetaNumber(app.deps.config.graph.url, { coexistence: true }));
  const administrator = of.team.administrator;
  const answer = await app.http(numbersPath, { ...administrator, method: 'POST', body });
  return (answer.json as { id: string }).id;
};

/** Two workspaces, a simulated WhatsApp, and what an administrator of the first one does with numbers. */
export interface NumbersApp {
  readonly app: TestApp;
  readonly simulator: Simulator;
  aNumber(): Promise<MetaNumber>;
  call(caller: Caller, method: string, path: string, body?: unknown): Promise<Answer>;
  asAdministrator(method: string, path?: string, body?: unknown): Promise<Answer>;
  connect(number: Typed): Promise<WhatsAppNumber>;
  connected(): Promise<{ number: MetaNumber; view: WhatsAppNumber; test: TestNumber }>;
  /** After everything noted so far is written. */
  read(id: string): Promise<WhatsAppNumber>;
  check(typed: object): Promise<NumberCheck>;
  close(): Promise<void>;
}

export const startNumbersApp = async (): Promise<NumbersApp> => {
  const simulator = await startSimulator({ port: 0, webhookUrl: null, handshake: false });
  const app = await startTestApp({ env: { GRAPH_API_URL: simulator.url } });
  const aNumber = () => aMetaNumber(simulator.url);
  const call: NumbersApp['call'] = (caller, method, path, body) =>
    app.http(path, { ...caller, method, ...(body === undefined ? {} : { body }) });
  const asAdministrator: NumbersApp['asAdministrator'] = (method, path = '', body) =>
    call(app.a.team.administrator, method, `${numbersPath}${path}`, body);
  const connect = async (number: Typed): Promise<WhatsAppNumber> => {
    const answer = await asAdministrator('POST', '', typedOf(number));
    if (answer.status !== 201) {
      throw new Error(`not connected: ${answer.status} ${answer.text}`);
    }
    return answer.json as WhatsAppNumber;
  };
  return {
    ...{ app, simulator, aNumber, call, asAdministrator, connect },
    connected: async () => {
      const number = await aNumber();
      const view = await connect(number);
      return { number, view, test: { ...number, channelId: view.id } };
    },
    read: async (id) => {
      await app.whatsApp.flushNotes();
      return (await asAdministrator('GET', `/${id}`)).json as WhatsAppNumber;
    },
    check: async (typed) => (await asAdministrator('POST', '/checks', typed)).json as NumberCheck,
    close: async () => {
      await app.close();
      await simulator.close();
    },
  };
};
