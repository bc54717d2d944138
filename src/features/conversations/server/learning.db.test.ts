import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { InboundItem, PersonRef } from '#channels/channel.ts';
import { attemptsOf, block } from '#features/gate/server/testing.ts';
import { aStage } from './testing/stage.ts';
import { aBsuid, aPhone, aText, aThread, receive } from './testing.ts';

/** What one item of a batch teaches, the next one knows. */
const stage = aStage();

const blockedContact = async (person: PersonRef) => {
  const { contactId } = await aThread(stage.deps, stage.place, person);
  return { contactId, blockId: (await block(stage.deps, stage.admin, contactId)).id };
};

const conflicts = async () => {
  const { rows } = await sql<{ kind: string; key: string }>`select kind, match_key as key
    from identity_conflict where workspace_id = ${stage.place.workspaceId} order by match_key`.execute(
    stage.deps.db,
  );
  return rows;
};

const identitiesOf = async (contactId: string) => {
  const { rows } = await sql<{ key: string; isFormer: boolean }>`
    select match_key as key, is_former as "isFormer" from contact_identity
     where contact_id = ${contactId} order by 1`.execute(stage.deps.db);
  return rows;
};

const ownersOf = async (items: readonly InboundItem[]): Promise<(string | undefined)[]> => {
  const { rows } = await sql<{ contactId: string; externalId: string }>`
    select contact_id as "contactId", external_id as "externalId" from message
     where workspace_id = ${stage.place.workspaceId}`.execute(stage.deps.db);
  return items.map(
    (item) =>
      rows.find((row) => item.type === 'message' && row.externalId === item.externalId)?.contactId,
  );
};

describe('two dropped items of one batch with an identity we did not know', () => {
  it('an account: learnt once, and no conflict of the person with itself', async () => {
    const [phone, bsuid] = [aPhone(), aBsuid()];
    const { contactId, blockId } = await blockedContact({ phone });
    await receive(
      stage.deps,
      aText(stage.place, { phone, bsuid }),
      aText(stage.place, { phone, bsuid }),
    );
    expect(await conflicts()).toEqual([]);
    expect(await attemptsOf(stage.deps.db, blockId)).toEqual({ text: 2 });
    expect(await identitiesOf(contactId)).toMatchObject([
      { key: `bsuid:${bsuid}` },
      { key: `phone:${phone}` },
    ]);
  });

  it('a number: learnt once, and the batch does not fail', async () => {
    const [phone, bsuid] = [aPhone(), aBsuid()];
    const { contactId } = await blockedContact({ bsuid });
    await receive(
      stage.deps,
      aText(stage.place, { phone, bsuid }),
      aText(stage.place, { phone, bsuid }),
    );
    expect(await identitiesOf(contactId)).toHaveLength(2);
  });

  it('two accounts with one number: the second is a conflict', async () => {
    const phone = aPhone();
    const [first, second] = [aBsuid(), aBsuid()];
    await blockedContact({ phone });
    const items = [first, second].map((bsuid) => aText(stage.place, { phone, bsuid }));
    await receive(stage.deps, ...items);
    expect(await conflicts()).toEqual([
      { kind: 'same-number-other-account', key: `bsuid:${second}` },
    ]);
  });
});

describe('a number that changes hands twice in one batch', () => {
  it('is left behind by whom the batch itself gave it', async () => {
    const phone = aPhone();
    const [old] = [await aThread(stage.deps, stage.place, { phone, bsuid: aBsuid() })];
    const people = [aBsuid(), aBsuid()].map((bsuid) => ({ phone, bsuid }));
    const items = people.map((person) => aText(stage.place, person));
    await receive(stage.deps, ...items);
    const [second, third] = await ownersOf(items);
    expect(new Set([old.contactId, second, third]).size).toBe(3);
    const numberOf = async (contactId = '') =>
      (await identitiesOf(contactId)).find(({ key }) => key.startsWith('phone:'))?.isFormer;
    expect(await numberOf(old.contactId)).toBe(true);
    expect(await numberOf(second)).toBe(true);
    expect(await numberOf(third)).toBe(false);
  });

  it('and returns to the first', async () => {
    const phone = aPhone();
    const [first, second] = [aBsuid(), aBsuid()];
    const { contactId } = await aThread(stage.deps, stage.place, { phone, bsuid: first });
    const items = [second, first].map((bsuid) => aText(stage.place, { phone, bsuid }));
    await receive(stage.deps, ...items);
    expect((await ownersOf(items))[1]).toBe(contactId);
    expect(await identitiesOf(contactId)).toEqual([
      { key: `bsuid:${first}`, isFormer: false },
      { key: `phone:${phone}`, isFormer: false },
    ]);
  });
});
