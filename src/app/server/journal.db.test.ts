import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aNumberChange, aPhone, aText, receive } from '#features/conversations/server/testing.ts';
import { unblock } from '#features/gate/server/testing.ts';
import { aPicture } from '#features/media/server/testing.ts';
import { erasePerson } from '#features/removals/server/index.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { finishes, pictureArrives } from './testing/journal-files.ts';
import { type JournalWorld, openJournalWorld } from './testing/journal-world.ts';

let world: JournalWorld;

beforeEach(async () => {
  world = await openJournalWorld();
  await world.starts(world.deps);
});
afterEach(() => world.close());

/** What a start has done, and nothing besides. */
const none = (but: object) => ({ messages: 0, blocked: 0, lifted: 0, erased: 0, names: 0, ...but });

describe('a database older than the journal', () => {
  it('removes again what it holds, and stores nothing of what it never held', async () => {
    const phone = aPhone();
    const held = await world.says(world.deps, phone, 'canário antigo');
    const saved = await world.saves();
    const later = await world.says(world.deps, phone, 'canário novo');
    await world.removes(world.deps, held.id, later.id);
    await world.writes(world.deps);
    const back = await world.comesBack(saved);
    expect(await world.countOf(back, 'message', `text = 'canário antigo'`)).toBe(1);
    expect(await world.starts(back)).toEqual(none({ messages: 1 }));
    expect(await world.rows(back, 'select text, removal_number from message')).toEqual([
      { text: null, removal_number: 1 },
    ]);
    for (const { externalId } of [held, later]) {
      const text = { kind: 'text', text: 'outra vez' } as const;
      await receive(back, aText(world.place, { phone }, { externalId, content: text }));
      const old = aText(world.place, { phone }, { externalId, content: text, isHistory: true });
      await receive(back, old);
    }
    expect(await world.countOf(back, 'message')).toBe(1);
    expect(await world.ownActs(back)).toEqual([
      'removals.message-removed-again',
      'installation.journal-applied',
    ]);
    expect(await world.starts(back)).toBeNull();
  });

  it('takes files and copies along, and opens the checklist of a request that it never had', async () => {
    const phone = aPhone();
    const id = await pictureArrives(world, world.deps, phone);
    const saved = await world.saves();
    const requestId = await world.removes(world.deps, id);
    await world.writes(world.deps);
    const back = await world.comesBack(saved);
    const files = async (): Promise<number> => {
      let n = 0;
      for await (const _file of back.files.list()) n += 1;
      return n;
    };
    expect(await files()).toBeGreaterThan(0);
    expect(await world.starts(back)).toMatchObject({ messages: 1 });
    expect(
      await world.countOf(back, 'removal_request', `id = '${requestId}' and state = 'removing'`),
    ).toBe(1);
    // For the reason of then, and recognised when it comes again.
    for (const table of ['removal_asker', 'removed_print']) {
      expect(await world.rows(back, `select distinct reason from ${table}`)).toEqual([
        { reason: 'offense' },
      ]);
    }
    await finishes(back, world.place.workspaceId, requestId);
    expect(await files()).toBe(0);
    expect(await world.rows(back, 'select state from removal_request')).toEqual([
      { state: 'removed' },
    ]);
    // The next request has a number of its own.
    const other = await world.says(back, phone, 'outra');
    await world.removes(back, other.id);
    expect(await world.rows(back, 'select number from removal_request order by number')).toEqual([
      { number: 1 },
      { number: 2 },
    ]);
  });

  it('recognises a file that it never held, when it comes again', async () => {
    const saved = await world.saves();
    const id = await pictureArrives(world, world.deps, aPhone());
    const sha256 = createHash('sha256')
      .update(await aPicture())
      .digest('hex');
    await world.removes(world.deps, id);
    await world.writes(world.deps);
    expect((await world.journal.lines()).join()).not.toContain(sha256);
    const back = await world.comesBack(saved);
    expect(await world.starts(back)).toMatchObject({ messages: 0 });
    const again = await pictureArrives(world, back, aPhone());
    expect(await world.rows(back, 'select message_id as id from repeat_match')).toEqual([
      { id: again },
    ]);
  });

  it('decides a request that was open in it', async () => {
    const held = await world.says(world.deps, aPhone(), 'canário');
    const saved = await world.saves();
    await world.removes(world.deps, held.id);
    await world.writes(world.deps);
    const back = await world.comesBack(saved);
    const again = await world.comesBack(saved);
    await world.starts(back);
    // Started twice from the same backup, each does it by itself.
    await world.starts(again);
    for (const deps of [back, again]) {
      expect(await world.rows(deps, 'select state, decided_by_kind from removal_item')).toEqual([
        { state: 'removed', decided_by_kind: 'system' },
      ]);
    }
  });

  it('blocks again whom it knows, and lets in again who was let in', async () => {
    const [blocked, freed] = [aPhone(), aPhone()];
    const one = await world.says(world.deps, blocked, 'oi');
    const two = await world.says(world.deps, freed, 'oi');
    await world.blocks(world.deps, await world.contactOf(world.deps, two.id));
    const saved = await world.saves();
    await world.blocks(world.deps, await world.contactOf(world.deps, one.id));
    await unblock(world.deps, world.admin, await world.contactOf(world.deps, two.id));
    await world.writes(world.deps);
    const back = await world.comesBack(saved);
    expect(await world.starts(back)).toEqual(none({ blocked: 1, lifted: 1 }));
    // What comes from the second of the lift is of the time before it.
    await sleep(1_100);
    await world.says(back, blocked, 'canário');
    await world.says(back, freed, 'de volta');
    expect(await world.rows(back, `select text from message where text <> 'oi'`)).toEqual([
      { text: 'de volta' },
    ]);
    expect(await world.rows(back, 'select note, cause from block where lifted_at is null')).toEqual(
      [{ note: null, cause: 'journal' }],
    );
    expect(await world.ownActs(back)).toEqual(
      expect.arrayContaining(['gate.block-restored', 'gate.lift-restored']),
    );
    // The same block, in its own place in time.
    const spans = 'select id, started_at, expires_at, reason from block order by id';
    expect(await world.rows(back, spans)).toEqual(await world.rows(world.deps, spans));
  });

  it('shuts out somebody whom it has never heard of, by any name they had', async () => {
    const phone = aPhone();
    const bsuid = 'BR.canario0001';
    const saved = await world.saves();
    const { id } = await world.says(world.deps, phone, 'oi');
    const contactId = await world.contactOf(world.deps, id);
    await world.blocks(world.deps, contactId);
    // Learnt from what was dropped, after the block.
    await receive(world.deps, aText(world.place, { phone, bsuid }));
    await world.writes(world.deps);
    for (const person of [{ phone }, { bsuid }]) {
      const back = await world.comesBack(saved);
      expect(await world.starts(back)).toMatchObject({ blocked: 1 });
      expect(await world.countOf(back, 'contact_identity')).toBe(0);
      await receive(back, aText(world.place, person));
      expect(await world.countOf(back, 'message')).toBe(0);
      expect(await world.rows(back, 'select contact_id from contact_identity')).toEqual([
        { contact_id: contactId },
      ]);
      expect(await world.rows(back, 'select attempts from block_attempt_total')).toEqual([
        { attempts: 1 },
      ]);
    }
  });

  it('erases again who was erased since, and keeps out who was erased while blocked', async () => {
    const [gone, kept, unheard] = [aPhone(), aPhone(), aPhone()];
    const erase = (contactId: string) =>
      inTx(world.deps, world.admin, (ctx) => erasePerson(ctx, contactId));
    const contactWho = async (phone: string, text: string) =>
      world.contactOf(world.deps, (await world.says(world.deps, phone, text)).id);
    const before = [await contactWho(gone, 'canário'), await contactWho(kept, 'canário')];
    const saved = await world.saves();
    const later = await contactWho(unheard, 'canário');
    for (const contactId of [before[1] ?? '', later]) {
      await world.blocks(world.deps, contactId);
    }
    for (const contactId of [...before, later]) {
      await erase(contactId);
    }
    await world.writes(world.deps);
    const back = await world.comesBack(saved);
    expect(await world.starts(back)).toEqual(none({ blocked: 2, erased: 3 }));
    for (const table of ['message', 'conversation', 'contact_identity']) {
      expect([table, await world.countOf(back, table)]).toEqual([table, 0]);
    }
    for (const phone of [kept, unheard, gone]) {
      await receive(back, aText(world.place, { phone }));
    }
    expect(await world.rows(back, 'select value from contact_identity')).toEqual([{ value: gone }]);
    expect(await world.countOf(back, 'message')).toBe(1);
    expect(await world.starts(back)).toBeNull();
  });

  it('keeps out under a number that somebody who was erased had only after the backup', async () => {
    const [phone, later] = [aPhone(), aPhone()];
    const contactId = await world.contactOf(
      world.deps,
      (await world.says(world.deps, phone, 'canário')).id,
    );
    await world.blocks(world.deps, contactId);
    await inTx(world.deps, world.admin, (ctx) => erasePerson(ctx, contactId));
    await world.writes(world.deps);
    const saved = await world.saves();
    await receive(world.deps, aNumberChange(world.place, { phone }, { phone: later }));
    expect(await world.writes(world.deps)).toBeGreaterThan(0);
    const back = await world.comesBack(saved);
    await world.starts(back);
    await receive(back, aText(world.place, { phone: later }));
    expect(await world.countOf(back, 'message')).toBe(0);
    expect(await world.countOf(back, 'contact_identity')).toBe(0);
  });

  it('keeps out under a number that somebody left behind whom it never knew, and another had in it', async () => {
    const [phone, later] = [aPhone(), aPhone()];
    const whoSays = async () =>
      world.contactOf(world.deps, (await world.says(world.deps, phone, 'canário')).id);
    const erase = (contactId: string) =>
      inTx(world.deps, world.admin, (ctx) => erasePerson(ctx, contactId));
    const before = await whoSays();
    const saved = await world.saves();
    await erase(before);
    const next = await whoSays();
    await receive(world.deps, aNumberChange(world.place, { phone }, { phone: later }));
    await world.blocks(world.deps, next);
    await erase(next);
    await world.writes(world.deps);
    const back = await world.comesBack(saved);
    expect(await world.starts(back)).toMatchObject({ erased: 2 });
    expect(
      await world.rows(back, 'select kind, is_former from awaited_identity order by is_former'),
    ).toEqual([
      { kind: 'phone', is_former: false },
      { kind: 'phone', is_former: true },
    ]);
    for (const one of [phone, later]) {
      await receive(back, aText(world.place, { phone: one }));
    }
    expect(await world.countOf(back, 'message')).toBe(0);
  });

  it('keeps out what was sent during a block that it never knew, when it comes late', async () => {
    const phone = aPhone();
    const { id } = await world.says(world.deps, phone, 'oi');
    const saved = await world.saves();
    const contactId = await world.contactOf(world.deps, id);
    await world.blocks(world.deps, contactId);
    await world.rows(
      world.deps,
      `update block set started_at = started_at - interval '1 hour' where contact_id = '${contactId}'`,
    );
    await unblock(world.deps, world.admin, contactId);
    await world.writes(world.deps);
    const back = await world.comesBack(saved);
    await world.starts(back);
    const late = Math.floor(Date.now() / 1000) - 1_800;
    await receive(back, aText(world.place, { phone }, { timestamp: late }));
    expect(await world.countOf(back, 'message')).toBe(1);
  });
});
