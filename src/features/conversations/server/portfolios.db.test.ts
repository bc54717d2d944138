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
import { aBsuid, aChannel, aPhone, aText, type Place, receive } from './testing.ts';

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
});
