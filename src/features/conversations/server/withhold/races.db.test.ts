import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { aMediaChannel, aPicture, runFetch } from '#features/media/server/testing.ts';
import { type Ctx, systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { newId } from '#platform/shared/ids.ts';
import { claimNextMessage } from '../claim-dispatch.ts';
import { forwardMessage } from '../forward-message.ts';
import { readCovered } from '../message-queries.ts';
import { aStage } from '../testing/stage.ts';
import { withholdOn } from '../testing/withhold-world.ts';
import { anAction, receive, type Thread } from '../testing.ts';
import { coverMessages } from './cover-messages.ts';
import { removeMessages } from './remove-messages.ts';

const stage = aStage();
const world = withholdOn(stage);

type Person = Thread & { phone: string };
let [ana, bia, caio]: readonly Person[] = [];
const known = (person: Person | undefined): Person => person ?? expect.fail('three people');

beforeEach(async () => {
  [ana, bia, caio] = await world.people(3);
});

const system = () => systemActor(stage.place.workspaceId);
const claim = (thread: Thread) => (ctx: Ctx) => claimNextMessage(ctx, thread.conversationId);

/** The second starts while the transaction of the first is open, and ends once that is committed. */
const during = async <T>(
  first: (ctx: Ctx) => Promise<unknown>,
  second: () => Promise<T>,
): Promise<PromiseSettledResult<T>> => {
  let started: Promise<PromiseSettledResult<T>[]> | undefined;
  await inTx(stage.deps, system(), async (ctx) => {
    await first(ctx);
    started ??= Promise.allSettled([second()]);
    await sleep(200);
  });
  const [settled] = (await started) ?? [];
  return settled ?? expect.fail('it never started');
};

describe('a forward and a cover at once', () => {
  it('the forward first: the copy is covered, though nobody held its contact', async () => {
    const { id } = await world.writes(known(ana).phone, 'canário');
    const to = [known(bia).conversationId];
    await during(
      (ctx) => forwardMessage({ ...ctx, actor: stage.agent }, id, to, null),
      () => world.covers(newId(), id),
    );
    const { rows } = await sql<{ covered: boolean; status: string }>`
      select is_covered as covered, status from message where forwarded_from = ${id}`.execute(
      stage.deps.db,
    );
    expect(rows).toEqual([{ covered: true, status: 'failed' }]);
  });

  it('the cover first: there is no copy', async () => {
    const { id } = await world.writes(known(ana).phone, 'canário');
    const forward = await during(
      (ctx) => coverMessages(ctx, { requestId: newId(), messageIds: [id] }),
      () => world.forwards(id, [known(bia), known(caio)]),
    );
    expect(forward).toMatchObject({ status: 'rejected', reason: { code: 'message-covered' } });
    const { rows } =
      await sql`select 1 from message where forwarded_from is not null and workspace_id = ${stage.place.workspaceId}`.execute(
        stage.deps.db,
      );
    expect(rows).toEqual([]);
  });

  it('many of both: every copy is covered, and none waits to be sent', async () => {
    const { id } = await world.writes(known(ana).phone, 'canário');
    const [copy = ''] = await world.forwards(id, [known(bia)]);
    const threads = [known(ana), known(bia), known(caio)];
    await Promise.allSettled([
      ...threads.map((thread) => world.forwards(id, [thread])),
      ...threads.map((thread) => world.forwards(copy, [thread])),
      world.covers(newId(), id),
      world.covers(newId(), copy),
      world.forwards(copy, threads),
    ]);
    // Whichever lost against all the others has its turn now.
    await world.covers(newId(), copy);
    const { rows } = await sql<{ covered: boolean; waits: boolean }>`
      select distinct is_covered as covered, status = 'queued' as waits from message
       where workspace_id = ${stage.place.workspaceId} and (forwarded_from is not null or id = ${id})`.execute(
      stage.deps.db,
    );
    expect(rows).toEqual([{ covered: true, waits: false }]);
  });

  it('covers from both ends of a family do not stand in the way of each other', async () => {
    const { id } = await world.writes(known(ana).phone, 'canário');
    const [first = ''] = await world.forwards(id, [known(caio)]);
    const [second = ''] = await world.forwards(first, [known(bia)]);
    const named = [id, second, first, id, second, first];
    const covered = await Promise.all(named.map((one) => world.covers(newId(), one)));
    for (const ids of covered) {
      expect(new Set(ids)).toEqual(new Set([id, first, second]));
    }
  });
});

describe('a claim and a cover at once', () => {
  it('the cover first: nothing is claimed', async () => {
    const id = await world.answers(known(ana), 'canário');
    const claimed = await during(
      (ctx) => coverMessages(ctx, { requestId: newId(), messageIds: [id] }),
      () => inTx(stage.deps, system(), claim(known(ana))),
    );
    expect(claimed).toMatchObject({ value: { kind: 'idle' } });
    expect(await world.row(id)).toMatchObject({ status: 'failed', error_code: 'content-covered' });
  });

  it('the cover under the message alone: nothing is claimed either', async () => {
    const id = await world.answers(known(ana), 'canário');
    const claimed = await during(
      (ctx) =>
        sql`update message set is_covered = true, status = 'failed', error_code = 'content-covered'
          where id = ${id}`.execute(ctx.tx),
      () => inTx(stage.deps, system(), claim(known(ana))),
    );
    expect(claimed).toMatchObject({ value: { kind: 'idle' } });
    expect(await world.row(id)).toMatchObject({ status: 'failed', error_code: 'content-covered' });
  });

  it('the claim first: it is on its way, and covered here', async () => {
    const id = await world.answers(known(ana), 'canário');
    await during(claim(known(ana)), () => world.covers(newId(), id));
    expect(await world.row(id)).toMatchObject({ status: 'sending', is_covered: true });
    expect((await world.shown(id)).text).toBeNull();
  });
});

describe('what the person does to a message that is covered, or just then', () => {
  const edited = { kind: 'edit', text: 'canário 2' } as const;
  const revoked = { kind: 'revoke' } as const;
  const act = (externalId: string, action: typeof edited | typeof revoked) => {
    const timestamp = Math.floor(Date.now() / 1000) + 5;
    const person = { phone: known(ana).phone };
    return receive(stage.deps, anAction(stage.place, person, externalId, action, { timestamp }));
  };

  it('an edit stays under the cover', async () => {
    const { id, item } = await world.writes(known(ana).phone, 'canário');
    const requestId = newId();
    await during(
      (ctx) => coverMessages(ctx, { requestId, messageIds: [id] }),
      () => act(item.externalId, edited),
    );
    expect(await world.shown(id)).toMatchObject({ text: null, withheld: 'covered' });
    const [real] = await readCovered(stage.deps.db, stage.place.workspaceId, [id]);
    expect(real?.text).toBe('canário 2');
    await world.restores(requestId, id);
    expect((await world.shown(id)).text).toBe('canário 2');
  });

  it('a revoke wins over a restore that waits for it', async () => {
    const { id, item } = await world.writes(known(ana).phone, 'canário');
    const requestId = newId();
    await world.covers(requestId, id);
    await Promise.all([act(item.externalId, revoked), world.restores(requestId, id)]);
    const message = await world.shown(id);
    expect(message).toMatchObject({ text: null, withheld: null });
    expect(message.revokedAt).not.toBeNull();
  });
});

describe('a removal', () => {
  it('leaves nothing to cover for whoever waited for it', async () => {
    const { id } = await world.writes(known(ana).phone, 'canário');
    const input = { requestId: newId(), number: 7, messageIds: [id], alsoMessageIds: [] };
    const covered = await during(
      (ctx) => removeMessages(ctx, input),
      () => world.covers(newId(), id),
    );
    expect(covered).toMatchObject({ value: [] });
    expect(await world.row(id)).toMatchObject({ is_covered: false, removal_number: 7 });
    expect(await world.count('message_cover')).toBe(0);
  });

  it('keeps no byte of a file that comes after it', async () => {
    const content = { kind: 'image', payload: { mediaId: '1', mimeType: 'image/jpeg' } } as const;
    const { id } = await world.writes(known(ana).phone, '', { content });
    const { channel } = aMediaChannel(await aPicture(), {
      duringDownload: () => world.removes([id]),
    });
    await runFetch(stage.deps, channel, stage.place.workspaceId, id);
    const left: string[] = [];
    for await (const { key } of stage.deps.files.list()) {
      left.push(key);
    }
    expect(left.filter((key) => key.startsWith(stage.place.workspaceId))).toEqual([]);
    expect(await world.count('message_media')).toBe(0);
  });

  it('of a message that is being forwarded takes the copy too', async () => {
    const { id } = await world.writes(known(ana).phone, 'canário');
    const to = [known(bia).conversationId];
    await during(
      (ctx) => forwardMessage({ ...ctx, actor: stage.agent }, id, to, null),
      () => world.removes([id]),
    );
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from message
      where workspace_id = ${stage.place.workspaceId} and text = 'canário'`.execute(stage.deps.db);
    expect(rows).toEqual([{ n: 0 }]);
  });
});
