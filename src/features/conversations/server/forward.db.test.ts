import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { block } from '#features/gate/server/testing.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aMember } from '#platform/server/testing/a-workspace.ts';
import { newId } from '#platform/shared/ids.ts';
import { forwardMessage } from './forward-message.ts';
import { sendMessage } from './send-message.ts';
import { aStage } from './testing/stage.ts';
import { aPhone, aText, aThread, receive, type Thread } from './testing.ts';

const stage = aStage();

let source: Thread;
let target: Thread;
const phone = aPhone();

beforeEach(async () => {
  [source, target] = [
    await aThread(stage.deps, stage.place, { phone }),
    await aThread(stage.deps, stage.place, { phone: aPhone() }),
  ];
});

const aMessage = async (text: string): Promise<string> => {
  const item = aText(stage.place, { phone }, { content: { kind: 'text', text } });
  await receive(stage.deps, item);
  const { rows } = await sql<{ id: string }>`
    select id from message where external_id = ${item.externalId}`.execute(stage.deps.db);
  return rows[0]?.id ?? '';
};

const forward = (messageId: string, to: readonly Thread[], key: string | null = null) =>
  inTx(stage.deps, stage.agent, (ctx) =>
    forwardMessage(
      ctx,
      messageId,
      to.map((thread) => thread.conversationId),
      key,
    ),
  );

const copies = async (): Promise<number> => {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from message
    where workspace_id = ${stage.place.workspaceId} and forwarded_from is not null`.execute(
    stage.deps.db,
  );
  return rows[0]?.n ?? 0;
};

describe('a forward of a text that is longer than WhatsApp takes', () => {
  it('is refused for each target, with a code, and leaves nothing', async () => {
    const id = await aMessage('x'.repeat(4_097));
    expect(await forward(id, [target, source])).toEqual(
      [target, source].map(({ conversationId }) => {
        return { conversationId, status: 'refused', code: 'text-too-long', messageId: null };
      }),
    );
    expect(await copies()).toBe(0);
    expect(await forward(await aMessage('x'.repeat(4_096)), [target])).toMatchObject([
      { status: 'queued' },
    ]);
  });
});

describe('a forward under an idempotency key', () => {
  it('is made once, at once or one after another, and answers the same', async () => {
    const id = await aMessage('oi');
    const key = newId();
    const answers = await Promise.all([1, 2, 3].map(() => forward(id, [target, source], key)));
    answers.push(await forward(id, [target, source], key));
    for (const answer of answers) {
      expect(answer).toEqual(answers[0]);
    }
    expect(await copies()).toBe(2);
  });

  it('answers as it did first, whatever gate and window say by then', async () => {
    const id = await aMessage('oi');
    const key = newId();
    const admin = await aMember(stage.deps.db, stage.place.workspaceId);
    await sql`update conversation set last_inbound_at = null where id = ${source.conversationId}`.execute(
      stage.deps.db,
    );
    const first = await forward(id, [target, source], key);
    expect(first).toMatchObject([{ status: 'queued' }, { code: 'window-closed' }]);
    await block(stage.deps, admin, target.contactId);
    await sql`update conversation set last_inbound_at = clock_timestamp()`.execute(stage.deps.db);
    expect(await forward(id, [target, source], key)).toEqual(first);
    expect(await copies()).toBe(1);
  });

  it('is another request when anything of it differs, or when it was a send', async () => {
    const id = await aMessage('oi');
    const key = newId();
    const reused = { code: 'idempotency-key-reused', status: 422 };
    await forward(id, [target], key);
    await expect(forward(id, [target, source], key)).rejects.toMatchObject(reused);
    await expect(forward(await aMessage('oi'), [target], key)).rejects.toMatchObject(reused);
    const send = (idempotencyKey: string) =>
      inTx(stage.deps, stage.agent, (ctx) =>
        sendMessage(ctx, {
          conversationId: target.conversationId,
          text: 'oi',
          replyToId: null,
          forwardedFrom: null,
          idempotencyKey,
        }),
      );
    await expect(send(key)).rejects.toMatchObject(reused);
    const sent = newId();
    await send(sent);
    await expect(forward(id, [target], sent)).rejects.toMatchObject(reused);
    expect(await copies()).toBe(1);
  });
});
