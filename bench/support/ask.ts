import { Agent, request } from 'undici';

/** Whom to ask, and by which key. */
export interface Asked {
  readonly url: string;
  readonly apiKey: string;
}

export interface Answer {
  readonly body: string;
  /** Until the last byte of the answer is here. */
  readonly ms: number;
}

// One connection a server, kept, as a screen or a program has it.
const agent = new Agent({ connections: 1, keepAliveTimeout: 60_000 });

/**
 * One request to the API. The time is the server's and the wire's: nothing is parsed in it, and none of the streams that `fetch` makes
 * for each answer are.
 * @throws Error when it is not answered 200
 */
export const ask = async ({ url, apiKey }: Asked, path: string): Promise<Answer> => {
  const begin = performance.now();
  const answer = await request(`${url}/api/v1${path}`, {
    dispatcher: agent,
    headers: { authorization: `Bearer ${apiKey}` },
  });
  const body = await answer.body.text();
  const ms = performance.now() - begin;
  if (answer.statusCode !== 200) {
    throw new Error(`${path} was answered ${answer.statusCode}`);
  }
  return { body, ms };
};

/** The same for a page, read afterwards. @returns it, and the time of the request alone */
export const askPage = async <Page>(
  asked: Asked,
  path: string,
): Promise<{ readonly page: Page; readonly ms: number }> => {
  const { body, ms } = await ask(asked, path);
  return { page: JSON.parse(body) as Page, ms };
};

/** A request that needs the key and one row: what the machine, the framework and the client take of every other one. */
export const referencePath = '/blocks/settings';
