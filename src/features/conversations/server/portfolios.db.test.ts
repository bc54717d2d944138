import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import type { InboundItem, PersonRef } from '#channels/channel.ts';
import { findAddress } from '#features/contacts/server/index.ts';
import {
  attemptsOf,
  block,
  blocksShown,
  healUpstream,
  upstreamRunner,
} from '#features/gate/server/testing.ts';
import { anUpstreamStage, holderOf } from './testing/stage.ts';
import {
  aBsuid,
  aChannel,
  aNumberChange,
  aPhone,
  aText,
  nowInSeconds,
  type Place,
  receive,
} from './testing.ts';

/** WhatsApp gives one person another id in each business portfolio; a workspace may have numbers of two. */
const stage = anUpstreamStage();

let filial: Place;
/** One person, as each of the two portfolios is told of them. */
let atLoja: PersonRef & { phone: string; bsuid: string };
let atFilial: PersonRef & { phone: string; bsuid: string };

beforeEach(async () => {
  filial = await aChannel(stage.deps.db, stage.place.workspaceId);
  const phone = aPhone();
  atLoja = { phone, bsuid: aBsuid(), portfolioId: 'loja' };
  atFilial = { phone, bsuid: aBsuid(), portfolioId: 'filial' };
  for (const [{ channelId }, portfolio] of [
    [stage.place, 'loja'],
    [filial, 'filial'],
  ] as const) {
    await sql`update channel set portfolio_id = ${portfolio} where id = ${channelId}`.execute(
      stage.deps.db,
    );
  }
});

const writes = async (place: Place, person: PersonRef): Promise<string | null> => {
  const text: InboundItem = aText(place, person);
  await receive(stage.deps, text);
  const { rows } = await sql<{ id: string }>`select contact_id as id from message
    where external_id = ${text.externalId}`.execute(stage.deps.db);
  return rows[0]?.id ?? null;
};

const conflicts = async (): Promise<string[]> => {
  const { rows } = await sql<{ kind: string }>`select kind from identity_conflict
    where workspace_id = ${stage.place.workspaceId} order by opened_at`.execute(stage.deps.db);
  return rows.map(({ kind }) => kind);
};

const hidden = ({ phone: _phone, ...rest }: PersonRef): PersonRef => rest;
/** As an installation knew them before WhatsApp was asked of which portfolio its numbers are. */
const unplaced = ({ portfolioId: _portfolio, ...rest }: PersonRef): PersonRef => rest;

describe('whoever writes to numbers of two portfolios', () => {
  it('is one contact, however often and with the number shown or not', async () => {
    const contactId = await writes(stage.place, atLoja);
    expect(contactId).not.toBeNull();
    for (const [place, person] of [
      [filial, atFilial],
      [stage.place, atLoja],
      [filial, hidden(atFilial)],
      [stage.place, hidden(atLoja)],
    ] as const) {
      expect(await writes(place, person)).toBe(contactId);
    }
    expect(await conflicts()).toEqual([]);
  });

  it('is answered at each by the id that it knows', async () => {
    const contactId = (await writes(stage.place, atLoja)) ?? '';
    await writes(filial, atFilial);
    const address = ({ workspaceId, channelId }: Place) =>
      findAddress(stage.deps.db, workspaceId, contactId, channelId);
    expect(await address(stage.place)).toEqual({ phone: atLoja.phone, bsuid: atLoja.bsuid });
    expect(await address(filial)).toEqual({ phone: atLoja.phone, bsuid: atFilial.bsuid });
  });

  it('is one again once the portfolio of an id that was known before is told', async () => {
    const contactId = await writes(stage.place, unplaced(atLoja));
    const other = await writes(filial, atFilial);
    expect(other).not.toBe(contactId);
    expect(await conflicts()).toEqual(['recycled-number']);
    expect(await writes(stage.place, atLoja)).toBe(contactId);
    expect(await writes(filial, hidden(atFilial))).toBe(contactId);
    expect(await conflicts()).toHaveLength(1);
  });

  it('had their id known before: it is told of which portfolio by the next message', async () => {
    const contactId = await writes(stage.place, unplaced(atLoja));
    await writes(stage.place, atLoja);
    expect(await writes(filial, atFilial)).toBe(contactId);
    expect(await conflicts()).toEqual([]);
  });

  it('is not whoever has the number next: of one portfolio an id names an account', async () => {
    const contactId = await writes(stage.place, atLoja);
    await writes(filial, atFilial);
    const next = { ...atLoja, bsuid: aBsuid() };
    expect(await writes(stage.place, next)).not.toBe(contactId);
    expect(await conflicts()).toEqual(['recycled-number']);
  });

  it('of whose portfolios nothing is known is two people, for a person to look at', async () => {
    const contactId = await writes(stage.place, unplaced(atLoja));
    expect(await writes(filial, unplaced(atFilial))).not.toBe(contactId);
    expect(await conflicts()).toEqual(['recycled-number']);
  });
});

describe('a number of two portfolios that goes to another person', () => {
  const moves = (place: Place, person: PersonRef, next: PersonRef, secondsAgo = 0) =>
    receive(stage.deps, aNumberChange(place, person, next, secondsAgo));
  const anId = (portfolioId: string): PersonRef => ({ bsuid: aBsuid(), portfolioId });

  it('leaves whoever had it, though the new owner is met where they never wrote', async () => {
    const oldId = (await writes(stage.place, atLoja)) ?? '';
    const [yLoja, yFilial] = [anId('loja'), anId('filial')];
    const before = aPhone();
    const newId = (await writes(stage.place, { ...yLoja, phone: before })) ?? '';
    await writes(filial, { ...yFilial, phone: before });
    const [nextLoja, nextFilial] = [anId('loja'), anId('filial')];
    await moves(stage.place, yLoja, nextLoja);
    await moves(filial, yFilial, nextFilial);
    expect(await writes(filial, { ...nextFilial, phone: atLoja.phone })).toBe(newId);
    const { workspaceId, channelId } = stage.place;
    expect(await findAddress(stage.deps.db, workspaceId, oldId, channelId)).toEqual({
      bsuid: atLoja.bsuid,
    });
    await block(stage.deps, stage.admin, newId);
    expect(await writes(stage.place, { phone: atLoja.phone })).toBeNull();
  });

  it('brings the new owner nothing of what the old one wrote before and comes late', async () => {
    const oldId = await writes(stage.place, atLoja);
    await moves(stage.place, { bsuid: atLoja.bsuid, portfolioId: 'loja' }, anId('loja'));
    const newId = await writes(filial, atFilial);
    expect(newId).not.toBe(oldId);
    const late = aText(stage.place, atLoja, { timestamp: nowInSeconds() - 3_600 });
    await receive(stage.deps, late);
    const { rows } = await sql<{ id: string }>`select contact_id as id from message
      where external_id = ${late.externalId}`.execute(stage.deps.db);
    expect(rows).toHaveLength(1);
    expect(rows[0]?.id).not.toBe(newId);
    expect(await writes(filial, hidden(atFilial))).toBe(newId);
  });

  it('is not taken from whom the other portfolio has just told of with it', async () => {
    const contactId = (await writes(stage.place, atLoja)) ?? '';
    await writes(filial, atFilial);
    const next = { ...anId('filial'), phone: aPhone() };
    await moves(filial, atFilial, next);
    const nextLoja = anId('loja');
    await moves(stage.place, hidden(atLoja), nextLoja);
    const { workspaceId, channelId } = stage.place;
    const address = () => findAddress(stage.deps.db, workspaceId, contactId, channelId);
    expect(await address()).toEqual({ phone: next.phone, bsuid: nextLoja.bsuid });
    // Of the next move, one day later, nobody has told a number.
    await sql`update contact_identity set first_seen_at = first_seen_at - interval '1 day'`.execute(
      stage.deps.db,
    );
    const last = anId('loja');
    await moves(stage.place, nextLoja, last);
    expect(await address()).toEqual({ bsuid: last.bsuid });
  });

  it('joins nobody with whom somebody has said they are not', async () => {
    const here = hidden(atLoja);
    const contactId = await writes(stage.place, here);
    const other = await writes(filial, atFilial);
    expect(other).not.toBe(contactId);
    await sql`insert into identity_conflict
        (workspace_id, id, kind, contact_id, other_contact_id, match_key, outcome, resolved_at, resolved_by_kind)
      values (${stage.place.workspaceId}, gen_random_uuid(), 'recycled-number', ${contactId}, ${other},
              ${`phone:${atLoja.phone}`}, 'apart', now(), 'system')`.execute(stage.deps.db);
    expect(await writes(stage.place, atLoja)).toBe(contactId);
    expect(await writes(filial, hidden(atFilial))).toBe(other);
  });
});

describe('what one batch teaches', () => {
  it('is known to the items after it: of which portfolio an id is too', async () => {
    const contactId = await writes(stage.place, unplaced(atLoja));
    const batch = [aText(stage.place, atLoja), aText(filial, atFilial)];
    await receive(stage.deps, ...batch);
    const { rows } = await sql<{ id: string }>`select distinct contact_id as id from message
      where external_id = any(${batch.map(({ externalId }) => externalId)})`.execute(stage.deps.db);
    expect(rows).toEqual([{ id: contactId }]);
    expect(await conflicts()).toEqual([]);
  });
});

describe('whoever is blocked and writes to a number of another portfolio', () => {
  it('is dropped, and known there by its id alone from then on', async () => {
    const contactId = (await writes(stage.place, atLoja)) ?? '';
    const { id } = await block(stage.deps, stage.admin, contactId);
    expect(await writes(filial, atFilial)).toBeNull();
    expect(await writes(filial, hidden(atFilial))).toBeNull();
    expect(await attemptsOf(stage.deps.db, id)).toEqual({ text: 2 });
    expect(await conflicts()).toEqual([]);
    expect(await holderOf(stage, atFilial.bsuid)).toBe(contactId);
  });

  it('is named on each list of WhatsApp by the id of its portfolio, where no number is known', async () => {
    const contactId = (await writes(stage.place, atLoja)) ?? '';
    await writes(filial, atFilial);
    await sql`delete from contact_identity where contact_id = ${contactId} and kind = 'phone'`.execute(
      stage.deps.db,
    );
    const { asked, run } = upstreamRunner(stage.deps);
    await block(stage.deps, stage.admin, contactId);
    await healUpstream(stage.deps);
    await run('gate.apply-upstream', stage.place);
    await run('gate.apply-upstream', filial);
    expect(asked(stage.place.channelId)).toEqual([atLoja.bsuid]);
    expect(asked(filial.channelId)).toEqual([atFilial.bsuid]);
    const [shown] = await blocksShown(stage.deps, stage.place.workspaceId, contactId);
    expect(shown?.upstream.map(({ state }) => state)).toEqual(['applied', 'applied']);
  });

  it('is not asked for under the id of another portfolio, once that is known of a number', async () => {
    const contactId = (await writes(stage.place, atLoja)) ?? '';
    await writes(filial, atFilial);
    await sql`delete from contact_identity where contact_id = ${contactId} and kind = 'phone'`.execute(
      stage.deps.db,
    );
    const portfolioOfFilial = (name: string | null) =>
      sql`update channel set portfolio_id = ${name} where id = ${filial.channelId}`.execute(
        stage.deps.db,
      );
    await portfolioOfFilial(null);
    const { asked, run } = upstreamRunner(stage.deps);
    await block(stage.deps, stage.admin, contactId);
    await healUpstream(stage.deps);
    await portfolioOfFilial('filial');
    await run('gate.apply-upstream', filial);
    expect(asked(filial.channelId)).toEqual([atFilial.bsuid]);
    const { rows } = await sql`select value from upstream_block
      where channel_id = ${filial.channelId}`.execute(stage.deps.db);
    expect(rows).toEqual([{ value: atFilial.bsuid }]);
  });
});
