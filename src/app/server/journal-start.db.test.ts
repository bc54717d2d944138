import { appendFile, cp, readFile, rm, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aPhone } from '#features/conversations/server/testing.ts';
import { unblock } from '#features/gate/server/testing.ts';
import { recreate, verify } from './commands/journal.ts';
import { type JournalWorld, openJournalWorld } from './testing/journal-world.ts';

let world: JournalWorld;

beforeEach(async () => {
  world = await openJournalWorld();
  await world.starts(world.deps);
});
afterEach(() => world.close());

describe('a start', () => {
  const some = async (): Promise<void> => {
    const { id } = await world.says(world.deps, aPhone(), 'canário');
    await world.removes(world.deps, id);
    await world.writes(world.deps);
  };
  const wayOut = /npm run guarita -- journal recreate/;

  it('is refused without the journal, until a new one is made', async () => {
    await some();
    const named = await world.says(world.deps, aPhone(), 'oi', 'Canarinho');
    await world.removesName(world.deps, await world.contactOf(world.deps, named.id));
    await rm(world.journal);
    await expect(world.starts(world.deps)).rejects.toMatchObject({
      trouble: 'absent',
      message: expect.stringMatching(wayOut),
    });
    await expect(verify(world.deps.config)).rejects.toMatchObject({ trouble: 'absent' });
    expect(await recreate(world.deps.config)).toContain(world.journal);
    expect(await world.starts(world.deps)).toBeNull();
    expect(await verify(world.deps.config)).toContain('The database knows all of them');
    for (const said of ['"removal"', '"nameRemoved"']) {
      expect(await readFile(world.journal, 'utf8')).toContain(said);
    }
    expect(await world.ownActs(world.deps)).toContain('installation.journal-recreated');
  });

  it('is refused with an older copy of the journal', async () => {
    await some();
    await cp(world.journal, `${world.journal}.old`);
    await some();
    await cp(`${world.journal}.old`, world.journal);
    await expect(world.starts(world.deps)).rejects.toMatchObject({ trouble: 'behind' });
  });

  it('is refused with the journal of another life of it', async () => {
    await some();
    const saved = await world.saves();
    const back = await world.comesBack(saved);
    await cp(world.journal, `${world.journal}.old`);
    await some();
    await cp(world.journal, `${world.journal}.one`);
    await cp(`${world.journal}.old`, world.journal);
    const { id } = await world.says(back, aPhone(), 'canário');
    await world.removes(back, id);
    await world.writes(back);
    await cp(`${world.journal}.one`, world.journal);
    await expect(world.starts(back)).rejects.toMatchObject({ trouble: 'other' });
  });

  it.each([
    ['changed', (lines: string[]) => lines.map((line) => line.replace('"number":1', '"number":2'))],
    ['taken out', (lines: string[]) => lines.filter((_line, index) => index !== 1)],
    ['put elsewhere', ([first = '', second = '', ...rest]: string[]) => [second, first, ...rest]],
  ])('is refused when a line was %s', async (_what, change) => {
    await some();
    await some();
    const lines = (await readFile(world.journal, 'utf8')).split('\n').slice(0, -1);
    await writeFile(world.journal, `${change(lines).join('\n')}\n`);
    await expect(world.starts(world.deps)).rejects.toMatchObject({ trouble: 'damaged' });
  });

  it('goes on after a line that was being written when the power went', async () => {
    await some();
    await appendFile(world.journal, 'a3f1 {"seq":');
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

describe('the journal', () => {
  it('holds no content, no number and no name', async () => {
    const phone = aPhone();
    const { id, externalId } = await world.says(world.deps, phone, 'canário', 'Canarinho');
    await world.removesName(world.deps, await world.contactOf(world.deps, id));
    await world.blocks(world.deps, await world.contactOf(world.deps, id));
    await world.removes(world.deps, id);
    await world.writes(world.deps);
    const text = await readFile(world.journal, 'utf8');
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

  it('is written by one process at a time, without a line twice', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 6; n += 1) {
      ids.push((await world.says(world.deps, aPhone(), `canário ${n}`)).id);
    }
    await Promise.all(
      ids.map(async (id) => {
        await world.removes(world.deps, id);
        await world.writes(world.deps);
      }),
    );
    expect(await world.writes(world.deps)).toBe(0);
    expect(await verify(world.deps.config)).toContain('is whole: 7 lines');
  });
});
