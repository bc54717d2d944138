import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  identityHashOf,
  insertAwaited,
  insertContact,
  learnIdentities,
  matchKeysOf,
  type PersonRef,
} from '#features/contacts/server/index.ts';
import type { Actor } from '#platform/server/deps.ts';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { findActiveBlock } from '../queries.ts';
import { block } from '../testing.ts';
import { everyBlock } from './export-queries.ts';
import { apply, countKept, read, rowsOf } from './testing/import-world.ts';

let deps: TestDeps;
let workspaceId: string;
let admin: Actor;

beforeAll(async () => {
  deps = await openTestDeps();
});
afterAll(() => deps.close());

beforeEach(async () => {
  workspaceId = await aWorkspace(deps.db);
  admin = await aMember(deps.db, workspaceId);
});

const [p1, p2, p3] = ['5511911110001', '5511911110002', '5511911110003'];
const [idA, idB, idC] = ['BR.1000000001', 'BR.1000000002', 'BR.1000000003'];

const aContact = (person: PersonRef): Promise<string> =>
  deps.db.transaction().execute(async (tx) => {
    const id = await insertContact(tx, { workspaceId, profileName: 'Ana', username: null });
    await learnIdentities(tx, workspaceId, id, matchKeysOf(person));
    return id;
  });

const fileOf = (...rows: string[]): string => ['número;id;motivo', ...rows].join('\n');

/** Each line: what is planned, and after it was applied what was done. */
const done = async (...rows: string[]): Promise<string[]> => {
  const { id } = await read(deps, admin, fileOf(...rows));
  await apply(deps, admin, id);
  expect(await countKept(deps, id)).toBe(0);
  const all = await rowsOf(deps, admin, id);
  return all.map(({ line, plan, result, cause, ofLine }) =>
    [line, plan, result, cause, ofLine].filter((part) => part !== null).join(' '),
  );
};

const namesOf = async (contactId: string): Promise<string[]> => {
  const { rows } = await sql<{ key: string }>`select match_key as key from contact_identity
    where contact_id = ${contactId} and not is_former order by match_key`.execute(deps.db);
  return rows.map(({ key }) => key);
};

const holderOf = async (key: string): Promise<string> => {
  const { rows } = await sql<{ id: string }>`select contact_id as id from contact_identity
    where workspace_id = ${workspaceId} and match_key = ${key} and not is_former`.execute(deps.db);
  return rows[0]?.id ?? '';
};
const isBlocked = async (key: string): Promise<boolean> =>
  (await findActiveBlock(deps.db, workspaceId, await holderOf(key))) !== null;

describe('a row with a number and an id', () => {
  it('is of one person, who is blocked under both', async () => {
    expect(await done(`${p1};${idA};spam`, `${p2};;spam`, `;${idC};spam`)).toEqual([
      '2 new-contact blocked',
      '3 new-contact blocked',
      '4 new-contact blocked',
    ]);
    expect(await namesOf(await holderOf(`phone:${p1}`))).toEqual([`bsuid:${idA}`, `phone:${p1}`]);
    expect(await isBlocked(`bsuid:${idA}`)).toBe(true);
  });

  it('teaches whoever is known under one of them the other', async () => {
    const byNumber = await aContact({ phone: p1 });
    const byAccount = await aContact({ bsuid: idB });
    await block(deps, admin, byAccount, { reason: 'spam' });
    expect(await done(`${p1};${idA};spam`, `${p2};${idB};spam`)).toEqual([
      '2 known-contact blocked',
      '3 edit edited',
    ]);
    expect(await namesOf(byNumber)).toEqual([`bsuid:${idA}`, `phone:${p1}`]);
    expect(await namesOf(byAccount)).toEqual([`bsuid:${idB}`, `phone:${p2}`]);
    expect(await done(`${p1};${idA};spam`, `${p2};${idB};spam`)).toEqual([
      '2 unchanged unchanged',
      '3 unchanged unchanged',
    ]);
  });

  it('is a mistake where they are two people here, or the number is of another account', async () => {
    await aContact({ phone: p1 });
    await aContact({ bsuid: idA });
    await aContact({ phone: p2, bsuid: idB });
    expect(await done(`${p1};${idA};spam`, `${p2};${idC};spam`)).toEqual([
      '2 error error names-differ',
      '3 error error names-differ',
    ]);
    expect(await isBlocked(`phone:${p1}`)).toBe(false);
    expect(await holderOf(`bsuid:${idC}`)).toBe('');
  });

  it('repeats another one, or says that it brings what that one did not', async () => {
    expect(
      await done(
        `${p1};${idA};spam`,
        `;${idA};fraude`,
        `${p1};${idB};spam`,
        `;${idB};spam`,
        `${p3};;spam`,
        `;${idC};spam`,
        `${p3};${idC};spam`,
      ),
    ).toEqual([
      '2 new-contact blocked',
      '3 duplicate duplicate 2',
      '4 error error names-in-two-rows 2',
      '5 new-contact blocked',
      '6 new-contact blocked',
      '7 new-contact blocked',
      '8 duplicate duplicate 6',
    ]);
    expect(await isBlocked(`bsuid:${idB}`)).toBe(true);
  });

  it('does not lose whom it names behind a row about somebody else', async () => {
    await aContact({ bsuid: idA });
    expect(await done(`${p1};;spam`, `${p1};${idA};spam`)).toEqual([
      '2 new-contact blocked',
      '3 error error names-in-two-rows 2',
    ]);
  });

  it('goes by who has them when its turn comes', async () => {
    const { id } = await read(deps, admin, fileOf(`${p1};${idA};spam`));
    await aContact({ phone: p1 });
    await aContact({ bsuid: idA });
    await apply(deps, admin, id);
    const [row] = await rowsOf(deps, admin, id);
    expect(row).toMatchObject({ plan: 'new-contact', result: 'error', cause: 'names-differ' });
    expect(await isBlocked(`phone:${p1}`)).toBe(false);
  });
});

describe('the export of somebody with several names', () => {
  it('has a row for each of them, and one for a pair', async () => {
    const pair = await aContact({ phone: p1, bsuid: idA });
    const several = await aContact({ phone: p2, bsuid: idB });
    await deps.db
      .transaction()
      .execute((tx) => learnIdentities(tx, workspaceId, several, matchKeysOf({ phone: p3 })));
    await block(deps, admin, several, { reason: 'fraud', note: 'dois chips' });
    await block(deps, admin, pair, { reason: 'spam' });
    const rows: string[] = [];
    for await (const { number, userId, reason } of everyBlock(deps.db, workspaceId, 'active')) {
      rows.push([number ?? '', userId ?? '', reason].join(';'));
    }
    expect(rows).toEqual([`+${p1};${idA};spam`, `+${p3};;fraud`, `+${p2};;fraud`, `;${idB};fraud`]);
    expect(await done(...rows)).toEqual([
      '2 unchanged unchanged',
      '3 unchanged unchanged',
      '4 duplicate duplicate 3',
      '5 duplicate duplicate 3',
    ]);
    workspaceId = await aWorkspace(deps.db);
    admin = await aMember(deps.db, workspaceId);
    await done(...rows);
    for (const key of [p1, p2, p3].map((phone) => `phone:${phone}`)) {
      expect([key, await isBlocked(key)]).toEqual([key, true]);
    }
    expect(await isBlocked(`bsuid:${idA}`)).toBe(true);
    expect(await isBlocked(`bsuid:${idB}`)).toBe(true);
  });
});

describe('a name that somebody waits for', () => {
  it('is theirs in the preview as well', async () => {
    const contactId = await aContact({ phone: p1 });
    await block(deps, admin, contactId, { reason: 'spam' });
    const hash = identityHashOf(deps.keyed, workspaceId, `bsuid:${idA}`);
    const name = { hash, kind: 'bsuid', isFormer: false } as const;
    await deps.db.transaction().execute((tx) => insertAwaited(tx, workspaceId, contactId, [name]));
    expect(await done(`;${idA};spam`)).toEqual(['2 unchanged unchanged']);
  });
});
