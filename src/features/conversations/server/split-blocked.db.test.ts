import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import type { PersonRef } from '#channels/channel.ts';
import { attemptsOf, block, moveBlockBack, unblock } from '#features/gate/server/testing.ts';
import { eventsOf, listenToAll } from '#features/webhooks/server/testing.ts';
import type { Actor } from '#platform/server/deps.ts';
import type { SplitInput } from './split-contact.ts';
import { peopleOn } from './testing/people-world.ts';
import { aStage } from './testing/stage.ts';
import { aBsuid, aPhone, aText, aThread, nowInSeconds, receive, type Thread } from './testing.ts';

const stage = aStage();
const people = peopleOn(stage);
const { writes, messagesOf, send, openBlocks, audited } = people;

let ana: PersonRef;
let bia: PersonRef;
let older: Thread;
let younger: Thread;

beforeEach(async () => {
  [ana, bia] = [{ phone: aPhone() }, { phone: aPhone(), bsuid: aBsuid() }];
  older = await aThread(stage.deps, stage.place, ana);
  younger = await aThread(stage.deps, stage.place, bia);
});

const merge = (): Promise<string> => people.merge(older.contactId, younger.contactId);
const split = (person: PersonRef, more: Partial<SplitInput> = {}, by?: Actor): Promise<string> =>
  people.split(older.contactId, person, more, by);

describe('splitting somebody blocked', () => {
  it('leaves both blocked, each to be unblocked alone', async () => {
    await merge();
    await block(stage.deps, stage.admin, older.contactId, { reason: 'fraud' });
    await split(bia);
    expect(await openBlocks()).toMatchObject([
      { contactId: older.contactId, cause: 'manual', reason: 'fraud' },
      { contactId: younger.contactId, cause: 'split', reason: 'fraud' },
    ]);
    expect(await writes(ana)).toBeNull();
    expect(await writes(bia)).toBeNull();
    await unblock(stage.deps, stage.admin, younger.contactId);
    const later = { timestamp: nowInSeconds() + 2 };
    expect(await writes(bia, later)).not.toBeNull();
    expect(await writes(ana, later)).toBeNull();
  });

  it('moves their messages, though the wall stands, and those of a conversation made since', async () => {
    const b = await messagesOf(younger.contactId);
    await merge();
    await block(stage.deps, stage.admin, older.contactId);
    expect(await send(older.conversationId)).toMatchObject({ kind: 'refused' });
    await split(bia);
    expect(await messagesOf(younger.contactId)).toBe(b);
  });

  it('opens the new one when the administrator says so, which is recorded as an unblock', async () => {
    await merge();
    await block(stage.deps, stage.admin, older.contactId);
    await split(bia, { keepBlock: false });
    expect(await openBlocks()).toMatchObject([{ contactId: older.contactId }]);
    expect(await audited('gate.contact-unblocked')).toMatchObject([{ cause: 'split' }]);
    expect((await writes(bia, { timestamp: nowInSeconds() + 2 }))?.contactId).toBe(
      younger.contactId,
    );
    expect(await writes(ana)).toBeNull();
  });

  it('tells other programs so, and before of the block that a merge put another in the place of', async () => {
    await block(stage.deps, stage.admin, older.contactId, { reason: 'fraud' });
    await listenToAll(stage.deps, stage.admin);
    const contactId = await merge();
    await split(bia, { keepBlock: false });
    const contact = { maskedNumber: expect.stringContaining('•') };
    expect(await eventsOf(stage.deps.db, stage.place.workspaceId)).toMatchObject([
      { type: 'contact.unblocked', contactId, data: { cause: 'merge', contact } },
      { type: 'contact.blocked', contactId, data: { cause: 'merge', reason: 'fraud' } },
      { type: 'contact.unblocked', contactId: younger.contactId, data: { cause: 'split' } },
    ]);
  });

  it('still drops what was sent during the block, delivered long after it', async () => {
    await merge();
    const { id } = await block(stage.deps, stage.admin, older.contactId);
    await split(bia, { keepBlock: false });
    await sql`update block set started_at = started_at - interval '10 minutes'
      where workspace_id = ${stage.place.workspaceId}`.execute(stage.deps.db);
    expect(await writes(bia, { timestamp: nowInSeconds() - 300 })).toBeNull();
    expect(await writes(bia, { timestamp: nowInSeconds() - 900 })).not.toBeNull();
    expect(await attemptsOf(stage.deps.db, id)).toEqual({});
  });

  it('and of a block that had ended before', async () => {
    await merge();
    const { id } = await block(stage.deps, stage.admin, older.contactId);
    const during = nowInSeconds();
    await unblock(stage.deps, stage.admin, older.contactId);
    await moveBlockBack(stage.deps.db, id, 600);
    await split(bia);
    expect(await writes(bia, { timestamp: during - 600 })).toBeNull();
    expect(await writes(bia, { timestamp: during - 300 })).not.toBeNull();
  });
});

describe('a split and a block at the same time, with the person writing', () => {
  it('never lets anything in after both have answered', async () => {
    for (let round = 0; round < 12; round += 1) {
      const [one, two] = [{ phone: aPhone() }, { phone: aPhone(), bsuid: aBsuid() }];
      older = await aThread(stage.deps, stage.place, one);
      younger = await aThread(stage.deps, stage.place, two);
      await merge();
      await Promise.all([
        block(stage.deps, stage.admin, older.contactId),
        split(two),
        writes(two),
        writes(one),
        receive(stage.deps, aText(stage.place, two), aText(stage.place, one)),
      ]);
      const blocked = new Set((await openBlocks()).map((open) => open.contactId));
      expect(await writes(one)).toBeNull();
      // Blocked with the other when the block came first; never the other way round.
      expect((await writes(two)) === null).toBe(blocked.has(younger.contactId));
      const { rows } =
        await sql`select 1 from message m join conversation v on v.id = m.conversation_id
        where m.workspace_id = ${stage.place.workspaceId} and m.contact_id <> v.contact_id`.execute(
          stage.deps.db,
        );
      expect(rows).toEqual([]);
    }
  });

  it('two splits of the same identity make one contact', async () => {
    await merge();
    const both = await Promise.allSettled([split(bia), split(bia)]);
    expect(both.filter((each) => each.status === 'fulfilled')).toHaveLength(1);
    expect((await writes(bia))?.contactId).toBe(younger.contactId);
  });
});
