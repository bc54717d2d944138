import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { type ContactListQuery, listContacts } from './queries.ts';
import { insertContact, learnIdentities } from './store.ts';

const people = [
  { name: 'Conceição Araújo', phone: '5511987654321' },
  { name: 'JOSÉ da Silva', phone: '558599991111' },
  { name: '100% Fitness_SP', phone: '5521988880000' },
] as const;

let deps: TestDeps;
let workspaceId: string;
let otherId: string;

const add = (workspace: string, name: string, phone: string): Promise<void> =>
  inTx(deps, systemActor(workspace), async ({ tx }) => {
    const person = { workspaceId: workspace, profileName: name, username: null };
    const id = await insertContact(tx, person);
    const canonical = phone.length === 12 ? phone.replace(/(\d{8})$/, '9$1') : phone;
    const key = { kind: 'phone', key: `phone:${canonical}`, value: phone } as const;
    await learnIdentities(tx, workspace, id, [key]);
  });

beforeAll(async () => {
  deps = await openTestDeps();
  workspaceId = await aWorkspace(deps.db, 'Loja');
  otherId = await aWorkspace(deps.db, 'Outra');
  for (const { name, phone } of people) {
    await add(workspaceId, name, phone);
  }
  await add(otherId, 'Conceição Alheia', '5511912345678');
});
afterAll(() => deps.close());

const page = (query: Partial<ContactListQuery>) =>
  listContacts(deps.db, workspaceId, { limit: 100, ...query });

describe('the list of contacts', () => {
  it('goes by name page after page, accents and case aside, whoever has none last', async () => {
    const nameless = await inTx(deps, systemActor(workspaceId), ({ tx }) =>
      insertContact(tx, { workspaceId, profileName: null, username: null }),
    );
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const read = await page({ sort: 'name', limit: 1, ...(cursor === null ? {} : { cursor }) });
      seen.push(...read.items.map((item) => item.name));
      cursor = read.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(['100% Fitness_SP', 'Conceição Araújo', 'JOSÉ da Silva', '—']);
    await sql`delete from contact where id = ${nameless}`.execute(deps.db);
  });

  it('refuses a cursor of the other order', async () => {
    const { nextCursor } = await page({ limit: 1 });
    await expect(page({ sort: 'name', cursor: nextCursor ?? '' })).rejects.toMatchObject({
      code: 'invalid-cursor',
    });
  });

  it('finds by an id of a parent account, and however its letters were typed', async () => {
    const [bsuid, parent] = ['BR.20031234567890', 'BR.ENT.11235813'];
    const id = await inTx(deps, systemActor(workspaceId), async ({ tx }) => {
      const made = await insertContact(tx, {
        workspaceId,
        profileName: 'Sr.Paulo',
        username: null,
      });
      await learnIdentities(tx, workspaceId, made, [
        { kind: 'bsuid', key: `bsuid:${bsuid}`, value: bsuid },
        { kind: 'parent-bsuid', key: `parent-bsuid:${parent}`, value: parent },
      ]);
      return made;
    });
    for (const search of [bsuid, bsuid.toLowerCase(), parent, parent.toLowerCase(), 'sr.paulo']) {
      const found = (await page({ search })).items.map((one) => one.id);
      expect([search, found]).toEqual([search, [id]]);
    }
    await sql`delete from contact_identity where contact_id = ${id}`.execute(deps.db);
    await sql`delete from contact where id = ${id}`.execute(deps.db);
  });

  it('finds by our id, and by WhatsApp’s, within the workspace', async () => {
    const [first] = (await page({ search: 'concei' })).items;
    expect((await page({ search: first?.id ?? '' })).items).toEqual([first]);
    const bsuid = 'BR.4f1a8a1b2c3d';
    await inTx(deps, systemActor(workspaceId), ({ tx }) =>
      learnIdentities(tx, workspaceId, first?.id ?? '', [
        { kind: 'bsuid', key: `bsuid:${bsuid}`, value: bsuid },
      ]),
    );
    expect((await page({ search: bsuid })).items.map(({ id }) => id)).toEqual([first?.id]);
    expect((await listContacts(deps.db, otherId, { limit: 10, search: bsuid })).items).toEqual([]);
    const other = await listContacts(deps.db, otherId, { limit: 10, search: first?.id ?? '' });
    expect(other.items).toEqual([]);
  });

  it('leaves out, or shows only, those who are blocked', async () => {
    const [first] = (await page({ search: 'concei' })).items;
    await sql`insert into block (workspace_id, id, contact_id, reason, started_by_kind)
      values (${workspaceId}, gen_random_uuid(), ${first?.id}, 'spam', 'system')`.execute(deps.db);
    const ids = async (blocked: 'without' | 'only') =>
      (await page({ blocked })).items.map(({ id }) => id);
    expect(await ids('only')).toEqual([first?.id]);
    expect(await ids('without')).toHaveLength(2);
    await sql`delete from block where contact_id = ${first?.id}`.execute(deps.db);
  });
});

const namesFound = async (search: string): Promise<string[]> => {
  const { items } = await listContacts(deps.db, workspaceId, { search, limit: 50 });
  return items.map((contact) => contact.name);
};

describe('searching people', () => {
  it.each([
    ['conceicao', [people[0].name]],
    ['CEIÇÃO ara', [people[0].name]],
    ['jose', [people[1].name]],
    ['100%', [people[2].name]],
    ['s_s', [people[2].name]],
    ['%', [people[2].name]],
    ['ninguém', []],
  ])('finds by a part of the name: %s', async (typed, expected) => {
    expect(await namesFound(typed)).toEqual(expected);
  });

  it.each([
    ['98765-4321', people[0].name],
    ['(11) 98765 4321', people[0].name],
    ['+55 11 98765-4321', people[0].name],
    // Stored without the ninth digit, typed with it, and the other way round.
    ['85 9 9999-1111', people[1].name],
    ['8599991111', people[1].name],
    ['1187654321', people[0].name],
  ])('finds by the number as people type it: %s', async (typed, expected) => {
    expect(await namesFound(typed)).toEqual([expected]);
  });

  it('looks names and numbers up by their index', async () => {
    await sql`insert into contact (workspace_id, id, profile_name)
      select ${workspaceId}, gen_random_uuid(), 'Cliente ' || md5(n::text) from generate_series(1, 5000) n`.execute(
      deps.db,
    );
    await sql`vacuum analyze contact`.execute(deps.db);
    const { rows } = await sql<{ 'QUERY PLAN': string }>`explain
      select s.id from contact s where s.workspace_id = ${workspaceId} and s.merged_into is null
         and s.search_name like '%conceicao%'`.execute(deps.db);
    expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('contact_search');
  });
});
