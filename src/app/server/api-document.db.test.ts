import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './testing/test-app.ts';

interface Described {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string }[];
  readonly responses: Readonly<Record<string, DescribedAnswer>>;
}

interface DescribedAnswer {
  readonly headers?: unknown;
  readonly content?: Readonly<Record<string, { readonly schema?: ListSchema }>>;
}

interface ListSchema {
  readonly properties?: {
    readonly items?: unknown;
    readonly nextCursor?: { readonly type?: unknown };
  };
}

let server: TestServer;
let operations: readonly Described[];

beforeAll(async () => {
  server = await startTestServer();
  const { json } = await server.http('/api/openapi.json');
  const { paths } = json as { paths: Record<string, Record<string, Described>> };
  operations = Object.values(paths).flatMap((methods) => Object.values(methods));
});
afterAll(() => server.close());

const answerOf = ({ responses }: Described): ListSchema | undefined =>
  responses['200']?.content?.['application/json']?.schema;

describe('the document', () => {
  it('says that an answer which holds back tells for how long', () => {
    expect(operations.length).toBeGreaterThan(100);
    for (const { operationId, responses } of operations) {
      expect([operationId, responses['429']?.headers]).toEqual([
        operationId,
        { 'Retry-After': expect.objectContaining({ schema: { type: 'integer', minimum: 1 } }) },
      ]);
    }
  });

  it('has one shape of lists: pages by cursor and limit, or whole ones that say so', () => {
    const lists = operations.filter((one) => answerOf(one)?.properties?.items !== undefined);
    expect(lists.length).toBeGreaterThan(20);
    const wrong = lists.filter((one) => {
      const names = (one.parameters ?? []).map(({ name }) => name);
      const takes = ['cursor', 'limit'].filter((name) => names.includes(name)).length;
      const type = answerOf(one)?.properties?.nextCursor?.type;
      return type === 'null' ? takes !== 0 : type === undefined || takes !== 2;
    });
    expect(wrong.map(({ operationId }) => operationId)).toEqual([]);
  });
});
