import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { deliveryJobs } from '#features/conversations/server/index.ts';
import {
  aBsuid,
  aNumberChange,
  aPhone,
  aRecorder,
  aText,
  aThread,
  receive,
} from '#features/conversations/server/testing.ts';
import { upstreamRunner } from '#features/gate/server/testing.ts';
import { aMediaChannel, aPicture, runFetch } from '#features/media/server/testing.ts';
import { aMoment, anAppStage, erasureOn } from './testing/erasure-world.ts';

const stage = anAppStage();

const { call, erase, erases, blocks, rowsOf, writes, attemptsOf, left, run } = erasureOn(stage);

describe('who may erase a person', () => {
  it('is an administrator of that workspace, or their key, and says so in so many words', async () => {
    const { contactId } = await aThread(stage.app.deps, stage.place, { phone: aPhone() });
    const { team, keys } = stage.app.a;
    expect((await erase(contactId, team.agent)).status).toBe(403);
    expect((await erase(contactId, team.moderator)).status).toBe(403);
    expect((await erase(contactId, keys.moderator)).status).toBe(403);
    expect((await erase(contactId, stage.app.b.team.administrator)).code).toBe('contact-not-found');
    const path = `contacts/${contactId}/erasure`;
    expect((await call('POST', path, {})).code).toBe('invalid-request');
    expect((await call('GET', `contacts/${contactId}`)).status).toBe(200);
    expect((await erase(contactId, keys.administrator)).status).toBe(200);
    expect((await call('GET', `contacts/${contactId}`)).code).toBe('contact-not-found');
    expect(await erase(contactId)).toMatchObject({ status: 409, code: 'contact-erased' });
    expect((await call('PATCH', `contacts/${contactId}`, { givenName: 'Ana' })).status).toBe(404);
    expect((await call('PUT', `contacts/${contactId}/block`, { reason: 'spam' })).status).toBe(404);
    const told = await rowsOf(
      sql<object>`select masked_number, details - 'erasureId' as details from audit_event
        where action = 'removals.person-erased' and subject_id = ${contactId}`,
    );
    expect(told).toEqual([
      {
        masked_number: null,
        details: { messages: 1, copies: 0, files: 0, requests: 0, isBlocked: false },
      },
    ]);
  });
});

describe('a person who is not blocked', () => {
  it('is gone from every table, with file, copies, notes and requests, and comes back as somebody new', async () => {
    const phone = aPhone();
    const bsuid = aBsuid();
    const [spoken, captioned, answered, noted] = [
      'palavracanario',
      'legendacanario',
      'respostacanario',
      'motivocanario',
    ] as const;
    const { contactId, conversationId } = await aThread(stage.app.deps, stage.place, {
      phone,
      bsuid,
    });
    const other = await aThread(stage.app.deps, stage.place, { phone: aPhone() });
    const content = (text: string) => ({ content: { kind: 'text', text } as const });
    const said = aText(stage.place, { phone, bsuid }, content(spoken));
    const picture = aText(
      stage.place,
      { phone, bsuid },
      {
        content: {
          kind: 'image',
          payload: { mediaId: '7', mimeType: 'image/jpeg' },
          text: captioned,
        },
        names: { profileName: 'Nomecanario' },
      },
    );
    await receive(stage.app.deps, said, picture);
    const idOf = async (externalId: string): Promise<string> =>
      (
        await rowsOf(sql<{ id: string }>`select id from message where external_id = ${externalId}`)
      )[0]?.id ?? '';
    const { channel } = aMediaChannel(await aPicture());
    await runFetch(
      stage.app.deps,
      channel,
      stage.place.workspaceId,
      await idOf(picture.externalId),
    );
    await call('PATCH', `contacts/${contactId}`, { givenName: 'Apelidocanario' });
    const saidId = await idOf(said.externalId);
    await call('POST', `messages/${saidId}/forward`, { conversationIds: [other.conversationId] });
    await call('POST', `conversations/${conversationId}/messages`, {
      type: 'text',
      text: answered,
    });
    const asks = { messageIds: [saidId], reason: 'offense', note: noted };
    await call('POST', 'messages/removal-requests', asks, stage.app.a.team.agent);
    await call(
      'POST',
      `contacts/${contactId}/block-requests`,
      { reason: 'fraud', note: noted },
      stage.app.a.team.agent,
    );
    const all = [spoken, captioned, answered, noted, 'nomecanario', 'pelidocanario', phone, bsuid];
    expect((await left(...all)).length).toBeGreaterThan(8);

    expect(await erases(contactId)).toMatchObject({
      messages: 6,
      copies: 1,
      files: 2,
      isBlocked: false,
    });
    expect(await left(...all)).toEqual([]);
    for (const path of ['', '/messages']) {
      expect((await call('GET', `conversations/${conversationId}${path}`)).status).toBe(404);
    }
    expect((await call('GET', `contacts?search=${phone}`)).json).toMatchObject({ items: [] });
    expect((await call('GET', 'removal-requests?state=all')).json).toMatchObject({ items: [] });
    // What was asked stays a number in the report.
    const counted = sql<object>`select state from removal_request where contact_id = ${contactId}`;
    expect(await rowsOf(counted)).toEqual([{ state: 'removing' }]);
    const jobs = await rowsOf(
      sql<{
        payload: object;
      }>`select payload from graphile_worker._private_jobs where key like 'drop:%'`,
    );
    for (const { payload } of jobs) {
      await run('media.drop-file', payload);
    }
    await run('removals.tidy-tables');
    const tidied = sql<object>`select c.state from removal_check c join erasure e on e.id = c.request_id
      where e.contact_id = ${contactId} and c.step = 'tables'`;
    expect(await rowsOf(tidied)).toEqual([{ state: 'done' }]);
    // The same message once more, and then another one: somebody new.
    await receive(stage.app.deps, said);
    expect(await idOf(said.externalId)).toBe('');
    const again = await writes({ phone });
    expect(again).not.toBeNull();
    expect(again).not.toBe(contactId);
  });

  it('is waited for while something is being sent, and nothing that waits leaves', async () => {
    const busy = await aThread(stage.app.deps, stage.place, { phone: aPhone() });
    const waiting = await aThread(stage.app.deps, stage.place, { phone: aPhone() });
    const send = ({ conversationId }: typeof busy) =>
      call('POST', `conversations/${conversationId}/messages`, { type: 'text', text: 'oi' });
    const [hasBegun, mayEnd] = [aMoment(), aMoment()];
    const { channel, left: leaving } = aRecorder([
      async () => {
        hasBegun.resolve();
        await mayEnd.promise;
        return { kind: 'accepted', externalId: 'wamid.apagada' };
      },
    ]);
    const deliver = ({ conversationId }: typeof busy) =>
      deliveryJobs(channel)
        .find((job) => job.name === 'conversations.deliver')
        ?.runUnparsed(
          { workspaceId: stage.place.workspaceId, conversationId },
          { deps: stage.app.deps, log: stage.app.deps.log, attempt: 1 },
        );
    await send(busy);
    const delivering = deliver(busy);
    await hasBegun.promise;
    let isAnswered = false;
    const erasing = erase(busy.contactId).then((answer) => {
      isAnswered = true;
      return answer.status;
    });
    await send(waiting);
    await erases(waiting.contactId);
    await deliver(waiting);
    expect([isAnswered, leaving.length]).toEqual([false, 1]);
    mayEnd.resolve();
    await delivering;
    expect(await erasing).toBe(200);
    const count = sql<{ n: number }>`select count(*)::int as n from message
      where contact_id = any(${[busy.contactId, waiting.contactId]}::uuid[])`;
    expect(await rowsOf(count)).toEqual([{ n: 0 }]);
  });
});

describe('a person who is blocked', () => {
  it('stays out under every name they have, had, or come with later, and none of them is stored', async () => {
    const [phone, former, later] = [aPhone(), aPhone(), aPhone()];
    const bsuid = aBsuid();
    const { contactId } = await aThread(stage.app.deps, stage.place, { phone: former });
    await receive(stage.app.deps, aNumberChange(stage.place, { phone: former }, { phone }));
    await receive(stage.app.deps, aText(stage.place, { phone, bsuid }));
    await blocks(contactId);
    expect((await erases(contactId)).isBlocked).toBe(true);
    const all = [phone, former, later, bsuid, 'canarinha'];
    expect(await left(...all)).toEqual([]);
    for (const person of [{ phone }, { bsuid }, { phone: former }, { phone, bsuid }]) {
      expect(await writes(person)).toBeNull();
    }
    expect(await attemptsOf(contactId)).toBe(4);
    // A new number, by WhatsApp's own word: kept out under that as well.
    await receive(stage.app.deps, aNumberChange(stage.place, { phone }, { phone: later }));
    expect(await writes({ phone: later })).toBeNull();
    // Our own phone writes to them: nothing of it is stored.
    await receive(stage.app.deps, aText(stage.place, { phone }, { direction: 'out', names: {} }));
    expect(await left(...all)).toEqual([]);
    // The team writes to the number: it is refused, as to anybody who is blocked.
    const started = await call('POST', 'conversations', {
      phone: `+${phone}`,
      channelId: stage.place.channelId,
    });
    const { id } = started.json as { id: string };
    const refused = await call('POST', `conversations/${id}/messages`, {
      type: 'text',
      text: 'oi',
    });
    expect(refused.code).toBe('contact-blocked');
    expect(await writes({ phone })).toBeNull();
  });

  it('whose number was all that was known is met under the account they come with', async () => {
    const [phone, bsuid] = [aPhone(), aBsuid()];
    const { contactId } = await aThread(stage.app.deps, stage.place, { phone });
    await blocks(contactId);
    await erases(contactId);
    expect(await writes({ phone, bsuid })).toBeNull();
    expect(await writes({ bsuid })).toBeNull();
    // The same number with another account may be somebody else: dropped, and nothing is learnt of it.
    const another = aBsuid();
    expect(await writes({ phone, bsuid: another })).toBeNull();
    expect(await writes({ bsuid: another })).not.toBeNull();
    expect(await left(phone, bsuid)).toEqual([]);
  });

  it('takes the block to whoever turns out to be the same person', async () => {
    const [phone, bsuid] = [aPhone(), aBsuid()];
    const { contactId } = await aThread(stage.app.deps, stage.place, { phone });
    await blocks(contactId);
    await erases(contactId);
    const other = await aThread(stage.app.deps, stage.place, { bsuid });
    expect(await writes({ phone, bsuid })).toBeNull();
    expect(await writes({ bsuid })).toBeNull();
    expect((await call('GET', `contacts/${other.contactId}`)).json).toMatchObject({
      isBlocked: true,
    });
    expect(await left(phone)).toEqual([]);
  });

  it('is passed over on the list of WhatsApp, and found there once the block is lifted', async () => {
    const phone = aPhone();
    const { contactId } = await aThread(stage.app.deps, stage.place, { phone });
    await blocks(contactId);
    await erases(contactId);
    const { list, run: runList } = upstreamRunner(stage.app.deps);
    list.listed.set(phone, { phone });
    await runList('gate.check-list', stage.place);
    expect(await left(phone)).toEqual([]);
    await call('DELETE', `contacts/${contactId}/block`);
    await runList('gate.check-list', stage.place);
    expect(await left(phone)).toEqual([`upstream_stranger: ${phone}`]);
  });

  it('is told by Testar número and Bloqueios without a name, can be let in again, and is somebody new then', async () => {
    const phone = aPhone();
    const { contactId } = await aThread(stage.app.deps, stage.place, { phone });
    await blocks(contactId);
    await erases(contactId);
    const test = async () =>
      (await call('POST', 'blocks/test', { identity: phone })).json as {
        isDropped: boolean;
        isRefused: boolean;
        contacts: object[];
      };
    const blockShown = { contactId, contactName: '—', contactPhone: null, isContactErased: true };
    expect(await test()).toMatchObject({
      ...{ isDropped: true, isRefused: true },
      contacts: [
        { id: contactId, isErased: true, name: '—', block: { ...blockShown, note: null } },
      ],
    });
    const listed = await call('GET', `blocks?contactId=${contactId}`);
    expect(listed.json).toMatchObject({ items: [blockShown] });
    expect((await call('DELETE', `contacts/${contactId}/block`)).status).toBe(200);
    expect(await test()).toMatchObject({ isDropped: false, contacts: [] });
    // What was sent during the block and comes late stays out all the same.
    await sql`update block set started_at = started_at - interval '1 hour' where contact_id = ${contactId}`.execute(
      stage.app.deps.db,
    );
    const late = aText(stage.place, { phone }, { timestamp: Math.floor(Date.now() / 1000) - 60 });
    await receive(stage.app.deps, late);
    expect(await left(phone)).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const again = await writes({ phone });
    expect(again).not.toBeNull();
    expect(again).not.toBe(contactId);
  });
});
