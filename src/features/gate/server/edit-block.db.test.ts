import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { insertContact } from '#features/contacts/server/index.ts';
import type { Actor } from '#platform/server/deps.ts';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { findActiveBlock } from './queries.ts';
import { block, blocksShown, unblock } from './testing.ts';

let deps: TestDeps;
let workspaceId: string;
let admin: Actor;
let contactId: string;

beforeAll(async () => {
  deps = await openTestDeps();
});
afterAll(() => deps.close());

beforeEach(async () => {
  workspaceId = await aWorkspace(deps.db);
  admin = await aMember(deps.db, workspaceId);
  contactId = await deps.db
    .transaction()
    .execute((tx) => insertContact(tx, { workspaceId, profileName: 'Ana', username: null }));
});

const changed = { code: 'block-changed', status: 409 };
const active = () => findActiveBlock(deps.db, workspaceId, contactId);

describe('editing a block that is named', () => {
  it('changes it while it holds', async () => {
    const { id } = await block(deps, admin, contactId, { reason: 'spam' });
    await block(deps, admin, contactId, { reason: 'fraud', blockId: id });
    expect(await active()).toMatchObject({ id, reason: 'fraud' });
  });

  it('that a colleague lifted meanwhile blocks nobody anew', async () => {
    const { id } = await block(deps, admin, contactId);
    await unblock(deps, await aMember(deps.db, workspaceId), contactId);
    const edit = block(deps, admin, contactId, { reason: 'fraud', blockId: id });
    await expect(edit).rejects.toMatchObject(changed);
    expect(await active()).toBeNull();
    expect(await blocksShown(deps, workspaceId, contactId)).toMatchObject([
      { id, reason: 'offense' },
    ]);
  });

  it('that the clock ended meanwhile blocks nobody anew, with a new end or with its own', async () => {
    const expiresAt = new Date(Date.now() + 300);
    const { id } = await block(deps, admin, contactId, { expiresAt });
    await sleep(320);
    for (const end of [null, expiresAt, new Date(Date.now() + 3_600_000)]) {
      const edit = block(deps, admin, contactId, { expiresAt: end, blockId: id });
      await expect(edit).rejects.toMatchObject(changed);
    }
    expect(await active()).toBeNull();
    expect(await blocksShown(deps, workspaceId, contactId)).toHaveLength(1);
  });

  it('that a newer one has replaced leaves the newer one as it is', async () => {
    const { id } = await block(deps, admin, contactId, { reason: 'spam' });
    await unblock(deps, admin, contactId);
    const second = await aMember(deps.db, workspaceId);
    const newer = await block(deps, second, contactId, { reason: 'discrimination' });
    const edit = block(deps, admin, contactId, { reason: 'fraud', blockId: id });
    await expect(edit).rejects.toMatchObject(changed);
    expect(await active()).toMatchObject({ id: newer.id, reason: 'discrimination' });
  });
});
