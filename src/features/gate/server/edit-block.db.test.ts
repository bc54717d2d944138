import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { aMember } from '#platform/server/testing/a-workspace.ts';
import { findActiveBlock } from './queries.ts';
import { block, blocksShown, unblock } from './testing.ts';
import { aListStage } from './upstream/testing/list-stage.ts';

const stage = aListStage();
let contactId: string;

beforeEach(async () => {
  contactId = await stage.world.aContact();
});

const changed = { code: 'block-changed', status: 409 };
const active = () => findActiveBlock(stage.deps.db, stage.world.workspaceId, contactId);

describe('editing a block that is named', () => {
  it('changes it while it holds', async () => {
    const { id } = await block(stage.deps, stage.world.admin, contactId, { reason: 'spam' });
    await block(stage.deps, stage.world.admin, contactId, { reason: 'fraud', blockId: id });
    expect(await active()).toMatchObject({ id, reason: 'fraud' });
  });

  it('that a colleague lifted meanwhile blocks nobody anew', async () => {
    const { id } = await block(stage.deps, stage.world.admin, contactId);
    await unblock(stage.deps, await aMember(stage.deps.db, stage.world.workspaceId), contactId);
    const edit = block(stage.deps, stage.world.admin, contactId, { reason: 'fraud', blockId: id });
    await expect(edit).rejects.toMatchObject(changed);
    expect(await active()).toBeNull();
    expect(await blocksShown(stage.deps, stage.world.workspaceId, contactId)).toMatchObject([
      { id, reason: 'offense' },
    ]);
  });

  it('that the clock ended meanwhile blocks nobody anew, with a new end or with its own', async () => {
    const expiresAt = new Date(Date.now() + 300);
    const { id } = await block(stage.deps, stage.world.admin, contactId, { expiresAt });
    await sleep(320);
    for (const end of [null, expiresAt, new Date(Date.now() + 3_600_000)]) {
      const edit = block(stage.deps, stage.world.admin, contactId, { expiresAt: end, blockId: id });
      await expect(edit).rejects.toMatchObject(changed);
    }
    expect(await active()).toBeNull();
    expect(await blocksShown(stage.deps, stage.world.workspaceId, contactId)).toHaveLength(1);
  });

  it('that a newer one has replaced leaves the newer one as it is', async () => {
    const { id } = await block(stage.deps, stage.world.admin, contactId, { reason: 'spam' });
    await unblock(stage.deps, stage.world.admin, contactId);
    const second = await aMember(stage.deps.db, stage.world.workspaceId);
    const newer = await block(stage.deps, second, contactId, { reason: 'discrimination' });
    const edit = block(stage.deps, stage.world.admin, contactId, { reason: 'fraud', blockId: id });
    await expect(edit).rejects.toMatchObject(changed);
    expect(await active()).toMatchObject({ id: newer.id, reason: 'discrimination' });
  });
});
