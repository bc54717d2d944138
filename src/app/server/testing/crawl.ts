import pMap from 'p-map';
import type { Operation } from './api-document.ts';
import type { Caller, Http } from './http-client.ts';

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Every choice that a list offers, one at a time. */
const queriesOf = (operation: Operation): string[] =>
  operation.parameters
    .filter((parameter) => parameter.in === 'query' && parameter.schema.enum !== undefined)
    .flatMap(({ name, schema }) => (schema.enum ?? []).map((value) => `?${name}=${String(value)}`));

/** An operation that refused this caller for as many ids refuses them for all: rights go by operation and role. */
const REFUSALS_ENOUGH = 3;
const atOnce = { concurrency: 8 };

/**
 * Everything this caller can read: each GET of the API, again for every id that an answer has told.
 * @param links ids that no list may tell, but somebody may have kept
 * @param follows whether ids that answers tell are read as well
 */
export const crawl = async (
  http: Http,
  operations: Iterable<Operation>,
  caller: Caller,
  links: readonly string[] = [],
  follows = true,
): Promise<readonly string[]> => {
  const reads = [...operations].filter(({ method }) => method === 'GET');
  const told: string[] = [];
  const known = new Set<string>(links);
  const read = async (path: string): Promise<number> => {
    const answer = await http(path, caller);
    told.push(answer.text);
    for (const id of (follows && answer.text.match(uuid)) || []) {
      known.add(id);
    }
    return answer.status;
  };
  const lists = reads.filter(({ path }) => !path.includes('{id}'));
  const listed = lists.flatMap((operation) =>
    ['', ...queriesOf(operation)].map((query) => `${operation.path}${query}`),
  );
  await pMap(listed, read, atOnce);
  const refusals = new Map<string, number>();
  const readOne = async (path: string, id: string): Promise<void> => {
    const refused = (await read(path.replace('{id}', id))) === 403;
    refusals.set(path, refused ? (refusals.get(path) ?? 0) + 1 : Number.NEGATIVE_INFINITY);
  };
  const withId = reads.filter(({ path }) => path.includes('{id}')).map(({ path }) => path);
  // A set also yields what is added to it on the way.
  for (const id of known) {
    const open = withId.filter((path) => (refusals.get(path) ?? 0) < REFUSALS_ENOUGH);
    await pMap(open, (path) => readOne(path, id), atOnce);
  }
  return told;
};

/** The names of all fields of these JSON texts. */
export const fieldNamesOf = (texts: readonly string[]): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const text of texts.filter((one) => one !== '')) {
    JSON.parse(text, (name, value: unknown) => {
      names.add(name);
      return value;
    });
  }
  return names;
};
