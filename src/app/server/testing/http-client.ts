/** How a request says who it comes from; nothing at all is nobody. */
export interface Caller {
  /** A Cookie header, as a browser would send it. */
  readonly cookie?: string;
  /** An API key, or what pretends to be one. */
  readonly key?: string;
}

export interface Call extends Caller {
  readonly method?: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent byte for byte, in place of `body`. */
  readonly rawBody?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The JSON of the answer; undefined when it is empty or something else. */
  readonly json: unknown;
  /** `code` of a problem, else undefined. */
  readonly code: string | undefined;
  /** The Cookie header that a browser would send next. */
  readonly cookie: string;
}

/** One real request to a server under test. */
export type Http = (path: string, options?: Call) => Promise<Answer>;

const parse = (text: string, contentType: string): unknown =>
  text !== '' && contentType.includes('json') ? JSON.parse(text) : undefined;

const codeOf = (json: unknown): string | undefined =>
  typeof json === 'object' && json !== null && 'code' in json && typeof json.code === 'string'
    ? json.code
    : undefined;

const headersOf = ({ cookie, key, body, headers }: Call): Record<string, string> => ({
  ...(cookie === undefined ? {} : { cookie }),
  ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
  ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  ...headers,
});

const payloadOf = ({ body, rawBody }: Call): { body?: string | Uint8Array<ArrayBuffer> } => {
  if (rawBody !== undefined) {
    return { body: typeof rawBody === 'string' ? rawBody : new Uint8Array(rawBody) };
  }
  return body === undefined ? {} : { body: JSON.stringify(body) };
};

/** Speaks to the server at this address over a real connection. */
export const httpTo =
  (url: string): Http =>
  async (path, options = {}) => {
    const response = await fetch(`${url}${path}`, {
      method: options.method ?? 'GET',
      headers: headersOf(options),
      ...payloadOf(options),
    });
    const text = await response.text();
    const json = parse(text, response.headers.get('content-type') ?? '');
    const cookies = response.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
    return {
      status: response.status,
      headers: response.headers,
      text,
      json,
      code: response.status >= 400 ? codeOf(json) : undefined,
      cookie: cookies.join('; '),
    };
  };
