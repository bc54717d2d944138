import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { PersonRef } from '#channels/channel.ts';
import { identityHashOf, insertAwaited } from '#features/contacts/server/index.ts';
import {
  aBsuid,
  aNumberChange,
  aPhone,
  aText,
  aThread,
  nowInSeconds,
  receive,
} from '#features/conversations/server/testing.ts';
import { type IdentityTest, prepareLookups } from '#features/gate/server/index.ts';
import { block, exchangeLists, moveBlockBack, unblock } from '#features/gate/server/testing.ts';
import { erasePerson } from '#features/removals/server/index.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aMember } from '#platform/server/testing/a-workspace.ts';
import { anAppStage } from './testing/erasure-world.ts';
import type { Caller } from './testing/http-client.ts';

const seed = Math.floor(Math.random() * 2 ** 31);
let state = seed;
const random = (below: number): number => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
};

const stage = anAppStage();

const ask = (identity: string, caller: Caller = stage.app.a.team.moderator) =>
  stage.app.http('/api/v1/blocks/test', { ...caller, method: 'POST', body: { identity } });
const test = async (identity: string): Promise<IdentityTest> => {
  const answer = await ask(identity);
  expect([identity, answer.status]).toEqual([identity, 200]);
  return answer.json as IdentityTest;
};

const withoutNinth = (phone: string): string => phone.slice(0, 4) + phone.slice(5);
const aMobile = (): string => `5511987${String(random(1_000_000)).padStart(6, '0')}`;
const aParent = (): string => aBsuid().replace('BR.', 'BR.ENT.');

/** What comes under this one name now: does it reach the history? */
const isDroppedByGate = async (person: PersonRef): Promise<boolean> => {
  const text = aText(stage.place, person, { timestamp: nowInSeconds() + 2 });
  await receive(stage.app.deps, text);
  const { rows } = await sql`select 1 from message where workspace_id = ${stage.place.workspaceId}
    and external_id = ${text.externalId}`.execute(stage.app.deps.db);
  return rows.length === 0;
};

/** What is sent to this number now: is it refused? */
const isRefusedByGate = async (phone: string): Promise<boolean> => {
  const caller = { ...stage.app.a.team.agent, method: 'POST' };
  const body = { phone: `+${phone}`, channelId: stage.place.channelId };
  const { id } = (await stage.app.http('/api/v1/conversations', { ...caller, body })).json as {
    id: string;
  };
  const text = { type: 'text', text: 'oi' };
  const path = `/api/v1/conversations/${id}/messages`;
  const answer = await stage.app.http(path, { ...caller, body: text });
  expect([202, 409, 422]).toContain(answer.status);
  return answer.code === 'contact-blocked';
};

/** As the journal brings back what somebody had and left behind: by its hash alone. It may be what somebody else has. */
const leftBehindUnseen = async (contactId: string): Promise<PersonRef> => {
  const { workspaceId } = stage.place;
  const phone = aMobile();
  const { db, keyed } = stage.app.deps;
  const hash = identityHashOf(keyed, workspaceId, `phone:${phone}`);
  const name = { hash, kind: 'phone', isFormer: true } as const;
  await db.transaction().execute((tx) => insertAwaited(tx, workspaceId, contactId, [name]));
  return { phone };
};

/** One person with some names, some of them left behind, who may be blocked, unblocked, or blocked until just now. */
const aPerson = async (): Promise<{ contactId: string; names: PersonRef[] }> => {
  const phone = aMobile();
  const bsuid = aBsuid();
  const parentBsuid = aParent();
  const whole: PersonRef = {
    ...(random(5) > 0 && { phone: random(2) > 0 ? phone : withoutNinth(phone) }),
    ...(random(3) > 0 && { parentBsuid }),
    bsuid,
  };
  const { contactId } = await aThread(stage.app.deps, stage.place, whole);
  const numbers = [{ phone }, { phone: withoutNinth(phone) }];
  const names: PersonRef[] = [...numbers, { bsuid }, { parentBsuid }];
  if (random(2) > 0) {
    const next = { phone: aMobile(), bsuid: aBsuid() };
    const later = { phone: aMobile(), bsuid: aBsuid() };
    const isToldLate = random(2) > 0;
    if (isToldLate) {
      await receive(stage.app.deps, aNumberChange(stage.place, next, later));
    }
    await receive(
      stage.app.deps,
      aNumberChange(stage.place, whole, next, isToldLate ? 120 : undefined),
    );
    for (const one of isToldLate ? [next, later] : [next]) {
      names.push({ phone: one.phone }, { phone: withoutNinth(one.phone) }, { bsuid: one.bsuid });
    }
  }
  if (random(4) === 0) {
    names.push(await leftBehindUnseen(contactId));
  }
  return { contactId, names };
};

const someAdmin = () =>
  ({ kind: 'system', id: null, workspaceId: stage.app.a.id, role: 'administrator' }) as const;

const shutOut = async (contactId: string): Promise<void> => {
  const actor = someAdmin();
  const how = random(4);
  if (how === 0) {
    return;
  }
  const { id } = await block(stage.app.deps, actor, contactId);
  if (how === 1) {
    await moveBlockBack(stage.app.deps.db, id, 60);
    await unblock(stage.app.deps, actor, contactId);
  } else if (how === 2) {
    await sql`update block set started_at = clock_timestamp() - interval '9 minutes',
      expires_at = clock_timestamp() - interval '5 minutes' where id = ${id}`.execute(
      stage.app.deps.db,
    );
  }
};

/** Some are erased, blocked or not: their names are known to nobody then, and hold all the same. */
const eraseSome = async (contactId: string): Promise<void> => {
  const actor = someAdmin();
  if (random(3) === 0) {
    await inTx(stage.app.deps, actor, (ctx) => erasePerson(ctx, contactId));
    seen.erased += 1;
  }
};

const rowsOfAll = async (): Promise<unknown> => {
  const { rows } = await sql`select (select count(*) from contact) as contacts,
    (select count(*) from contact_identity) as identities, (select count(*) from audit_event) as audit,
    (select sum(attempts) from block_attempt) as attempts, (select count(*) from graphile_worker.jobs) as jobs,
    (select count(*) from dispatch_claim) as claims`.execute(stage.app.deps.db);
  return rows[0];
};

/** Some of these come to have what others left behind: numbers that the operator gave away again. */
const recycle = async (people: readonly Awaited<ReturnType<typeof aPerson>>[]): Promise<void> => {
  for (const [at, { names }] of people.entries()) {
    const left = people[(at * 7 + 3) % people.length]?.names[0];
    const own = names.find(({ bsuid }) => bsuid !== undefined);
    if (random(3) === 0 && left !== undefined && own !== undefined) {
      await receive(stage.app.deps, aText(stage.place, { ...own, ...left }));
    }
  }
};

const remaining = async (contactId: string): Promise<string> => {
  const { rows } = await sql<{ id: string }>`select coalesce(merged_into, id) as id from contact
    where id = ${contactId}`.execute(stage.app.deps.db);
  return rows[0]?.id ?? contactId;
};

const seen = { dropped: 0, passed: 0, former: 0, refused: 0, erased: 0 };

/** Asked first, then done: the answer must have been true. */
const compare = async (person: PersonRef): Promise<void> => {
  const typed = person.phone ?? person.bsuid ?? person.parentBsuid ?? '';
  const before = await test(typed);
  const context = JSON.stringify({ typed, before });
  expect(await isDroppedByGate(person), context).toBe(before.isDropped);
  const isShown = before.contacts.some((one) => one.block?.isActive === true);
  expect(isShown, context).toBe(before.isDropped || before.isRefused);
  seen[before.isDropped ? 'dropped' : 'passed'] += 1;
  seen.former += before.contacts.some(({ through }) => through.isFormer) ? 1 : 0;
  if (person.phone !== undefined) {
    const now = await test(typed);
    expect(await isRefusedByGate(person.phone), context).toBe(now.isRefused);
    seen.refused += now.isRefused ? 1 : 0;
  }
};

describe(`Testar número (seed ${seed})`, () => {
  it('says what the gate then does, for any name of anybody', async () => {
    const people: Awaited<ReturnType<typeof aPerson>>[] = [];
    for (let made = 0; made < 25; made += 1) {
      people.push(await aPerson());
    }
    await recycle(people);
    for (const { contactId } of people) {
      await shutOut(await remaining(contactId));
    }
    for (const contactId of new Set(
      await Promise.all(people.map((one) => remaining(one.contactId))),
    )) {
      await eraseSome(contactId);
    }
    const strangers = [{ phone: aMobile() }, { bsuid: aBsuid() }, { parentBsuid: aParent() }];
    for (const person of [...people.flatMap(({ names }) => names), ...strangers]) {
      await compare(person);
    }
    expect(Math.min(...Object.values(seen)), JSON.stringify(seen)).toBeGreaterThan(0);
  }, 120_000);

  it('knows whom a name is awaited for that was told of before it could be placed', async () => {
    const first = { phone: aMobile() };
    const [second, last] = [{ phone: aMobile() }, { phone: aMobile() }];
    const { contactId } = await aThread(stage.app.deps, stage.place, first);
    await block(stage.app.deps, someAdmin(), contactId);
    await receive(stage.app.deps, aNumberChange(stage.place, second, last));
    await receive(stage.app.deps, aNumberChange(stage.place, first, second, 120));
    expect(await test(last.phone)).toMatchObject({
      isDropped: true,
      isRefused: true,
      contacts: [
        {
          id: contactId,
          through: { kind: 'phone', isFormer: false },
          block: { id: expect.any(String) },
        },
      ],
    });
    expect(await isDroppedByGate(last)).toBe(true);
  });

  it('tells the block, and through which name, as little of it as will do', async () => {
    const phone = aPhone();
    const { contactId } = await aThread(stage.app.deps, stage.place, {
      phone: withoutNinth(phone),
    });
    const path = `/api/v1/contacts/${contactId}/block`;
    const body = { reason: 'fraud', note: 'golpe do boleto' };
    await stage.app.http(path, { ...stage.app.a.team.administrator, method: 'PUT', body });
    const local = `(${phone.slice(2, 4)}) ${phone.slice(4, 9)}-${phone.slice(9)}`;
    expect(await test(local)).toMatchObject({
      read: { kind: 'phone', masked: `+55 11 ••••-${phone.slice(-4)}` },
      isDropped: true,
      isRefused: true,
      contacts: [
        {
          id: contactId,
          through: { kind: 'phone', isFormer: false },
          block: {
            reason: 'fraud',
            startedBy: { id: stage.app.a.team.administrator.memberId },
            expiresAt: null,
            upstream: [{ channelId: stage.place.channelId }],
          },
        },
      ],
    });
  });

  it('writes nothing, whatever is asked', async () => {
    const before = await rowsOfAll();
    for (const typed of [
      stage.app.a.blocked.person.phone,
      stage.app.a.blocked.person.bsuid,
      aPhone(),
    ]) {
      await test(typed);
    }
    expect(await rowsOfAll()).toEqual(before);
  });

  it('knows nobody of another workspace', async () => {
    expect(await test(stage.app.b.blocked.person.phone)).toMatchObject({
      isDropped: false,
      isRefused: false,
      contacts: [],
    });
  });

  it('refuses what can be no name, and keeps numbers out of the log', async () => {
    const answer = await ask('Dona Ana');
    expect([answer.status, answer.code]).toEqual([422, 'identity-not-readable']);
    expect((await ask('oi', stage.app.a.team.agent)).status).toBe(403);
    await ask('11 97777-1234');
    // Half of a number may stand in an id by chance.
    expect(stage.app.logLines.filter((line) => /97777-?1234|97771234/.test(line))).toEqual([]);
  });
});

describe('the lists of other units', () => {
  it('say beforehand what the first message would come to, until it was met', async () => {
    const listed = aMobile();
    const admin = await aMember(stage.app.deps.db, stage.place.workspaceId);
    await exchangeLists.open(stage.app.deps, admin, 'uma chave que duas unidades têm', [listed]);
    for (const typed of [`+${listed}`, `+${withoutNinth(listed)}`]) {
      const answer = await test(typed);
      expect(answer).toMatchObject({ isListed: true, isDropped: true, isRefused: true });
    }
    const { rows } = await sql`select 1 from exchange_lookup`.execute(stage.app.deps.db);
    expect(rows).toEqual([]);
    const { workspaceId } = stage.place;
    await prepareLookups(stage.app.deps, [{ workspaceId, matchKey: `phone:${listed}` }]);
    expect(await isDroppedByGate({ phone: listed })).toBe(true);
    const met = await test(`+${listed}`);
    expect(met).toMatchObject({ isListed: false, isDropped: true, isRefused: true });
    await unblock(stage.app.deps, admin, met.contacts[0]?.id ?? '');
    expect(await test(`+${listed}`)).toMatchObject({ isListed: false, isDropped: false });
  });
});
