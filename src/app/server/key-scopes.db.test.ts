import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Scope, scopes } from '#features/accounts/contract.ts';
import { roles } from '#platform/shared/role.ts';
import { type Simulator, startSimulator } from '../../../simulator/start-simulator.ts';
import { type Operation, readOperations } from './testing/api-document.ts';
import { type Kitchen, prepareKitchen } from './testing/api-ingredients.ts';
import { goodRequestTo } from './testing/api-requests.ts';
import { operationRights } from './testing/operation-rights.ts';
import { operationScopes } from './testing/operation-scopes.ts';
import { startTestApp, type TestApp } from './testing/test-app.ts';

/** That keys may ask for at all. */
const ids = Object.entries(operationRights)
  .filter(([, { from, isForPeople }]) => from !== 'public' && isForPeople !== true)
  .map(([id]) => id);

let app: TestApp;
let simulator: Simulator;
let operations: ReadonlyMap<string, Operation>;
let kitchen: Kitchen;

beforeAll(async () => {
  simulator = await startSimulator({ port: 0, webhookUrl: null, handshake: false });
  app = await startTestApp({ env: { GRAPH_API_URL: simulator.url } });
  operations = await readOperations(app.http);
  kitchen = await prepareKitchen(app);
});
afterAll(async () => {
  await app.close();
  await simulator.close();
});

const make = (body: object) =>
  app.http('/api/v1/api-keys', {
    ...app.a.team.administrator,
    method: 'POST',
    body: { name: 'Chave', ...body },
  });

const keyWith = async (given: readonly Scope[], role = 'administrator'): Promise<string> => {
  const answer = await make({ role, scopes: given });
  expect(answer.status).toBe(201);
  return (answer.json as { key: string }).key;
};

const operationOf = (id: string): Operation => {
  const operation = operations.get(id);
  if (operation === undefined) throw new Error(`the document does not have ${id}`);
  return operation;
};

const askWith = (id: string, key: string) => {
  const operation = operationOf(id);
  const ingredients = kitchen.ingredientsFor(operation);
  const request = goodRequestTo(operation, 'key', ingredients.ownIds[0] ?? '', ingredients);
  return app.http(request.path, { ...request.call, key });
};

describe('each operation', { timeout: 30_000 }, () => {
  it('has its line in the table of scopes', () => {
    expect(Object.keys(operationScopes).sort()).toEqual([...ids].sort());
  });

  it.each(ids)('%s names its scopes in the document', (id) => {
    const needed = operationScopes[id] ?? [];
    expect(operationOf(id).security).toEqual([{ session: [] }, { key: needed }]);
    expect(operationOf(id).scopes).toEqual(needed);
  });

  it.each(ids)('%s is refused to a key that lacks one of them, and to no other', async (id) => {
    const needed = operationScopes[id] ?? [];
    for (const lacking of needed) {
      const rest = await keyWith(scopes.filter((scope) => scope !== lacking));
      const answer = await askWith(id, rest);
      expect([answer.status, answer.code]).toEqual([403, 'forbidden']);
    }
    const enough = await keyWith(needed.length === 0 ? ['audit:read'] : needed);
    const answer = await askWith(id, enough);
    expect([401, 403]).not.toContain(answer.status);
  });

  it('for people alone says so', () => {
    const forPeople = Object.keys(operationRights).filter((id) => operationRights[id]?.isForPeople);
    expect(forPeople.length).toBeGreaterThan(8);
    for (const id of forPeople) {
      expect([id, operationOf(id).security]).toEqual([id, [{ session: [] }]]);
    }
  });
});

describe('a key', () => {
  it('is never given more than its role bears', async () => {
    const answer = await make({ role: 'agent', scopes: ['contacts:read', 'blocks:write'] });
    expect([answer.status, answer.code]).toEqual([422, 'scope-beyond-role']);
    const nothing = await make({ role: 'agent', scopes: [] });
    expect(nothing.status).toBe(422);
  });

  it('without a choice has all of its role, as keys from before have', async () => {
    const answer = await make({ role: 'moderator' });
    expect((answer.json as { scopes: string[] }).scopes).toEqual([
      ...['conversations:read', 'conversations:write', 'contacts:read', 'contacts:write'],
      ...['blocks:read', 'requests:write', 'team:read', 'removals:write', 'removals:decide'],
    ]);
  });

  it('from before the scopes keeps what its role let it do then, and gets nothing new', async () => {
    const file = new URL('../../../migrations/0025-key-scopes.sql', import.meta.url);
    const update = /update api_key set[^;]*;/.exec(await readFile(file, 'utf8'))?.[0] ?? '';
    await sql.raw(update).execute(app.deps.db);
    for (const role of roles) {
      const { rows } = await sql<{ scopes: string[] }>`
        select scopes from api_key where role = ${role}`.execute(app.deps.db);
      const before = rows.map((key) => [...key.scopes].sort());
      const fresh = (await make({ role })).json as { scopes: string[] };
      const then = fresh.scopes.filter((scope) => !/^(removals|reports):/.test(scope));
      expect(before).toContainEqual(then.sort());
      expect(new Set(before.map(String)).size).toBe(1);
    }
  });

  it('is told by /me what it may do', async () => {
    const key = await keyWith(['blocks:read']);
    const me = await app.http('/api/v1/me', { key });
    expect(me.json).toMatchObject({ rights: ['block.see-details', 'conflict.read'] });
    const theirs = (await make({ role: 'agent', scopes: ['contacts:read'] })).json;
    expect(theirs).toMatchObject({ role: 'agent', scopes: ['contacts:read'] });
  });

  it('sees blocked conversations by its scope, not by its role', async () => {
    const path = '/api/v1/conversations?view=blocked';
    const without = await keyWith(['conversations:read']);
    expect((await app.http(path, { key: without })).status).toBe(403);
    const withIt = await keyWith(['conversations:read', 'blocks:read']);
    expect((await app.http(path, { key: withIt })).status).toBe(200);
  });
});
