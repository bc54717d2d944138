import { appendFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aPhone } from '#features/conversations/server/testing.ts';
import { unblock } from '#features/gate/server/testing.ts';
import { recreate, verify } from './commands/journal.ts';
import { type JournalWorld, openJournalWorld } from './testing/journal-world.ts';

let world: JournalWorld;
afterEach(() => world.close());

const some = async (): Promise<void> => {
  const { id } = await world.says(world.deps, aPhone(), 'canário');
  await world.removes(world.deps, id);
  await world.writes(world.deps);
};
const wayOut = /npm run guarita -- journal recreate/;

describe.each(['file', 'bucket'] as const)('a start with a journal in a %s', (kind) => {
  beforeEach(async () => {
    world = await openJournalWorld(kind);
    await world.starts(world.deps);
  });

  it('is refused without the journal, until a new one is made', async () => {
    await some();
    const named = await world.says(world.deps, aPhone(), 'oi', 'Canarinho');
    await world.removesName(world.deps, await world.contactOf(world.deps, named.id));
    await world.journal.replace([]);
    await expect(world.starts(world.deps)).rejects.toMatchObject({
      trouble: 'absent',
      message: expect.stringMatching(wayOut),
    });
    await expect(verify(world.deps.config)).rejects.toMatchObject({ trouble: 'absent' });
    expect(await recreate(world.deps.config)).toContain(world.journal.name);
    expect(await world.starts(world.deps)).toBeNull();
    expect(await verify(world.deps.config)).toContain('The database knows all of them');
    for (const said of ['"removal"', '"nameRemoved"']) {
      expect((await world.journal.lines()).join()).toContain(said);
    }
    expect(await world.ownActs(world.deps)).toContain('installation.journal-recreated');
  });

  it('is refused with an older copy of the journal', async () => {
    await some();
    const older = await world.journal.lines();
    await some();
    await world.journal.replace(older);
    await expect(world.starts(world.deps)).rejects.toMatchObject({
      trouble: 'behind',
      message: expect.stringMatching(wayOut),
    });
  });

  it('is refused with the journal of another life of it', async () => {
    await some();
    const saved = await world.saves();
    const back = await world.comesBack(saved);
    const before = await world.journal.lines();
    await some();
    const one = await world.journal.lines();
    await world.journal.replace(before);
    const { id } = await world.says(back, aPhone(), 'canário');
    await world.removes(back, id);
    await world.writes(back);
    await world.journal.replace(one);
    await expect(world.starts(back)).rejects.toMatchObject({ trouble: 'other' });
  });

  it.each([
    ['changed', (lines: string[]) => lines.map((line) => line.replace('"number":1', '"number":2'))],
    ['taken out', (lines: string[]) => lines.filter((_line, index) => index !== 1)],
    ['put elsewhere', ([first = '', second = '', ...rest]: string[]) => [second, first, ...rest]],
    ['emptied', ([first = '', _second, ...rest]: string[]) => [first, '', ...rest]],
  ])('is refused when a line was %s', async (_what, change) => {
    const saved = await world.saves();
    await some();
    await some();
    await world.journal.replace(change(await world.journal.lines()));
    const refused = { message: expect.stringMatching(wayOut) };
    await expect(world.starts(await world.comesBack(saved))).rejects.toMatchObject(refused);
    await expect(verify(world.deps.config)).rejects.toMatchObject({ trouble: 'damaged' });
    // A bucket is read from the last line on that the database knows.
    if (kind === 'file') {
      await expect(world.starts(world.deps)).rejects.toMatchObject({ trouble: 'damaged' });
    }
  });
});

describe('a start', () => {
  beforeEach(async () => {
    world = await openJournalWorld();
    await world.starts(world.deps);
  });

  it('goes on after a line that was being written when the power went', async () => {
    await some();
    await appendFile(world.journal.name, 'a3f1 {"seq":');
    expect(await world.starts(world.deps)).toBeNull();
    await some();
    expect(await verify(world.deps.config)).toContain('is whole');
  });

  it('takes what a process wrote that died before it said so', async () => {
    const one = await world.says(world.deps, aPhone(), 'oi');
    const contactId = await world.contactOf(world.deps, one.id);
    const state = 'select seq, mac, at from journal_state';
    const [before] = await world.rows<{ seq: number; mac: Buffer }>(world.deps, state);
    await world.blocks(world.deps, contactId);
    const due = await world.rows<{ id: string }>(world.deps, 'select * from journal_contact_due');
    await some();
    // As it was between the disk and the database.
    await world.deps.pool.query('update journal_state set seq = $1, mac = $2', [
      before?.seq,
      before?.mac,
    ]);
    await world.deps.pool.query('update journal_removal set written_at = null');
    await world.deps.pool.query(
      `insert into journal_contact_due (workspace_id, id, contact_id) select $1, u.id, $2 from unnest($3::uuid[]) as u (id)`,
      [world.place.workspaceId, contactId, due.map(({ id }) => id)],
    );
    // What it says is not the last word: somebody let the person in again.
    await unblock(world.deps, world.admin, contactId);
    expect(await world.starts(world.deps)).toMatchObject({ messages: 0, blocked: 0 });
    expect(await world.countOf(world.deps, 'block', 'lifted_at is null')).toBe(0);
    await world.writes(world.deps);
    expect(await verify(world.deps.config)).toContain('The database knows all of them');
  });
});

describe.each(['file', 'bucket'] as const)('the journal in a %s', (kind) => {
  beforeEach(async () => {
    world = await openJournalWorld(kind);
    await world.starts(world.deps);
  });

  it('holds no content, no number and no name', async () => {
    const phone = aPhone();
    const { id, externalId } = await world.says(world.deps, phone, 'canário', 'Canarinho');
    await world.removesName(world.deps, await world.contactOf(world.deps, id));
    await world.blocks(world.deps, await world.contactOf(world.deps, id));
    await world.removes(world.deps, id);
    await world.writes(world.deps);
    const text = (await world.journal.lines()).join('\n');
    for (const word of [
      'canário',
      phone,
      phone.slice(-8),
      externalId,
      'nota',
      'Ana',
      'Canarinho',
    ]) {
      expect(text).not.toContain(word);
    }
  });

  it('is written by one node at a time, without a line twice', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 6; n += 1) {
      ids.push((await world.says(world.deps, aPhone(), `canário ${n}`)).id);
    }
    await Promise.all(
      ids.map(async (id, n) => {
        const node = n % 2 === 0 ? world.deps : world.otherNode;
        await world.removes(node, id);
        await world.writes(node);
      }),
    );
    expect(await world.writes(world.deps)).toBe(0);
    expect(await verify(world.deps.config)).toContain('is whole: 7 lines');
  });
});
