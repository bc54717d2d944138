import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import type { InboundItem, PersonRef } from '#channels/channel.ts';
import { attemptsOf, block, moveBlockBack, unblock } from '#features/gate/server/testing.ts';
import { aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { aStage } from './testing/stage.ts';
import {
  aBookEntry,
  aBsuid,
  aChannel,
  aPhone,
  aText,
  aThread,
  nowInSeconds,
  type Place,
  receive,
} from './testing.ts';

const stage = aStage();
let person: PersonRef & { phone: string; bsuid: string };

beforeEach(() => {
  person = { phone: aPhone(), bsuid: aBsuid() };
});

const inNewPlace = async (): Promise<Place> =>
  aChannel(stage.deps.db, await aWorkspace(stage.deps.db));

interface Known {
  readonly id: string;
  readonly bookName: string | null;
  readonly profileName: string | null;
  readonly username: string | null;
  readonly conversations: number;
  readonly identities: readonly string[];
}

/** Every contact of the workspace that was not merged, oldest first. */
const contacts = async (workspaceId = stage.place.workspaceId): Promise<Known[]> => {
  const { rows } = await sql<Known>`
    select c.id, c.address_book_name as "bookName", c.profile_name as "profileName", c.username,
           (select count(*)::int from conversation v where v.contact_id = c.id) as conversations,
           (select array_agg(i.value order by i.kind, i.value) from contact_identity i
             where i.contact_id = c.id and not i.is_former) as identities
      from contact c where c.workspace_id = ${workspaceId} and c.merged_into is null
     order by c.created_at, c.id`.execute(stage.deps.db);
  return rows;
};

const countOf = async (name: string): Promise<number> => {
  const { rows } = await sql<{ occurrences: string }>`select occurrences from channel_counter
    where channel_id = ${stage.place.channelId} and name = ${name}`.execute(stage.deps.db);
  return Number(rows[0]?.occurrences ?? 0);
};

const entry = (name: string | null, at: number, more: object = {}): InboundItem =>
  aBookEntry(stage.place, person, name, { timestamp: at, ...more });

describe('the address book on our own phone', () => {
  it('names whom we do not know: a contact, and no conversation', async () => {
    await receive(stage.deps, aBookEntry(stage.place, person, 'Bia Lima', { username: 'bia.l' }));
    expect(await contacts()).toMatchObject([
      {
        bookName: 'Bia Lima',
        username: 'bia.l',
        conversations: 0,
        identities: [person.bsuid, `+${person.phone}`],
      },
    ]);
    // Whoever writes for the first time is that person, and is answered as they write from.
    await aThread(stage.deps, stage.place, person);
    expect(await contacts()).toMatchObject([
      {
        bookName: 'Bia Lima',
        profileName: 'Ana',
        conversations: 1,
        identities: [person.bsuid, person.phone],
      },
    ]);
  });

  it('names whom we know by any of their identities, and corrects no spelling', async () => {
    const thread = await aThread(stage.deps, stage.place, person);
    const withoutNinthDigit = `${person.phone.slice(0, 4)}${person.phone.slice(5)}`;
    await receive(stage.deps, aBookEntry(stage.place, { phone: withoutNinthDigit }, 'Um'));
    expect(await contacts()).toMatchObject([
      { id: thread.contactId, bookName: 'Um', identities: [person.bsuid, person.phone] },
    ]);
    await receive(stage.deps, aBookEntry(stage.place, { bsuid: person.bsuid }, 'Dois'));
    expect(await contacts()).toMatchObject([{ id: thread.contactId, bookName: 'Dois' }]);
  });

  it('is edited, removed, and never goes back to what it said earlier', async () => {
    const at = nowInSeconds() - 1_000;
    await receive(stage.deps, entry('Bia', at));
    await receive(stage.deps, entry('Bia Lima', at + 20));
    await receive(stage.deps, entry('Bia tarde demais', at + 10));
    expect(await contacts()).toMatchObject([{ bookName: 'Bia Lima' }]);
    await receive(stage.deps, entry(null, at + 15));
    expect(await contacts()).toMatchObject([{ bookName: 'Bia Lima' }]);
    await receive(stage.deps, entry(null, at + 30));
    await receive(stage.deps, entry('Bia Lima', at + 20));
    expect(await contacts()).toMatchObject([{ bookName: null }]);
    await receive(stage.deps, entry('Bia de novo', at + 40));
    expect(await contacts()).toMatchObject([{ bookName: 'Bia de novo' }]);
  });

  it('of several entries in one batch the newest stands, in whatever order they come', async () => {
    const at = nowInSeconds() - 1_000;
    const [first, second, third] = [entry('Um', at), entry('Dois', at + 1), entry('Três', at + 1)];
    await receive(stage.deps, second, first, third);
    expect(await contacts()).toMatchObject([{ bookName: 'Três' }]);
    await receive(stage.deps, entry(null, at + 3), entry('Quatro', at + 2));
    expect(await contacts()).toMatchObject([{ bookName: null }]);
  });

  it('makes nobody by a removal, and takes no name from who has the number by now', async () => {
    await receive(stage.deps, entry(null, nowInSeconds()));
    expect(await contacts()).toEqual([]);
    await receive(stage.deps, entry('Nova dona', nowInSeconds() - 10));
    const former = { phone: person.phone, bsuid: aBsuid() };
    await receive(stage.deps, aBookEntry(stage.place, former, null));
    expect(await contacts()).toMatchObject([{ bookName: 'Nova dona' }]);
  });

  it('fills an unknown user name, and leaves a known one to the person', async () => {
    await receive(stage.deps, aText(stage.place, person, { names: { username: 'nova' } }));
    await receive(stage.deps, aBookEntry(stage.place, person, 'Bia', { username: 'velha' }));
    expect(await contacts()).toMatchObject([{ username: 'nova' }]);
  });

  it('keeps its name in a merge, of two the newer one', async () => {
    const at = nowInSeconds() - 100;
    const [byPhone, byAccount] = [{ phone: person.phone }, { bsuid: person.bsuid }];
    await receive(stage.deps, aBookEntry(stage.place, byPhone, 'Velho', { timestamp: at }));
    await receive(stage.deps, aBookEntry(stage.place, byAccount, 'Novo', { timestamp: at + 1 }));
    await receive(stage.deps, aText(stage.place, person));
    expect(await contacts()).toMatchObject([{ bookName: 'Novo', conversations: 1 }]);
  });

  it('stays in the workspace of the number that told it', async () => {
    const other = await inNewPlace();
    await receive(stage.deps, entry('Aqui', nowInSeconds()), aBookEntry(other, person, 'Lá'));
    expect(await contacts()).toMatchObject([{ bookName: 'Aqui' }]);
    expect(await contacts(other.workspaceId)).toMatchObject([{ bookName: 'Lá' }]);
  });
});

describe('the address book of somebody blocked', () => {
  it('teaches nothing, is counted on the channel, and is no attempt of the person', async () => {
    const { contactId } = await aThread(stage.deps, stage.place, person);
    const before = await contacts();
    const { id } = await block(stage.deps, stage.admin, contactId);
    const known = { phone: person.phone };
    await receive(
      stage.deps,
      entry('Insulto', nowInSeconds(), { username: 'insulto' }),
      aBookEntry(stage.place, { ...known, bsuid: aBsuid() }, 'Insulto'),
      aBookEntry(stage.place, known, null),
    );
    expect(await contacts()).toEqual(before);
    expect(await attemptsOf(stage.deps.db, id)).toEqual({});
    expect(await countOf('contact-sync-blocked')).toBe(3);
    const { rows } = await sql`select 1 from identity_conflict where contact_id = ${contactId}
      union all select 1 from dropped_item where workspace_id = ${stage.place.workspaceId}`.execute(
      stage.deps.db,
    );
    expect(rows).toEqual([]);
  });

  it('of what was written during a block that ended nothing comes late', async () => {
    const { contactId } = await aThread(stage.deps, stage.place, person);
    const { id } = await block(stage.deps, stage.admin, contactId);
    await unblock(stage.deps, stage.admin, contactId);
    await moveBlockBack(stage.deps.db, id, 600);
    await receive(stage.deps, entry('Durante', nowInSeconds() - 600));
    expect(await contacts()).toMatchObject([{ bookName: null }]);
    await receive(stage.deps, entry('Depois', nowInSeconds()));
    expect(await contacts()).toMatchObject([{ bookName: 'Depois' }]);
  });
});

describe('the address book and everything else at once', () => {
  it('makes one contact of the first message and the entry, whoever is first', async () => {
    for (let round = 0; round < 8; round += 1) {
      const place = await inNewPlace();
      const someone = { phone: aPhone(), bsuid: aBsuid() };
      const book = aBookEntry(place, { phone: someone.phone }, 'Agenda');
      const texts = [aText(place, someone), aText(place, { bsuid: someone.bsuid })];
      await Promise.all([
        receive(stage.deps, book),
        ...texts.map((text) => receive(stage.deps, text)),
        receive(stage.deps, aBookEntry(place, someone, 'Agenda')),
      ]);
      expect(await contacts(place.workspaceId)).toMatchObject([
        { bookName: 'Agenda', profileName: 'Ana', conversations: 1 },
      ]);
    }
  });

  it('takes both in one batch', async () => {
    await receive(stage.deps, entry('Agenda', nowInSeconds()), aText(stage.place, person));
    expect(await contacts()).toMatchObject([
      { bookName: 'Agenda', profileName: 'Ana', conversations: 1 },
    ]);
  });

  it('takes two address books that overlap, without a deadlock', async () => {
    const people = Array.from({ length: 60 }, () => ({ phone: aPhone(), bsuid: aBsuid() }));
    const told = (name: string) => people.map((who) => aBookEntry(stage.place, who, name));
    await Promise.all([
      receive(stage.deps, ...told('Um')),
      receive(stage.deps, ...told('Um').reverse()),
    ]);
    const known = await contacts();
    expect(known).toHaveLength(60);
    expect(known.every((contact) => contact.bookName === 'Um')).toBe(true);
  });

  it('takes a thousand entries within a bounded time: new ones, new accounts of known numbers, edits', async () => {
    const people = Array.from({ length: 1_000 }, () => ({ phone: aPhone(), bsuid: aBsuid() }));
    const timed = async (of: (who: (typeof people)[number]) => PersonRef, name: string) => {
      const book = people.map((who, n) => aBookEntry(stage.place, of(who), `${name} ${n}`));
      const begin = performance.now();
      await receive(stage.deps, ...book);
      return performance.now() - begin;
    };
    expect(await timed(({ phone }) => ({ phone }), 'Nova')).toBeLessThan(5_000);
    expect(await timed((who) => who, 'Com conta')).toBeLessThan(10_000);
    expect(await timed(({ bsuid }) => ({ bsuid }), 'Outra')).toBeLessThan(5_000);
    const known = await contacts();
    expect(known).toHaveLength(1_000);
    expect(new Set(known.map((contact) => contact.bookName)).size).toBe(1_000);
    expect(known.every((contact) => contact.bookName?.startsWith('Outra'))).toBe(true);
    expect(known.every((contact) => contact.identities.length === 2)).toBe(true);
  });
});
