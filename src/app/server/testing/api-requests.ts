import fc, { type Arbitrary } from 'fast-check';
import type { Operation, Parameter } from './api-document.ts';
import { fromSchema, type Hints, nearSchema } from './from-schema.ts';
import type { Call } from './http-client.ts';

/** One request to an operation; who makes it is told by name. */
export interface ApiRequest {
  readonly caller: string;
  readonly path: string;
  /** The query alone, for what depends on it. */
  readonly query: URLSearchParams;
  readonly call: Call;
}

/** What requests to one operation are made of. */
export interface Ingredients {
  readonly callers: Arbitrary<string>;
  /** Ids of this workspace that mean something in the path. */
  readonly ownIds: readonly string[];
  /** Ids of another workspace, of the same kind. */
  readonly foreignIds: readonly string[];
  /** Of an id in the path, the message that is named with it. */
  readonly itemOf: ReadonlyMap<string, string>;
  readonly hints: Hints;
  /** A body that is known to be good. */
  readonly goodBody?: unknown;
}

const oddIds = ['nada', '0', '%', '\0', '../../me', 'ffffffff-ffff-ffff-ffff-ffffffffffff'];

const pathId = ({ ownIds, foreignIds }: Ingredients): Arbitrary<string> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...ownIds) },
    { weight: 1, arbitrary: fc.constantFrom(...ownIds).map((id) => id.toUpperCase()) },
    { weight: 2, arbitrary: fc.constantFrom(...foreignIds) },
    { weight: 1, arbitrary: fc.oneof(fc.uuid(), fc.constantFrom(...oddIds)) },
  );

const cursorOf = (at: unknown, id: unknown): string =>
  Buffer.from(JSON.stringify({ at, id })).toString('base64url');

/** Cursors are opaque, so everybody looks into them. */
const cursor: Arbitrary<string> = fc.oneof(
  fc.string(),
  fc
    .tuple(
      fc.constantFrom(
        '2026-01-01T00:00:00.000Z',
        '9999-12-31T23:59:59.999Z',
        '0000-01-01T00:00:00.000Z',
        `2026-01-01T00:00:00.${'1'.repeat(200)}Z`,
        'now',
        null,
      ),
      fc.oneof(fc.uuid(), fc.constantFrom('', 'x', null)),
    )
    .map(([at, id]) => cursorOf(at, id)),
);

const oddValue = fc.constantFrom(
  '',
  '\0',
  '-1',
  '1e3',
  'NaN',
  '[]',
  'x'.repeat(600),
  "' or 1=1 --",
);

const queryValue = (parameter: Parameter, hints: Hints): Arbitrary<readonly string[]> => {
  const described =
    parameter.name === 'cursor'
      ? cursor
      : (hints[parameter.name] ?? fromSchema(parameter.schema, hints));
  const one = fc.oneof(
    { weight: 4, arbitrary: described.map((value) => String(value)) },
    { weight: 1, arbitrary: oddValue },
  );
  return fc.oneof(
    { weight: parameter.required ? 1 : 6, arbitrary: fc.constant<readonly string[]>([]) },
    { weight: parameter.required ? 20 : 6, arbitrary: one.map((value) => [value]) },
    { weight: 1, arbitrary: fc.array(one, { minLength: 2, maxLength: 2 }) },
  );
};

const queryOf = (operation: Operation, hints: Hints): Arbitrary<[string, string][]> => {
  const parameters = operation.parameters.filter((parameter) => parameter.in === 'query');
  return fc
    .tuple(...parameters.map((parameter) => queryValue(parameter, hints)))
    .map((lists) =>
      lists.flatMap((values, index) =>
        values.map((value): [string, string] => [parameters[index]?.name ?? '', value]),
      ),
    );
};

const headersOf = (operation: Operation): Arbitrary<Record<string, string>> => {
  const takesKey = operation.parameters.some((parameter) => parameter.name === 'idempotency-key');
  const values = fc.constantFrom('k1', 'k2', 'x'.repeat(200), 'x'.repeat(201), '%00', "' --");
  return takesKey
    ? fc
        .option(values, { nil: undefined })
        .map(
          (value): Record<string, string> =>
            value === undefined ? {} : { 'idempotency-key': value },
        )
    : fc.constant({});
};

const typed = (rawBody: string, type: string): Call => ({
  rawBody,
  headers: { 'content-type': type },
});

/** Bodies that no JSON Schema is asked about. */
const oddBody: Arbitrary<Call> = fc.constantFrom<Call>(
  {},
  typed('', 'application/json'),
  typed('{"type":', 'application/json'),
  typed('{"__proto__":{"role":"administrator"}}', 'application/json'),
  typed('{}', 'text/plain'),
  typed('{}', 'application/xml'),
  typed('a=b', 'application/x-www-form-urlencoded'),
  typed('{}', 'not a type'),
  typed(JSON.stringify('x'.repeat(300_000)), 'application/json'),
);

const bodyOf = (operation: Operation, { hints, goodBody }: Ingredients): Arbitrary<Call> => {
  if (operation.method === 'GET') {
    return fc.constant({});
  }
  if (operation.body === undefined) {
    return fc.oneof({ weight: 3, arbitrary: fc.constant<Call>({}) }, oddBody);
  }
  const json = (bodies: Arbitrary<unknown>) => bodies.map((body): Call => ({ body: body ?? null }));
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant<Call>({ body: goodBody }) },
    { weight: 6, arbitrary: json(fromSchema(operation.body, hints)) },
    { weight: 6, arbitrary: json(nearSchema(operation.body, hints)) },
    { weight: 2, arbitrary: oddBody },
  );
};

type Items = Ingredients['itemOf'];

/** With an id that has none any message will do. */
const itemIn = (items: Items, id: string): string =>
  items.get(id) ?? [...items.values()][0] ?? 'nada';

const addressOf = (
  operation: Operation,
  id: string,
  query: URLSearchParams,
  items: Items,
): string => {
  const path = operation.path
    .replace('{id}', encodeURIComponent(id))
    .replace('{messageId}', itemIn(items, id));
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
};

/** Requests to an operation, good and bad, by whoever `callers` names. */
export const requestsTo = (operation: Operation, ingredients: Ingredients): Arbitrary<ApiRequest> =>
  fc
    .record({
      caller: ingredients.callers,
      id: pathId(ingredients),
      pairs: queryOf(operation, ingredients.hints),
      headers: headersOf(operation),
      body: bodyOf(operation, ingredients),
    })
    .map(({ caller, id, pairs, headers, body }) => {
      const query = new URLSearchParams(pairs);
      const call = { ...body, method: operation.method, headers: { ...headers, ...body.headers } };
      return { caller, path: addressOf(operation, id, query, ingredients.itemOf), query, call };
    });

/** The only bodies that are no JSON. */
const files: Readonly<Record<string, Call>> = {
  uploadFile: typed('Bom dia, segue a nota.', 'text/plain'),
  addExchangeList: typed(
    `{"format":"guarita-exchange-list","version":1,"kdf":"scrypt-4096-8-1","keyCheck":"${'A'.repeat(22)}"}\n${'B'.repeat(22)} spam\n`,
    'text/plain',
  ),
  readBlockImport: typed('numero;motivo\n11 98765-0001;spam\n', 'text/csv'),
};

/** A request that must succeed when the caller may make it and the id is one of its own. */
export const goodRequestTo = (
  operation: Operation,
  caller: string,
  id: string,
  { goodBody, itemOf }: Pick<Ingredients, 'goodBody' | 'itemOf'>,
): ApiRequest => {
  const query = new URLSearchParams();
  if (operation.parameters.some((one) => one.in === 'query' && one.name === 'messageId')) {
    query.set('messageId', itemIn(itemOf, id));
  }
  const body = operation.body === undefined ? {} : { body: goodBody };
  const file = files[operation.id] ?? {};
  return {
    caller,
    path: addressOf(operation, id, query, itemOf),
    query,
    call: { method: operation.method, ...body, ...file },
  };
};
