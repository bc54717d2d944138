import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { findContact, renameContact } from '#features/contacts/server/index.ts';
import {
  aBookEntry,
  aPhone,
  aText,
  mergeContacts,
  nowInSeconds,
  receive,
} from '#features/conversations/server/testing.ts';
import type { Actor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { mostAskedPerHour, type RemovalReason } from '../../contract.ts';
import { settleRemovalJob, tidyTablesJob } from '../job-names.ts';
import { aRemovalsStage, outcomes, removalsOn } from '../testing/removals-stage.ts';
import { askForName } from './ask-name.ts';
import { decideName, revealName } from './decide-name.ts';

const stage = aRemovalsStage();
const { sees, auditOf, runs } = removalsOn(stage);
const insult = 'Insulto Terrível';

/** Who writes under this name. @returns the contact */
const writes = async (phone: string, profileName: string): Promise<string> => {
  const names = { profileName, username: 'insulto.terrivel' };
  await receive(stage.deps, aText(stage.place, { phone }, { names }));
  const { rows } = await sql<{ id: string }>`select contact_id as id from contact_identity
    where workspace_id = ${stage.place.workspaceId} and value = ${phone} and not is_former`.execute(
    stage.deps.db,
  );
  return rows[0]?.id ?? '';
};

const knownBy = async (phone: string): Promise<string> => {
  const { rows } = await sql<{ id: string }>`select contact_id as id from contact_identity
    where workspace_id = ${stage.place.workspaceId} and ltrim(value, '+') = ${phone}`.execute(
    stage.deps.db,
  );
  return rows[0]?.id ?? '';
};

const asks = (by: Actor, contactId: string, reason: RemovalReason = 'offense') =>
  inTx(stage.deps, by, (ctx) => askForName(ctx, { contactId, reason, note: null }));
const decides = (by: Actor, requestId: string, decision: 'remove' | 'keep') =>
  inTx(stage.deps, by, (ctx) => decideName(ctx, requestId, { decision, answer: null }));
const reveals = (by: Actor, requestId: string) =>
  inTx(stage.deps, by, (ctx) => revealName(ctx, requestId));
const gives = (contactId: string, name: string) =>
  inTx(stage.deps, stage.larissa, (ctx) => renameContact(ctx, contactId, name));
const contactOf = (id: string) => findContact(stage.deps.db, stage.place.workspaceId, id);

/** Every row of a contact, as it is stored. */
const storedOf = async (): Promise<string> => {
  const { rows } = await sql`select c.*, c.sort_name from contact c
    where c.workspace_id = ${stage.place.workspaceId}`.execute(stage.deps.db);
  return JSON.stringify(rows).toLowerCase();
};

let contactId: string;
let masked: string;
beforeEach(async () => {
  contactId = await writes(stage.phone, insult);
  masked = `+55 11 ••••-${stage.phone.slice(-4)}`;
});

describe('a name that is asked to go', () => {
  it('is covered at once, for everybody, and found by nobody', async () => {
    await gives(contactId, 'Nome dado');
    const id = await asks(stage.larissa, contactId);
    expect(await contactOf(contactId)).toMatchObject({
      ...{ name: masked, givenName: null, profileName: null, username: null },
      nameWithheld: 'covered',
    });
    expect(await sees(stage.larissa, id)).toMatchObject({
      ...{ number: 1, state: 'open', contactId, contactName: masked, items: [] },
      name: { state: 'open', decidedBy: null },
    });
    const { rows } =
      await sql`select search_name, sort_name from contact where id = ${contactId}`.execute(
        stage.deps.db,
      );
    expect(rows).toEqual([{ search_name: '', sort_name: '1' }]);
    // Nobody gives another name until that is decided.
    expect(await outcomes(gives(contactId, 'Outro'))).toEqual(['name-covered']);
  });

  it('has one request; whoever asks later joins it', async () => {
    const id = await asks(stage.larissa, contactId);
    expect(await asks(stage.diego, contactId, 'fraud')).toBe(id);
    expect((await sees(stage.admin, id)).askers.map(({ reason }) => reason)).toEqual([
      ...['offense', 'fraud'],
    ]);
    expect(await auditOf()).toEqual(['removals.name-asked', 'removals.joined']);
  });

  it('counts for the hour of the asker as a message does', async () => {
    for (let n = 0; n < mostAskedPerHour; n += 1) {
      await asks(stage.larissa, await writes(aPhone(), insult));
    }
    expect(await outcomes(asks(stage.larissa, contactId))).toEqual(['too-many-removal-requests']);
  }, 30_000);

  it('needs a name', async () => {
    const nameless = aPhone();
    await receive(stage.deps, aText(stage.place, { phone: nameless }, { names: {} }));
    expect(await outcomes(asks(stage.larissa, await knownBy(nameless)))).toEqual([
      'name-not-removable',
    ]);
  });

  it('needs no conversation: somebody of the address book has never written', async () => {
    const silent = aPhone();
    await receive(stage.deps, aBookEntry(stage.place, { phone: silent }, 'Insulto da Agenda'));
    const id = await asks(stage.larissa, await knownBy(silent));
    expect(await sees(stage.larissa, id)).toMatchObject({
      ...{ conversationId: null, channel: null, name: { state: 'open' } },
      contactName: `+55 11 ••••-${silent.slice(-4)}`,
    });
    await decides(stage.diego, id, 'remove');
    const { rows } = await sql`select address_book_name as name from contact
      where id = ${await knownBy(silent)}`.execute(stage.deps.db);
    expect(rows).toEqual([{ name: null }]);
    // Whoever writes later has a conversation to go to.
    await writes(silent, insult);
    expect((await sees(stage.diego, id)).conversationId).not.toBeNull();
  });

  it('is shown to whoever reviews, on record, and to nobody else', async () => {
    const id = await asks(stage.larissa, contactId);
    expect(await outcomes(reveals(stage.larissa, id))).toEqual(['forbidden']);
    expect(await reveals(stage.diego, id)).toMatchObject({ profileName: insult, givenName: null });
    expect(await auditOf()).toEqual(['removals.name-asked', 'removals.name-revealed']);
    const { rows } = await sql<{ details: object }>`select details, masked_number from audit_event
      where workspace_id = ${stage.place.workspaceId}`.execute(stage.deps.db);
    expect(JSON.stringify(rows)).not.toContain(insult);
  });
});

describe('looking at a name', () => {
  it('is over once it is decided: what is learnt then, or covered by a later request, is not told', async () => {
    const id = await asks(stage.larissa, contactId);
    await decides(stage.diego, id, 'keep');
    expect(await outcomes(reveals(stage.diego, id))).toEqual(['removal-request-decided']);
    const later = await asks(stage.larissa, contactId);
    expect(await outcomes(reveals(stage.diego, id))).toEqual(['removal-request-decided']);
    expect(await auditOf()).not.toContain('removals.name-revealed');
    expect(await reveals(stage.diego, later)).toMatchObject({ profileName: insult });
    expect(await auditOf()).toContain('removals.name-revealed');
  });
});

describe('kept', () => {
  it('is back as it was, with what was learnt meanwhile', async () => {
    const id = await asks(stage.larissa, contactId);
    await writes(stage.phone, 'Nome Novo');
    expect(await contactOf(contactId)).toMatchObject({ name: masked });
    await decides(stage.diego, id, 'keep');
    expect(await contactOf(contactId)).toMatchObject({ name: 'Nome Novo', nameWithheld: null });
    expect(await sees(stage.larissa, id)).toMatchObject({
      ...{ state: 'refused', name: { state: 'kept' } },
    });
    expect(await outcomes(decides(stage.bruna, id, 'remove'))).toEqual(['removal-request-decided']);
  });
});

describe('removed', () => {
  it('is gone from every row, and is not learnt again however it comes', async () => {
    const id = await asks(stage.larissa, contactId);
    await decides(stage.diego, id, 'remove');
    const gone = { name: masked, givenName: null, profileName: null, username: null };
    expect(await contactOf(contactId)).toMatchObject({ ...gone, nameWithheld: 'removed' });
    expect(await storedOf()).not.toContain('insulto');
    await writes(stage.phone, insult);
    const person = { phone: stage.phone };
    await receive(
      stage.deps,
      aBookEntry(stage.place, person, insult, {
        timestamp: nowInSeconds() + 5,
        username: 'insulto',
      }),
    );
    // Not even by SQL written by mistake.
    await sql`update contact set profile_name = ${insult} where id = ${contactId}`.execute(
      stage.deps.db,
    );
    expect(await storedOf()).not.toContain('insulto');
    await gives(contactId, 'Dona Ana');
    expect(await contactOf(contactId)).toMatchObject({ name: 'Dona Ana', nameWithheld: 'removed' });
  });

  it('reads removed when its lines are done, and no others stand there', async () => {
    // Like no other in this database.
    const named = await writes(aPhone(), 'Canarinho 7421');
    const id = await asks(stage.larissa, named);
    await decides(stage.diego, id, 'remove');
    const lines = async () =>
      (await sees(stage.diego, id)).checklist.map((one) => [one.step, one.state]);
    expect(await lines()).toEqual([
      ['content', 'done'],
      ['search', 'done'],
      ['previews', 'done'],
      ['queues', 'done'],
      ['notices', 'done'],
      ['webhooks', 'done'],
      ['exports', 'done'],
      ['statistics', 'pending'],
      ['tables', 'pending'],
      ['journal', 'pending'],
    ]);
    await runs(settleRemovalJob.name, { workspaceId: stage.place.workspaceId, requestId: id });
    await runs(tidyTablesJob.name);
    expect((await lines()).every(([, state]) => state === 'done')).toBe(true);
    expect(await sees(stage.diego, id)).toMatchObject({
      ...{ state: 'removed', name: { state: 'removed' } },
    });
    const { rows } = await sql`select 1 from pg_stats where tablename = 'contact'
      and (most_common_vals::text ilike '%canarinho%' or histogram_bounds::text ilike '%canarinho%')`.execute(
      stage.deps.db,
    );
    expect(rows).toEqual([]);
  });

  it('goes from the rows of a file of blocks that waits', async () => {
    const { workspaceId } = stage.place;
    await sql`insert into block_import (workspace_id, id, has_note, has_until, created_by_kind)
      values (${workspaceId}, ${contactId}, false, false, 'member')`.execute(stage.deps.db);
    await sql`insert into block_import_row (workspace_id, import_id, line, plan, kind, match_key, name)
      select workspace_id, ${contactId}, 2, 'known-contact', 'phone', match_key, ${insult} from contact_identity
       where contact_id = ${contactId} and kind = 'phone'`.execute(stage.deps.db);
    const id = await asks(stage.larissa, contactId);
    await decides(stage.diego, id, 'remove');
    const { rows } = await sql`select name from block_import_row
      where workspace_id = ${workspaceId}`.execute(stage.deps.db);
    expect(rows).toEqual([{ name: null }]);
  });

  it('needs two people where the reason wants it', async () => {
    await sql`insert into removal_setting (workspace_id, decide_within_hours, two_person_reasons)
      values (${stage.place.workspaceId}, 24, '{offense}')`.execute(stage.deps.db);
    const id = await asks(stage.larissa, contactId);
    await decides(stage.diego, id, 'remove');
    expect(await sees(stage.diego, id)).toMatchObject({
      ...{
        state: 'in-review',
        needsTwo: true,
        name: { state: 'open', proposedBy: { id: stage.diego.id } },
      },
    });
    expect(await outcomes(decides(stage.diego, id, 'remove'))).toEqual(['second-person-needed']);
    await decides(stage.bruna, id, 'remove');
    expect(await contactOf(contactId)).toMatchObject({ nameWithheld: 'removed' });
  });

  it('of two who decide at once the first wins', async () => {
    const id = await asks(stage.larissa, contactId);
    const ends = await outcomes(
      decides(stage.diego, id, 'keep'),
      decides(stage.bruna, id, 'remove'),
    );
    expect(ends.sort()).toEqual(['done', 'removal-request-decided']);
  });
});

describe('a merge', () => {
  it('carries the cover along, and both requests end with what is left', async () => {
    const other = await writes(aPhone(), insult);
    const [first, second] = [await asks(stage.larissa, contactId), await asks(stage.diego, other)];
    const kept = await inTx(stage.deps, stage.admin, (ctx) => mergeContacts(ctx, contactId, other));
    expect(await contactOf(kept)).toMatchObject({ nameWithheld: 'covered' });
    await decides(stage.diego, second, 'keep');
    expect(await contactOf(kept)).toMatchObject({ nameWithheld: 'covered' });
    await decides(stage.diego, first, 'remove');
    expect(await storedOf()).not.toContain('insulto');
  });

  it('ends the other request when the name goes', async () => {
    const other = await writes(aPhone(), insult);
    const [first, second] = [await asks(stage.larissa, contactId), await asks(stage.diego, other)];
    await inTx(stage.deps, stage.admin, (ctx) => mergeContacts(ctx, contactId, other));
    await decides(stage.diego, first, 'remove');
    expect(await storedOf()).not.toContain('insulto');
    expect(await sees(stage.diego, second)).toMatchObject({
      ...{ state: 'removing', name: { state: 'removed' } },
    });
  });

  it('brings nothing back of a name that was removed', async () => {
    const id = await asks(stage.larissa, contactId);
    await decides(stage.diego, id, 'remove');
    const other = await writes(aPhone(), insult);
    await inTx(stage.deps, stage.admin, (ctx) => mergeContacts(ctx, contactId, other));
    expect(await contactOf(contactId)).toMatchObject({
      profileName: null,
      nameWithheld: 'removed',
    });
  });
});
