import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import type { PersonRef } from '#channels/channel.ts';
import { eventsOf, listenToAll } from '#features/webhooks/server/testing.ts';
import type { Actor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { assignConversation } from './assign-conversation.ts';
import { mergeContacts } from './merge-contacts.ts';
import type { SplitInput } from './split-contact.ts';
import { peopleOn } from './testing/people-world.ts';
import { aStage } from './testing/stage.ts';
import {
  aBsuid,
  aChannel,
  aNumberChange,
  aPhone,
  aThread,
  receive,
  type Thread,
} from './testing.ts';

const stage = aStage();
const people = peopleOn(stage);
const { writes, messagesOf, send, claim, outcomes, conversation, audited } = people;

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

describe('taking a wrong merge apart', () => {
  it('gives the contact, its identities and its messages back, into a conversation of its own', async () => {
    const [a, b] = [await messagesOf(older.contactId), await messagesOf(younger.contactId)];
    await merge();
    expect(await split(bia)).toBe(younger.contactId);
    expect(await messagesOf(older.contactId)).toBe(a);
    expect(await messagesOf(younger.contactId)).toBe(b);
    const [fromAna, fromBia] = [await writes(ana), await writes(bia)];
    expect(fromAna).toEqual(older);
    expect(fromBia?.contactId).toBe(younger.contactId);
    expect(await messagesOf(younger.contactId)).toBe(b + 1);
    for (const id of [older.conversationId, fromBia?.conversationId ?? '']) {
      const told = await conversation(id);
      expect(told).toMatchObject({ unread: 2, waits: true });
      expect(told?.last).toBe(told?.real);
    }
  });

  it('shows the last message of each, not a line of the team or a refusal that came after it', async () => {
    await merge();
    const before = await conversation(older.conversationId);
    await inTx(stage.deps, stage.admin, (ctx) =>
      assignConversation(ctx, older.conversationId, stage.admin.id),
    );
    expect(await conversation(older.conversationId)).toMatchObject({ last: before?.last });
    await split(bia);
    const last = await sql<{ direction: string }>`select m.direction from conversation v
      join message m on m.workspace_id = v.workspace_id and m.id = v.last_message_id
      where v.workspace_id = ${stage.place.workspaceId} and v.contact_id = any(${[older.contactId, younger.contactId]}::uuid[])`.execute(
      stage.deps.db,
    );
    expect(last.rows).toEqual([{ direction: 'in' }, { direction: 'in' }]);
  });

  it('moves a conversation that is all theirs as it is', async () => {
    const other = await aChannel(stage.deps.db, stage.place.workspaceId);
    const there = await aThread(stage.deps, other, bia);
    await merge();
    await split(bia);
    const { rows } = await sql<{ id: string }>`select id from conversation
      where contact_id = ${younger.contactId} and channel_id = ${other.channelId}`.execute(
      stage.deps.db,
    );
    expect(rows).toEqual([{ id: there.conversationId }]);
  });

  it('knows whose messages they were after a second merge too', async () => {
    const cai = { phone: aPhone() };
    const first = { ...older };
    const third = await aThread(stage.deps, stage.place, cai);
    await inTx(stage.deps, stage.admin, (ctx) =>
      mergeContacts(ctx, younger.contactId, third.contactId),
    );
    await merge();
    expect(await split(cai)).toBe(third.contactId);
    expect(await messagesOf(third.contactId)).toBe(1);
    expect(await messagesOf(first.contactId)).toBe(2);
  });

  it('is recorded, without a number or a word', async () => {
    await merge();
    await split(bia);
    expect(await audited('contacts.split')).toEqual([
      { otherContactId: younger.contactId, identities: 2, isBlocked: false, isBack: true },
    ]);
  });
});

describe('taking an identity out', () => {
  it('makes a contact; what nothing is known of stays', async () => {
    const [phone, extra] = [aPhone(), aPhone()];
    const bsuid = aBsuid();
    older = await aThread(stage.deps, stage.place, { phone, bsuid });
    await writes({ phone: extra, bsuid });
    const before = await messagesOf(older.contactId);
    const made = await split({ phone: extra }, { givenName: 'Outra' });
    expect(made).not.toBe(older.contactId);
    expect(await messagesOf(older.contactId)).toBe(before);
    expect((await writes({ phone: extra }))?.contactId).toBe(made);
    expect((await writes({ phone, bsuid }))?.contactId).toBe(older.contactId);
  });

  it('leaves each side somebody, and takes what is of the contact only', async () => {
    await expect(split(ana)).rejects.toMatchObject({ code: 'split-needs-both-sides' });
    await expect(split(bia)).rejects.toMatchObject({ code: 'identity-not-found' });
    const [phone, next] = [aPhone(), aPhone()];
    older = await aThread(stage.deps, stage.place, { phone });
    await receive(stage.deps, aNumberChange(stage.place, { phone }, { phone: next }));
    await expect(split({ phone })).rejects.toMatchObject({ code: 'split-needs-both-sides' });
  });

  it('is for administrators, and for contacts of their own workspace', async () => {
    await merge();
    const moderator = await aMember(stage.deps.db, stage.place.workspaceId, 'moderator');
    await expect(split(bia, {}, moderator)).rejects.toMatchObject({ code: 'forbidden' });
    const stranger = await aMember(stage.deps.db, await aWorkspace(stage.deps.db));
    await expect(split(bia, {}, stranger)).rejects.toMatchObject({ code: 'contact-not-found' });
    await split(bia);
    await merge();
    await expect(split(bia, { contactId: younger.contactId })).rejects.toMatchObject({
      code: 'contact-merged',
    });
  });
});

describe('what waits to be sent while the contact is split', () => {
  it('leaves for nobody: it fails, for a person to send again', async () => {
    await merge();
    await send(older.conversationId);
    await listenToAll(stage.deps, stage.admin);
    await split(bia);
    expect(await claim(older.conversationId)).toEqual({ kind: 'idle' });
    expect(await outcomes(older.contactId)).toEqual([{ status: 'failed', code: 'contact-split' }]);
    expect(await audited('conversations.send-refused')).toMatchObject([{ code: 'contact-split' }]);
    const { contactId, conversationId } = older;
    expect(await eventsOf(stage.deps.db, stage.place.workspaceId)).toMatchObject([
      {
        ...{ type: 'message.refused', contactId },
        data: { conversationId, code: 'contact-split', stage: 'dispatch' },
      },
    ]);
    expect(await send(older.conversationId)).toMatchObject({ kind: 'queued' });
    expect(await claim(older.conversationId)).toMatchObject({ kind: 'claimed' });
  });

  it('refuses while a request is under way, and not for one that nobody can write any more', async () => {
    await merge();
    await send(older.conversationId);
    expect(await claim(older.conversationId)).toMatchObject({ kind: 'claimed' });
    await expect(split(bia)).rejects.toMatchObject({ code: 'contact-on-wire' });
    await sql`update dispatch_claim set deadline = clock_timestamp() - interval '1 second'
      where workspace_id = ${stage.place.workspaceId}`.execute(stage.deps.db);
    await split(bia);
  });

  it('has a later block wait for what went with the messages', async () => {
    await send(younger.conversationId);
    await claim(younger.conversationId);
    await merge();
    await sql`update dispatch_claim set deadline = clock_timestamp() - interval '1 second'
      where workspace_id = ${stage.place.workspaceId}`.execute(stage.deps.db);
    await split(bia);
    const { rows } = await sql<{
      contactId: string;
    }>`select contact_id as "contactId" from dispatch_claim
      where workspace_id = ${stage.place.workspaceId} and ended_at is null`.execute(stage.deps.db);
    expect(rows).toEqual([{ contactId: younger.contactId }]);
  });
});
