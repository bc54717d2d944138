import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { renameContact } from '#features/contacts/server/index.ts';
import {
  aNumberChange,
  aPhone,
  aText,
  mergeContacts,
  receive,
} from '#features/conversations/server/testing.ts';
import { removalJobs } from '#features/removals/server/index.ts';
import type { Deps } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { type JournalWorld, openJournalWorld } from './testing/journal-world.ts';

const insult = 'Canarinho Sete';

let world: JournalWorld;
let phone: string;

beforeEach(async () => {
  world = await openJournalWorld();
  await world.starts(world.deps);
  phone = aPhone();
});
afterEach(() => world.close());

/** Somebody who writes under the name. @returns the contact */
const writes = async (on: Deps, from = phone): Promise<string> => {
  const { id } = await world.says(on, from, 'oi', insult);
  return world.contactOf(on, id);
};

/** Every row of every contact, as it is stored. */
const storedOn = async (on: Deps): Promise<string> =>
  JSON.stringify(await world.rows(on, 'select c.*, c.sort_name from contact c')).toLowerCase();

const since =
  'select id, name_removed_at from contact where name_removed_at is not null order by id';

const expectForgotten = async (on: Deps): Promise<void> =>
  expect(await storedOn(on)).not.toContain('canarinho');

describe('a name that was removed, in a database older than the journal', () => {
  it('goes again, is not learnt again, and has its request and its checklist', async () => {
    const contactId = await writes(world.deps);
    const saved = await world.saves();
    const requestId = await world.removesName(world.deps, contactId);
    await world.writes(world.deps);
    const back = await world.comesBack(saved);
    expect(await storedOn(back)).toContain('canarinho');
    expect(await world.starts(back)).toMatchObject({ messages: 0, blocked: 0, names: 1 });
    await expectForgotten(back);
    expect(await world.rows(back, since)).toEqual(await world.rows(world.deps, since));
    await writes(back);
    await expectForgotten(back);
    expect(
      await world.rows(
        back,
        `select q.id, q.number, q.state, a.reason, a.asker_kind as asker, n.decided_by_kind as decided
           from removal_request q join removal_asker a on a.request_id = q.id
           join removal_name n on n.request_id = q.id`,
      ),
    ).toEqual([
      {
        ...{ id: requestId, number: 1, state: 'removing', reason: 'discrimination' },
        ...{ asker: 'system', decided: 'system' },
      },
    ]);
    for (const [name, payload] of [
      ['removals.settle', { workspaceId: world.place.workspaceId, requestId }],
      ['removals.tidy-tables', {}],
    ] as const) {
      const job = removalJobs.find((one) => one.name === name);
      await job?.runUnparsed(payload, { deps: back, log: back.log, attempt: 1 });
    }
    expect(await world.rows(back, 'select state from removal_request')).toEqual([
      { state: 'removed' },
    ]);
    expect(await world.ownActs(back)).toEqual([
      ...['removals.name-removed-again', 'installation.journal-applied', 'removals.finished'],
    ]);
    expect(await world.starts(back)).toBeNull();
  });

  it('ends the request that was open in it', async () => {
    const contactId = await writes(world.deps);
    await world.asksForName(world.deps, contactId);
    const saved = await world.saves();
    await world.removesName(world.deps, contactId);
    await world.writes(world.deps);
    const back = await world.comesBack(saved);
    expect(await world.starts(back)).toMatchObject({ names: 1 });
    await expectForgotten(back);
    expect(await world.countOf(back, 'name_cover')).toBe(0);
    expect(
      await world.rows(
        back,
        'select q.state, n.state as name from removal_request q, removal_name n',
      ),
    ).toEqual([{ state: 'removing', name: 'removed' }]);
  });

  it('is not learnt from somebody whom it has never heard of, by anything they are known by', async () => {
    const bsuid = 'BR.canarinho001';
    const saved = await world.saves();
    const contactId = await writes(world.deps);
    await world.removesName(world.deps, contactId);
    // Learnt after the name went.
    await receive(world.deps, aText(world.place, { phone, bsuid }));
    await world.writes(world.deps);
    for (const person of [{ phone }, { bsuid }]) {
      const back = await world.comesBack(saved);
      expect(await world.starts(back)).toMatchObject({ blocked: 0, names: 1 });
      // Nothing was here that could go.
      expect(await world.countOf(back, 'removal_request')).toBe(0);
      await receive(back, aText(world.place, person, { names: { profileName: insult } }));
      await expectForgotten(back);
      expect(await world.rows(back, 'select contact_id as id from message')).toEqual([
        { id: contactId },
      ]);
    }
  });

  it('is of nobody who has a number by now that the person left behind, blocked or not', async () => {
    const [later, blocked, next] = [aPhone(), aPhone(), aPhone()];
    const saved = await world.saves();
    const contactId = await writes(world.deps);
    await receive(world.deps, aNumberChange(world.place, { phone }, { phone: blocked }));
    await receive(world.deps, aNumberChange(world.place, { phone: blocked }, { phone: later }));
    await world.blocks(world.deps, await writes(world.deps, blocked));
    // The last line is about who left both behind.
    await world.removesName(world.deps, contactId);
    await world.writes(world.deps);
    const back = await world.comesBack(saved);
    await world.starts(back);
    expect(await writes(back)).not.toBe(contactId);
    expect(await writes(back, blocked)).toBe('');
    expect(await writes(back, later)).toBe(contactId);
    expect(await writes(back, next)).not.toBe(contactId);
  });

  it('takes away what two are called of whom a merge has made one since', async () => {
    const [one, other] = [await writes(world.deps), await writes(world.deps, aPhone())];
    const saved = await world.saves();
    await world.removesName(world.deps, one);
    await inTx(world.deps, world.admin, (ctx) => mergeContacts(ctx, one, other));
    await world.writes(world.deps);
    const back = await world.comesBack(saved);
    await world.starts(back);
    await expectForgotten(back);
  });

  it('leaves the name that our people gave since', async () => {
    const contactId = await writes(world.deps);
    await world.removesName(world.deps, contactId);
    await inTx(world.deps, world.admin, (ctx) => renameContact(ctx, contactId, 'Dona Ana'));
    const saved = await world.saves();
    // One more line about the same contact.
    await world.blocks(world.deps, contactId);
    await world.writes(world.deps);
    const back = await world.comesBack(saved);
    expect(await world.starts(back)).toMatchObject({ blocked: 1, names: 0 });
    expect(await world.rows(back, 'select given_name as name from contact')).toEqual([
      { name: 'Dona Ana' },
    ]);
  });
});
