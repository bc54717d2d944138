import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { PersonRef } from '#channels/channel.ts';
import { findOrCreateContact } from '#features/contacts/server/index.ts';
import { block, healUpstream, unblock, upstreamRunner } from '#features/gate/server/testing.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { deliveryJobs } from './deliver-message.job.ts';
import { sendMessage } from './send-message.ts';
import { anUpstreamStage, holderOf } from './testing/stage.ts';
import {
  aBookEntry,
  aBsuid,
  aChannel,
  aPhone,
  aRecorder,
  aText,
  aThread,
  aWamid,
  nowInSeconds,
  type Place,
  receive,
} from './testing.ts';

/** What arrives and what is refused, as far as WhatsApp's own list is concerned. */
const stage = anUpstreamStage();

const wrote = (where: Place, person: PersonRef, text: string) =>
  aText(where, person, { content: { kind: 'text', text } });
const contactOf = (phone: string): Promise<string> => holderOf(stage, phone);
const healings = async (): Promise<string[]> => {
  const { rows } = await sql<{
    key: string;
  }>`select channel_id || ':' || contact_id as key from upstream_heal
    where is_due order by 1`.execute(stage.deps.db);
  return rows.map((row) => row.key);
};

describe('somebody who is blocked and writes', () => {
  it('is tried again at WhatsApp, once in ten minutes for each number', async () => {
    const person = { phone: aPhone(), bsuid: aBsuid() };
    await receive(stage.deps, wrote(stage.place, person, 'oi'));
    const contactId = await contactOf(person.phone);
    expect(await healings()).toEqual([]);
    await block(stage.deps, stage.admin, contactId);
    await receive(stage.deps, wrote(stage.place, person, 'um'), wrote(stage.place, person, 'dois'));
    const key = `${stage.place.channelId}:${contactId}`;
    expect(await healings()).toEqual([key]);
    await healUpstream(stage.deps);
    expect(await healings()).toEqual([]);
    await receive(stage.deps, wrote(stage.place, person, 'três'));
    expect(await healings()).toEqual([]);
    const second = await aChannel(stage.deps.db, stage.place.workspaceId);
    await receive(stage.deps, wrote(second, person, 'quatro'));
    expect(await healings()).toEqual([`${second.channelId}:${contactId}`]);
    await sql`update upstream_heal set asked_at = asked_at - interval '11 minutes'`.execute(
      stage.deps.db,
    );
    await healUpstream(stage.deps);
    await receive(stage.deps, wrote(stage.place, person, 'cinco'));
    expect(await healings()).toEqual([key]);
  });

  it('is tried together with the others of its number, if the block holds by then', async () => {
    const people = [0, 1, 2].map(() => ({ phone: aPhone(), bsuid: aBsuid() }));
    await receive(stage.deps, ...people.map((person) => wrote(stage.place, person, 'oi')));
    const ids = await Promise.all(people.map(({ phone }) => contactOf(phone)));
    for (const id of ids) {
      await block(stage.deps, stage.admin, id);
    }
    await sql`update upstream_block set is_due = false where channel_id = ${stage.place.channelId}`.execute(
      stage.deps.db,
    );
    await sql`delete from graphile_worker._private_jobs`.execute(stage.deps.db);
    await receive(stage.deps, ...people.map((person) => wrote(stage.place, person, 'um')));
    await unblock(stage.deps, stage.admin, ids[1] ?? '');
    await sql`delete from graphile_worker._private_jobs`.execute(stage.deps.db);
    await sql`update upstream_block set is_due = false where channel_id = ${stage.place.channelId}`.execute(
      stage.deps.db,
    );
    await healUpstream(stage.deps);
    const { rows } = await sql<{ id: string }>`select contact_id as id from upstream_block
      where channel_id = ${stage.place.channelId} and is_due`.execute(stage.deps.db);
    expect(rows.map(({ id }) => id).sort()).toEqual([ids[0], ids[2]].sort());
    const jobs = await sql<{ key: string }>`select key from graphile_worker.jobs`.execute(
      stage.deps.db,
    );
    expect(jobs.rows).toEqual([{ key: `upstream:${stage.place.channelId}` }]);
    expect(await healings()).toEqual([]);
  });

  it('leaves a time and two ids behind, and nothing of what was written', async () => {
    const person = { phone: aPhone(), bsuid: aBsuid() };
    await receive(stage.deps, wrote(stage.place, person, 'oi'));
    const contactId = await contactOf(person.phone);
    await block(stage.deps, stage.admin, contactId);
    await receive(stage.deps, wrote(stage.place, person, 'segredo'));
    const { rows } = await sql<{ h: object }>`select to_jsonb(h) as h from upstream_heal h`.execute(
      stage.deps.db,
    );
    const mine = rows
      .map((row) => JSON.stringify(row.h))
      .filter((text) => text.includes(contactId));
    expect(mine).toHaveLength(1);
    const jobs = await sql<{
      p: string;
    }>`select payload::text as p from graphile_worker._private_jobs`.execute(stage.deps.db);
    const said = [...mine, ...jobs.rows.map((row) => row.p)].join('\n');
    expect(said).not.toContain('segredo');
    expect(said).not.toContain(person.phone);
  });

  it('is not tried for what our own phone wrote or keeps in its address book', async () => {
    const person = { phone: aPhone(), bsuid: aBsuid() };
    await receive(stage.deps, wrote(stage.place, person, 'oi'));
    const contactId = await contactOf(person.phone);
    await block(stage.deps, stage.admin, contactId);
    const content = { kind: 'text', text: 'do celular' } as const;
    await receive(stage.deps, aText(stage.place, person, { direction: 'out', content }));
    await receive(
      stage.deps,
      aBookEntry(stage.place, person, 'Rui da obra', { timestamp: nowInSeconds() }),
    );
    expect(await healings()).toEqual([]);
    await receive(stage.deps, wrote(stage.place, person, 'um'));
    expect(await healings()).toEqual([`${stage.place.channelId}:${contactId}`]);
  });

  it('is not tried where the layer is off, nor for what arrives late', async () => {
    const person = { phone: aPhone(), bsuid: aBsuid() };
    await receive(stage.deps, wrote(stage.place, person, 'oi'));
    const contactId = await contactOf(person.phone);
    await block(stage.deps, stage.admin, contactId);
    await sql`update channel set upstream_blocks = false where id = ${stage.place.channelId}`.execute(
      stage.deps.db,
    );
    await receive(stage.deps, wrote(stage.place, person, 'um'));
    expect(await healings()).toEqual([]);
    await sql`update channel set upstream_blocks = true where id = ${stage.place.channelId}`.execute(
      stage.deps.db,
    );
    await unblock(stage.deps, stage.admin, contactId);
    await receive(stage.deps, wrote(stage.place, person, 'dois'));
    expect(await healings()).toEqual([]);
  });
});

describe('somebody whose number was typed, and who is blocked before a message of theirs is let through', () => {
  const typed = '5581987654321';
  const received = '558187654321';
  /** With a conversation, so that the block is asked of WhatsApp at once. */
  const aTypedPerson = async (): Promise<string> => {
    const contactId = await inTx(stage.deps, stage.admin, (ctx) =>
      findOrCreateContact(ctx, typed, null),
    );
    await sql`insert into conversation (workspace_id, id, contact_id, channel_id)
      values (${stage.place.workspaceId}, gen_random_uuid(), ${contactId}, ${stage.place.channelId})`.execute(
      stage.deps.db,
    );
    await block(stage.deps, stage.admin, contactId);
    return contactId;
  };
  const valuesOf = async (contactId: string): Promise<string[]> => {
    const { rows } = await sql<{ value: string }>`select value from contact_identity
      where contact_id = ${contactId} order by kind desc`.execute(stage.deps.db);
    return rows.map(({ value }) => value);
  };

  it('is asked for again under the number as it was received, never as it was typed', async () => {
    const runner = upstreamRunner(stage.deps);
    const contactId = await aTypedPerson();
    const { channelId } = stage.place;
    await runner.run('gate.apply-upstream', stage.place);
    expect(runner.asked(channelId)).toEqual([`+${typed}`]);
    await receive(stage.deps, wrote(stage.place, { phone: received }, 'segredo'));
    await runner.run('gate.heal-upstream', stage.place);
    await runner.run('gate.apply-upstream', stage.place);
    expect(runner.asked(channelId)).toEqual([`+${typed}`, received]);
    expect(await valuesOf(contactId)).toEqual([received]);
  });

  it('is spelt anew beside what a dropped message teaches; what comes after that writes nothing', async () => {
    const contactId = await aTypedPerson();
    const person = { phone: received, bsuid: aBsuid() };
    await receive(stage.deps, wrote(stage.place, person, 'um'), wrote(stage.place, person, 'dois'));
    expect(await valuesOf(contactId)).toEqual([received, person.bsuid]);
    const written = async () =>
      (
        await sql`select xmin, ctid from contact_identity where contact_id = ${contactId} order by id`.execute(
          stage.deps.db,
        )
      ).rows;
    const before = await written();
    await receive(stage.deps, wrote(stage.place, person, 'três'));
    expect(await written()).toEqual(before);
  });
});

describe('a message that is refused because its person is on the list of WhatsApp (130403)', () => {
  const send = async (conversationId: string): Promise<string> => {
    const input = { conversationId, text: 'bom dia', replyToId: null, forwardedFrom: null };
    const answer = await inTx(stage.deps, stage.admin, (ctx) =>
      sendMessage(ctx, { ...input, idempotencyKey: null }),
    );
    return answer.kind === 'queued' ? answer.messageId : '';
  };
  const deliver = async (
    conversationId: string,
    code: string | null,
    externalId = aWamid(),
  ): Promise<void> => {
    const outcome =
      code === null
        ? ({ kind: 'accepted', externalId } as const)
        : ({ kind: 'refused', code } as const);
    const job = deliveryJobs(aRecorder([outcome]).channel).find(
      ({ name }) => name === 'conversations.deliver',
    );
    const payload = { workspaceId: stage.place.workspaceId, conversationId };
    await job?.runUnparsed(payload, { deps: stage.deps, log: stage.deps.log, attempt: 1 });
  };
  /** Taken, and failed by a status. */
  const failsLater = async (conversationId: string): Promise<void> => {
    const externalId = aWamid();
    const callbackData = await send(conversationId);
    await deliver(conversationId, null, externalId);
    await receive(stage.deps, {
      ...{ ...stage.place, type: 'status', externalId, status: 'failed' },
      ...{ timestamp: nowInSeconds(), callbackData, errorCode: 130_403 },
    });
  };
  const strangers = async () => {
    const { rows } = await sql<{ contactId: string; phone: string }>`
      select contact_id as "contactId", phone from upstream_stranger where channel_id = ${stage.place.channelId}`.execute(
      stage.deps.db,
    );
    return rows;
  };

  it('makes a difference for a person to decide about, at once or by a status', async () => {
    const phone = aPhone();
    const { contactId, conversationId } = await aThread(stage.deps, stage.place, { phone });
    await send(conversationId);
    await deliver(conversationId, 'whatsapp-131026');
    expect(await strangers()).toEqual([]);
    await send(conversationId);
    await deliver(conversationId, 'whatsapp-130403');
    expect(await strangers()).toEqual([{ contactId, phone }]);

    const other = await aThread(stage.deps, stage.place, { phone: aPhone() });
    await failsLater(other.conversationId);
    expect(await strangers()).toHaveLength(2);
  });

  it('by a status, which may come late, has the list read: they may be on it no more', async () => {
    const readings = async () =>
      (
        await sql`delete from graphile_worker._private_jobs
          where key = ${`upstream-check:${stage.place.channelId}`} returning key`.execute(
          stage.deps.db,
        )
      ).rows;
    const atOnce = await aThread(stage.deps, stage.place, { phone: aPhone() });
    await send(atOnce.conversationId);
    await deliver(atOnce.conversationId, 'whatsapp-130403');
    expect(await readings()).toEqual([]);
    const late = await aThread(stage.deps, stage.place, { phone: aPhone() });
    await failsLater(late.conversationId);
    expect(await strangers()).toHaveLength(2);
    expect(await readings()).toHaveLength(1);
    // What is listed already is read with the day's.
    await failsLater(late.conversationId);
    expect(await readings()).toEqual([]);
  });

  it('of somebody we put there has the removal asked for again', async () => {
    const phone = aPhone();
    const { contactId, conversationId } = await aThread(stage.deps, stage.place, { phone });
    await block(stage.deps, stage.admin, contactId);
    await sql`update upstream_block set state = 'applied', is_listed = true, is_due = false
      where contact_id = ${contactId}`.execute(stage.deps.db);
    await unblock(stage.deps, stage.admin, contactId);
    await sql`update upstream_block set is_due = false where contact_id = ${contactId}`.execute(
      stage.deps.db,
    );
    await sql`delete from graphile_worker._private_jobs`.execute(stage.deps.db);
    const messageId = await send(conversationId);
    await deliver(conversationId, 'whatsapp-130403');
    expect(await strangers()).toEqual([]);
    const message = await sql<{
      status: string;
    }>`select status from message where id = ${messageId}`.execute(stage.deps.db);
    // It waits for the removal instead of failing.
    expect(message.rows).toEqual([{ status: 'queued' }]);
    const { rows } = await sql<{ isDue: boolean }>`select is_due as "isDue" from upstream_block
      where contact_id = ${contactId}`.execute(stage.deps.db);
    expect(rows).toEqual([{ isDue: true }]);
    const jobs = await sql<{
      key: string;
    }>`select key from graphile_worker.jobs where key = ${`upstream:${stage.place.channelId}:${contactId}`}`.execute(
      stage.deps.db,
    );
    expect(jobs.rows).toHaveLength(1);
  });
});
