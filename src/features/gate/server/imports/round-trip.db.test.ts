import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { localeSchema } from '#features/accounts/contract.ts';
import type { PersonRef } from '#features/contacts/server/index.ts';
import { blockReasons } from '../../contract.ts';
import { listBlocks } from '../list/list-queries.ts';
import { aContactOf, aGateStage } from '../testing/gate-stage.ts';
import { block } from '../testing.ts';
import { blocksFile } from './export-file.ts';
import { everyBlock } from './export-queries.ts';
import { apply, read, rowsOf } from './testing/import-world.ts';

const stage = aGateStage();

const aContact = (profileName: string, ...names: PersonRef[]): Promise<string> =>
  aContactOf(stage, names, profileName);

const notes = [
  'três vezes, à noite; "sem parar"',
  '"Vou te processar"\nmandou três vezes,\n\nde novo; e de novo',
  'de um programa\r\nem duas linhas, "=1+1"',
  '=HYPERLINK("http://x";"y")',
  "- um\n- dois, +3\n'=4",
  '"',
  '',
];
const ends = [null, '2098-12-31T23:59:59.999Z', '2099-02-28T12:00:00.000Z'];

/** One for each reason: numbers of here and abroad, with and without the ninth digit, ids, and both. */
const aTeamWithBlocks = async (): Promise<void> => {
  const people: PersonRef[] = [
    { phone: '5511981234567' },
    { phone: '551181234568' },
    { phone: '12125550143' },
    { bsuid: 'BR.123456' },
    { phone: '5521981234569', bsuid: 'BR.123457' },
  ];
  for (const [n, reason] of blockReasons.entries()) {
    const person = people[n] ?? { phone: `551198123460${n}` };
    const contactId = await aContact(`${n % 2 ? '=Zé, "o Mau"; ' : '+55 '}${n}`, person);
    const [note = null, end = null] = [notes[n], ends[n % ends.length]];
    const expiresAt = end === null ? null : new Date(end);
    await block(stage.deps, stage.admin, contactId, { reason, note, expiresAt });
  }
  // Two numbers and an id are three rows.
  const several = [{ phone: '5531981234567' }, { phone: '5531981234568' }, { bsuid: 'BR.123458' }];
  await block(stage.deps, stage.admin, await aContact('Três nomes', ...several), { note: 'a;b' });
};

const exported = async (language: Parameters<typeof blocksFile>[1]): Promise<string> => {
  const pieces: Buffer[] = [];
  for await (const piece of blocksFile(
    everyBlock(stage.deps.db, stage.workspaceId, 'all'),
    language,
  )) {
    pieces.push(Buffer.from(piece));
  }
  return Buffer.concat(pieces).toString();
};

const everything = async (): Promise<unknown> => {
  const { items } = await listBlocks(stage.deps.db, stage.workspaceId, { state: 'all', limit: 50 });
  const { rows } = await sql`select kind, value, contact_id from contact_identity
    where workspace_id = ${stage.workspaceId} order by value`.execute(stage.deps.db);
  return { items, rows };
};

const headings = [
  [undefined, 'number;id;name;reason;note;until;since;ended_at;'],
  ['pt-BR', 'Número;Id;Nome;Motivo;Observação;Até;Desde;Encerrado em;'],
  ['en', 'Number;Id;Name;Reason;Note;Until;Since;Ended at;'],
  ['es', 'Número;Id;Nombre;Motivo;Observación;Hasta;Desde;Terminado el;'],
] as const;

describe('what is exported', () => {
  it('comes in every language that a person can have, and as it was before', () => {
    expect(headings.map(([language]) => language)).toEqual([undefined, ...localeSchema.options]);
  });

  it.each(headings)(
    'in %s is read again, and changes nothing of what is so',
    async (language, heading) => {
      await aTeamWithBlocks();
      const before = await everything();
      const file = await exported(language);
      expect(file.slice(1)).toMatch(new RegExp(`^${heading}`));
      expect(file).toContain('\n+5511981234567;;');
      const { id, rows, planned } = await read(stage.deps, stage.admin, file);
      expect(rows).toBe(blockReasons.length + 3);
      expect(planned, JSON.stringify(await rowsOf(stage.deps, stage.admin, id))).toMatchObject({
        unchanged: blockReasons.length + 1,
        duplicate: 2,
      });
      const { done } = await apply(stage.deps, stage.admin, id);
      expect(done).toMatchObject({ unchanged: blockReasons.length + 1, duplicate: 2 });
      expect(await everything()).toEqual(before);
    },
  );

  it.each(headings)('in %s blocks the same people where nobody knows them', async (language) => {
    await aTeamWithBlocks();
    const file = await exported(language);
    const blocksOf = async () => {
      const blocks = [];
      for await (const one of everyBlock(stage.deps.db, stage.workspaceId, 'active'))
        blocks.push(one);
      const told = blocks.map(({ number, userId, reason, note, until }) => {
        const lines = note?.replaceAll('\r\n', '\n') || null;
        return { number: number?.replace('+551181', '+5511981'), userId, reason, lines, until };
      });
      return told.sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
    };
    const before = (await blocksOf()).filter(({ lines }) => lines !== 'a;b');
    await stage.moveOn();
    const { id, planned } = await read(stage.deps, stage.admin, file);
    expect(planned).toMatchObject({ 'new-contact': blockReasons.length + 3, error: 0 });
    expect((await apply(stage.deps, stage.admin, id)).done).toMatchObject({
      blocked: blockReasons.length + 3,
    });
    expect((await blocksOf()).filter(({ lines }) => lines !== 'a;b')).toEqual(before);
  });
});
