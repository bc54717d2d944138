import { mkdir, rm } from 'node:fs/promises';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aText, receive } from '#features/conversations/server/testing.ts';
import { aMediaChannel, aPicture, runFetch } from '#features/media/server/testing.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { removalSteps } from '../contract.ts';
import { retryChecklist } from './settle-request.ts';
import { aRemovalsStage, outcomes, removalsOn } from './testing/removals-stage.ts';

const stage = aRemovalsStage();
const world = removalsOn(stage);

let picture: string;
let id: string;

/** A picture of the person, its file and thumbnail here. */
const sendsPicture = async (bytes: Buffer): Promise<string> => {
  const content = { kind: 'image', payload: { mediaId: '1', mimeType: 'image/jpeg' } } as const;
  const item = aText(stage.place, { phone: stage.phone }, { content });
  await receive(stage.deps, item);
  const { rows } = await sql<{ id: string }>`
    select id from message where external_id = ${item.externalId}`.execute(stage.deps.db);
  const messageId = rows[0]?.id ?? '';
  const { channel } = aMediaChannel(bytes);
  await runFetch(stage.deps, channel, stage.place.workspaceId, messageId);
  return messageId;
};

let bytes: Buffer;
beforeEach(async () => {
  bytes = await aPicture();
  picture = await sendsPicture(bytes);
  const { requests } = await world.asks(stage.larissa, [picture]);
  id = requests[0]?.id ?? '';
});
afterEach(() => {
  vi.restoreAllMocks();
});

const settle = () =>
  world.runs('removals.settle', { workspaceId: stage.place.workspaceId, requestId: id });
const tidy = () => world.runs('removals.tidy-tables');
const checks = async (): Promise<Record<string, string>> =>
  Object.fromEntries(
    (await world.sees(stage.admin, id)).checklist.map(({ step, state, errorCode }) => [
      step,
      errorCode === null ? state : `${state} ${errorCode}`,
    ]),
  );
const filesHere = async (): Promise<number> => {
  const keys: string[] = [];
  for await (const { key } of stage.deps.files.list()) {
    keys.push(key);
  }
  return keys.filter((key) => key.startsWith(stage.place.workspaceId)).length;
};
const stateOf = async () => (await world.sees(stage.admin, id)).state;

describe('what goes with another of the same request', () => {
  /** Two pictures of the same bytes, asked for together. */
  const asksTwins = async () => {
    const png = await aPicture('png');
    const twins = [await sendsPicture(png), await sendsPicture(png)] as const;
    const { requests } = await world.asks(stage.larissa, twins);
    return { twins, requestId: requests[0]?.id ?? '' };
  };

  it('because it was ticked is decided with it, and is not offered', async () => {
    const { twins, requestId } = await asksTwins();
    const [one, two] = twins;
    expect((await world.sees(stage.diego, requestId)).items).toMatchObject([
      { sameBytes: 0 },
      { sameBytes: 0 },
    ]);
    await world.decides(stage.diego, requestId, { [one]: 'remove' }, { also: [two] });
    expect(await world.sees(stage.diego, requestId)).toMatchObject({
      state: 'removing',
      items: [{ state: 'removed' }, { state: 'removed', decidedBy: { id: stage.diego.id } }],
    });
    const told = (await world.auditOf()).filter((action) => action === 'removals.message-removed');
    expect(told).toHaveLength(2);
  });

  it('cannot be kept in the same call', async () => {
    const { twins, requestId } = await asksTwins();
    const [one, two] = twins;
    const atOdds = { [one]: 'remove', [two]: 'keep' } as const;
    expect(await outcomes(world.decides(stage.diego, requestId, atOdds, { also: [two] }))).toEqual([
      'decisions-at-odds',
    ]);
    expect([await world.withheldOf(one), await world.withheldOf(two)]).toEqual([
      'covered',
      'covered',
    ]);
  });

  it('because it is a copy of it is decided with it', async () => {
    const [source = '', copy = ''] = await world.texts(2);
    await sql`update message set forwarded_from = ${source} where id = ${copy}`.execute(
      stage.deps.db,
    );
    const { requests } = await world.asks(stage.larissa, [source, copy]);
    const requestId = requests[0]?.id ?? '';
    const atOdds = { [source]: 'remove', [copy]: 'keep' } as const;
    expect(await outcomes(world.decides(stage.diego, requestId, atOdds))).toEqual([
      'decisions-at-odds',
    ]);
    await world.decides(stage.diego, requestId, { [copy]: 'remove' });
    expect(await world.sees(stage.diego, requestId)).toMatchObject({
      state: 'removing',
      items: [{ state: 'removed' }, { state: 'removed' }],
    });
  });
});

it('a family of which two were asked for apart goes at sight in one step', async () => {
  const [source = '', copy = ''] = await world.texts(2);
  await sql`update message set forwarded_from = ${source} where id = ${copy}`.execute(
    stage.deps.db,
  );
  const one = (await world.asks(stage.larissa, [source])).requests[0]?.id ?? '';
  const other = (await world.asks(stage.bruna, [copy])).requests[0]?.id ?? '';
  await world.removesAtSight(stage.diego, [source, copy]);
  for (const requestId of [one, other]) {
    expect((await world.sees(stage.diego, requestId)).state).toBe('removing');
  }
});

describe('the checklist', () => {
  it('is written with the decision, and whole when files and tables are done', async () => {
    await world.decides(stage.diego, id, { [picture]: 'remove' });
    expect(await filesHere()).toBeGreaterThan(0);
    expect((await world.sees(stage.admin, id)).checklist).toMatchObject([
      { step: 'content', state: 'done', count: 1 },
      { step: 'files', state: 'pending' },
      { step: 'search', state: 'done' },
      { step: 'copies', state: 'done', count: 0 },
      { step: 'previews', state: 'done', count: 0 },
      { step: 'queues', state: 'done' },
      { step: 'notices', state: 'done', count: 0 },
      { step: 'webhooks', state: 'done', count: 0 },
      { step: 'exports', state: 'done', count: 0 },
      { step: 'statistics', state: 'pending', count: 0 },
      { step: 'tables', state: 'pending', count: 0, at: null },
      { step: 'journal', state: 'pending', count: 0, at: null },
    ]);
    expect([await world.jobsOf(`removal:${id}`), await stateOf()]).toEqual([1, 'removing']);
    await settle();
    expect(await filesHere()).toBe(0);
    expect(await checks()).toMatchObject({ files: 'done', tables: 'pending', journal: 'done' });
    expect([await stateOf(), await world.jobsOf('removals.tidy-tables')]).toEqual(['removing', 1]);
    await tidy();
    const request = await world.sees(stage.admin, id);
    expect(request.state).toBe('removed');
    expect(request.finishedAt).not.toBeNull();
    expect(request.checklist.map(({ state }) => state)).toEqual(
      Array(removalSteps.length).fill('done'),
    );
    expect(request.checklist.find(({ step }) => step === 'tables')?.count).toBeGreaterThan(5);
    expect((await world.auditOf()).at(-1)).toBe('removals.finished');
    expect(await world.sees(stage.larissa, id)).toMatchObject({ state: 'removed', checklist: [] });
  });

  it('shows a storage that is away until it answers again', async () => {
    await world.decides(stage.diego, id, { [picture]: 'remove' });
    const away = vi.spyOn(stage.deps.files, 'delete').mockRejectedValue(new Error('away'));
    await settle();
    await tidy();
    expect(await checks()).toMatchObject({ files: 'failed storage-unreachable', tables: 'done' });
    const [, files] = (await world.sees(stage.admin, id)).checklist;
    expect(files).toMatchObject({ tries: 1 });
    expect(Date.parse(files?.at ?? '')).toBeGreaterThan(Date.now());
    expect([await stateOf(), await world.jobsOf(`removal:${id}`)]).toEqual(['removing', 1]);
    await settle();
    expect((await world.sees(stage.admin, id)).checklist[1]).toMatchObject({ tries: 2 });
    away.mockRestore();
    const retry = (actor: typeof stage.admin) =>
      inTx(stage.deps, actor, (ctx) => retryChecklist(ctx, id));
    expect(await outcomes(retry(stage.larissa), retry(stage.diego))).toEqual(['forbidden', 'done']);
    await settle();
    expect([await checks(), await stateOf(), await filesHere()]).toEqual([
      expect.objectContaining({ files: 'done' }),
      'removed',
      0,
    ]);
    expect(await outcomes(retry(stage.diego))).toEqual(['removal-request-decided']);
  });

  it('leaves a file that another message has, and takes it when that one was ticked', async () => {
    const twin = await sendsPicture(bytes);
    const before = await filesHere();
    expect((await world.sees(stage.diego, id)).items).toMatchObject([{ sameBytes: 1 }]);
    await world.decides(stage.diego, id, { [picture]: 'remove' });
    await settle();
    await tidy();
    expect([await stateOf(), await filesHere()]).toEqual(['removed', before]);
    const { requests } = await world.asks(stage.larissa, [twin]);
    const third = await sendsPicture(bytes);
    await world.decides(
      stage.diego,
      requests[0]?.id ?? '',
      { [twin]: 'remove' },
      { also: [third] },
    );
    expect(await world.withheldOf(third)).toBe('removed');
    id = requests[0]?.id ?? '';
    await settle();
    expect(await filesHere()).toBe(0);
  });

  it('has no tables done while somebody may still see what was there', async () => {
    const old = await stage.deps.pool.connect();
    try {
      await old.query('begin isolation level repeatable read');
      await old.query('select 1 from message limit 1');
      await world.decides(stage.diego, id, { [picture]: 'remove' });
      await settle();
      await tidy();
      expect(await checks()).toMatchObject({ tables: 'failed transaction-open' });
    } finally {
      await old.query('rollback');
      old.release();
    }
    // Its time has not come; a person may say that it has.
    await tidy();
    expect(await stateOf()).toBe('removing');
    expect(await world.jobsOf('removals.tidy-tables')).toBe(1);
    await inTx(stage.deps, stage.diego, (ctx) => retryChecklist(ctx, id));
    await tidy();
    expect(await stateOf()).toBe('removed');
  });

  it('waits for the journal until it has answered', async () => {
    await world.decides(stage.diego, id, { [picture]: 'remove' });
    const { journal } = stage.deps.config;
    const file = 'file' in journal ? journal.file : '';
    await rm(file, { force: true });
    await mkdir(file, { recursive: true });
    try {
      await settle();
      await tidy();
      expect(await checks()).toMatchObject({
        files: 'done',
        tables: 'done',
        journal: 'failed journal-unreachable',
      });
      expect([await stateOf(), await world.jobsOf(`removal:${id}`)]).toEqual(['removing', 1]);
    } finally {
      await rm(file, { recursive: true });
      await sql`delete from journal_state`.execute(stage.deps.db);
    }
    await settle();
    expect([(await checks())['journal'], await stateOf()]).toEqual(['done', 'removed']);
  });

  it('is taken up again when its job was lost', async () => {
    await world.decides(stage.diego, id, { [picture]: 'remove' });
    await sql`select graphile_worker.remove_job(${`removal:${id}`})`.execute(stage.deps.db);
    expect(await world.jobsOf(`removal:${id}`)).toBe(0);
    await world.runs('removals.upkeep');
    expect(await world.jobsOf(`removal:${id}`)).toBe(1);
  });
});
