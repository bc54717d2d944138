import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import type { InboundItem, PersonRef } from '#channels/channel.ts';
import { attemptsOf, block, moveBlockBack, unblock } from '#features/gate/server/testing.ts';
import { aStage } from './testing/stage.ts';
import {
  aBsuid,
  anAction,
  aPhone,
  aText,
  aThread,
  nowInSeconds,
  receive,
  type Thread,
} from './testing.ts';

const stage = aStage();

let person: PersonRef & { phone: string; bsuid: string };
let thread: Thread;

beforeEach(async () => {
  person = { phone: aPhone(), bsuid: aBsuid() };
  thread = await aThread(stage.deps, stage.place, person);
});

interface Stored {
  readonly id: string;
  readonly direction: string;
  readonly kind: string;
  readonly text: string | null;
  readonly status: string;
  readonly contactId: string;
}

const stored = async (externalId: string): Promise<Stored | undefined> => {
  const { rows } = await sql<Stored>`
    select id, direction, kind, text, status, contact_id as "contactId" from message
     where workspace_id = ${stage.place.workspaceId} and external_id = ${externalId}`.execute(
    stage.deps.db,
  );
  return rows[0];
};

const conversation = async () => {
  const { rows } = await sql<{ unread: number; status: string; lastInboundAt: Date }>`
    select unread_count as unread, status, last_inbound_at as "lastInboundAt"
      from conversation where id = ${thread.conversationId}`.execute(stage.deps.db);
  return rows[0];
};

const namesOf = async (contactId: string) => {
  const { rows } = await sql<{ profileName: string; username: string | null }>`
    select profile_name as "profileName", username from contact where id = ${contactId}`.execute(
    stage.deps.db,
  );
  return rows[0];
};

const everything = async (): Promise<string> => {
  const tables = ['message', 'message_reaction', 'contact', 'conversation', 'audit_event'];
  const all = await Promise.all(
    tables.map(async (table) => (await stage.deps.pool.query(`select * from ${table}`)).rows),
  );
  return JSON.stringify(all);
};

describe('an inbound item', () => {
  it('is stored once, however often and together with whatever it is repeated', async () => {
    const [a, b] = [aText(stage.place, person), aText(stage.place, person)];
    await receive(stage.deps, a, a, b);
    await Promise.all([receive(stage.deps, b, a), receive(stage.deps, a), receive(stage.deps, b)]);
    expect(await stored(a.externalId)).toMatchObject({ contactId: thread.contactId, text: 'oi' });
    expect(await conversation()).toMatchObject({ unread: 3, status: 'open' });
  });

  it('of a new person, twice at once, makes one contact and one conversation', async () => {
    const phone = aPhone();
    const spellings = [phone, `${phone.slice(0, 4)}${phone.slice(5)}`];
    const texts = spellings.flatMap((p) => [
      aText(stage.place, { phone: p }),
      aText(stage.place, { phone: p }),
    ]);
    await Promise.all(texts.map((text) => receive(stage.deps, text)));
    const rows = await Promise.all(texts.map((text) => stored(text.externalId)));
    expect(new Set(rows.map((row) => row?.contactId)).size).toBe(1);
  });
});

describe('during a block', () => {
  const kinds = (): InboundItem[] => [
    aText(stage.place, person),
    aText(stage.place, { phone: person.phone }, { content: { kind: 'image', text: 'olha' } }),
    aText(stage.place, { bsuid: person.bsuid }, { content: { kind: 'call' } }),
    aText(stage.place, person, { content: { kind: 'button-reply', text: 'sim' } }),
    aText(stage.place, { phone: `${person.phone.slice(0, 4)}${person.phone.slice(5)}` }),
    aText(stage.place, person, { isHistory: true }),
  ];

  it('nothing of any kind and by any identity is stored or counted as unread', async () => {
    const { id } = await block(stage.deps, stage.admin, thread.contactId);
    const items = kinds();
    await receive(stage.deps, ...items);
    for (const item of items) {
      expect(await stored(item.type === 'message' ? item.externalId : '')).toBeUndefined();
    }
    expect(await conversation()).toMatchObject({ unread: 1 });
    expect(await attemptsOf(stage.deps.db, id)).toEqual({
      'button-reply': 1,
      call: 1,
      image: 1,
      text: 3,
    });
  });

  it('an attempt is counted once, however often it is repeated, in one batch or many', async () => {
    const { id } = await block(stage.deps, stage.admin, thread.contactId);
    const text = aText(stage.place, person);
    await receive(stage.deps, text, text);
    await Promise.all([
      receive(stage.deps, text),
      receive(stage.deps, text, aText(stage.place, person)),
    ]);
    await receive(stage.deps, text);
    expect(await attemptsOf(stage.deps.db, id)).toEqual({ text: 2 });
  });

  it('no reaction, edit or revoke of the person changes anything', async () => {
    const text = aText(stage.place, person);
    await receive(stage.deps, text);
    const { id } = await block(stage.deps, stage.admin, thread.contactId);
    const act = (action: Parameters<typeof anAction>[3]) =>
      anAction(stage.place, person, text.externalId, action);
    await receive(
      stage.deps,
      act({ kind: 'reaction', emoji: '👍' }),
      act({ kind: 'edit', text: 'outra coisa' }),
      act({ kind: 'revoke' }),
    );
    expect(await stored(text.externalId)).toMatchObject({ text: 'oi' });
    expect(await everything()).not.toMatch(/👍|outra coisa/);
    expect(await attemptsOf(stage.deps.db, id)).toEqual({ edit: 1, reaction: 1, revoke: 1 });
  });

  it('names of the person change nothing and are written nowhere', async () => {
    await block(stage.deps, stage.admin, thread.contactId);
    const names = { profileName: 'um insulto', username: 'insulto' };
    await receive(stage.deps, aText(stage.place, person, { names }));
    await receive(stage.deps, aText(stage.place, person, { names, direction: 'out' }));
    expect(await namesOf(thread.contactId)).toEqual({ profileName: 'Ana', username: null });
    expect(await everything()).not.toContain('insulto');
  });

  it('an echo of our own phone app is stored, and reopens and counts nothing', async () => {
    const { id } = await block(stage.deps, stage.admin, thread.contactId);
    await sql`update conversation set status = 'resolved' where id = ${thread.conversationId}`.execute(
      stage.deps.db,
    );
    const echo = aText(stage.place, person, { direction: 'out' });
    await receive(stage.deps, echo);
    expect(await stored(echo.externalId)).toMatchObject({ direction: 'out', status: 'sent' });
    expect(await conversation()).toMatchObject({ status: 'resolved', unread: 1 });
    expect(await attemptsOf(stage.deps.db, id)).toEqual({});
  });

  it('a status of a message of ours is applied', async () => {
    const echo = aText(stage.place, person, { direction: 'out' });
    await receive(stage.deps, echo);
    await block(stage.deps, stage.admin, thread.contactId);
    await receive(stage.deps, {
      type: 'status',
      ...stage.place,
      externalId: echo.externalId,
      status: 'read',
      timestamp: nowInSeconds(),
    });
    expect(await stored(echo.externalId)).toMatchObject({ status: 'read' });
  });

  it('an identity that came with a dropped item is learnt, and blocks from then on', async () => {
    const phone = aPhone();
    const { contactId } = await aThread(stage.deps, stage.place, { phone });
    const { id } = await block(stage.deps, stage.admin, contactId);
    const bsuid = aBsuid();
    await receive(stage.deps, aText(stage.place, { phone, bsuid }));
    const alone = aText(stage.place, { bsuid });
    await receive(stage.deps, alone);
    expect(await stored(alone.externalId)).toBeUndefined();
    expect(await attemptsOf(stage.deps.db, id)).toEqual({ text: 2 });
  });

  it('in one batch, too, the new identity is blocked', async () => {
    const phone = aPhone();
    const { contactId } = await aThread(stage.deps, stage.place, { phone });
    await block(stage.deps, stage.admin, contactId);
    const bsuid = aBsuid();
    const texts = [aText(stage.place, { phone, bsuid }), aText(stage.place, { bsuid })];
    // As the webhook edge does it: one by one when the batch fails as a whole.
    await receive(stage.deps, ...texts).catch(async () => {
      for (const text of texts) {
        await receive(stage.deps, text);
      }
    });
    for (const text of texts) {
      expect(await stored(text.externalId)).toBeUndefined();
    }
  });

  it('the others of the batch are stored', async () => {
    await block(stage.deps, stage.admin, thread.contactId);
    const other = aText(stage.place, { phone: aPhone() });
    await receive(stage.deps, aText(stage.place, person), other, aText(stage.place, person));
    expect(await stored(other.externalId)).toBeDefined();
  });
});

describe('after a block', () => {
  const endedBlock = async (): Promise<string> => {
    const { id } = await block(stage.deps, stage.admin, thread.contactId);
    await unblock(stage.deps, stage.admin, thread.contactId);
    return id;
  };

  it('what was sent during it stays out, however late it comes, its edge seconds included', async () => {
    const id = await endedBlock();
    await moveBlockBack(stage.deps.db, id, 3_600);
    const inside = nowInSeconds() - 3_600;
    const late = aText(stage.place, person, { timestamp: inside });
    await receive(stage.deps, late);
    expect(await stored(late.externalId)).toBeUndefined();
    const [before, after] = [inside - 3, inside + 3].map((timestamp) =>
      aText(stage.place, person, { timestamp }),
    );
    if (before === undefined || after === undefined) {
      throw new Error('two were made');
    }
    await receive(stage.deps, before, after);
    expect(await stored(before.externalId)).toBeDefined();
    expect(await stored(after.externalId)).toBeDefined();
    expect(await attemptsOf(stage.deps.db, id)).toEqual({ text: 1 });
  });

  it('what was dropped stays dropped, whatever time it bears, and is counted once', async () => {
    const { id } = await block(stage.deps, stage.admin, thread.contactId);
    const early = aText(stage.place, person, { timestamp: nowInSeconds() - 600 });
    await receive(stage.deps, early);
    await unblock(stage.deps, stage.admin, thread.contactId);
    await receive(stage.deps, early);
    expect(await stored(early.externalId)).toBeUndefined();
    expect(await attemptsOf(stage.deps.db, id)).toEqual({ text: 1 });
  });

  it('late edits, revokes and reactions sent during it change nothing', async () => {
    const text = aText(stage.place, person);
    await receive(stage.deps, text);
    await moveBlockBack(stage.deps.db, await endedBlock(), 60);
    const during = { timestamp: nowInSeconds() - 60 };
    const act = (action: Parameters<typeof anAction>[3]) =>
      anAction(stage.place, person, text.externalId, action, during);
    await receive(stage.deps, act({ kind: 'edit', text: 'x' }), act({ kind: 'revoke' }));
    expect(await stored(text.externalId)).toMatchObject({ text: 'oi' });
  });

  it('a new message arrives as before, names and unread too', async () => {
    const id = await endedBlock();
    await moveBlockBack(stage.deps.db, id, 60);
    const text = aText(stage.place, person, { names: { profileName: 'Ana Souza' } });
    await receive(stage.deps, text);
    expect(await stored(text.externalId)).toMatchObject({ contactId: thread.contactId });
    expect(await conversation()).toMatchObject({ unread: 2 });
    expect(await namesOf(thread.contactId)).toMatchObject({ profileName: 'Ana Souza' });
  });

  it('of a message of ours that was stored before, an edit of theirs is applied', async () => {
    const text = aText(stage.place, person, { timestamp: nowInSeconds() - 600 });
    await receive(stage.deps, text);
    await moveBlockBack(stage.deps.db, await endedBlock(), 60);
    await receive(
      stage.deps,
      anAction(stage.place, person, text.externalId, { kind: 'edit', text: 'certo' }),
    );
    expect(await stored(text.externalId)).toMatchObject({ text: 'certo' });
  });
});
