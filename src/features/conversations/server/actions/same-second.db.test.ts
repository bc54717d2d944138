import { beforeEach, describe, expect, it } from 'vitest';
import type { InboundItem, MessageActionItem, MessageItem, PersonRef } from '#channels/channel.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { newId } from '#platform/shared/ids.ts';
import { aStage } from '../testing/stage.ts';
import {
  anAction,
  aPhone,
  aText,
  aThread,
  nowInSeconds,
  receive,
  type Thread,
} from '../testing.ts';
import { removeMessages } from '../withhold/remove-messages.ts';

const stage = aStage();
const t = nowInSeconds() - 60;

let person: PersonRef & { phone: string };
let thread: Thread;

beforeEach(async () => {
  person = { phone: aPhone() };
  thread = await aThread(stage.deps, stage.place, person);
});

const act = (
  message: MessageItem,
  action: MessageActionItem['action'],
  more: Partial<MessageActionItem> = {},
) => anAction(stage.place, person, message.externalId, action, { timestamp: t + 5, ...more });
const aLine = () => aText(stage.place, person, { timestamp: t });
const receiveEach = async (...items: readonly InboundItem[]): Promise<void> => {
  for (const item of items) {
    await receive(stage.deps, item);
  }
};
const stored = async ({ externalId }: { externalId: string }) => {
  const { rows } = await stage.deps.pool.query<{ text: string | null; emoji: string[] }>(
    `select m.text, array(select r.emoji from message_reaction r where r.message_id = m.id and r.emoji is not null) as emoji
       from message m where m.external_id = $1`,
    [externalId],
  );
  return rows[0];
};

describe('what is done twice to one message within a second of WhatsApp’s', () => {
  it('the edit that comes later stands, and an older one that is delivered once more does not', async () => {
    const line = aLine();
    const edit = (text: string, after = 5) =>
      act(line, { kind: 'edit', text }, { timestamp: t + after });
    const [first, second] = [edit('um'), edit('dois')];
    await receiveEach(line, first, second);
    expect(await stored(line)).toMatchObject({ text: 'dois' });
    await receiveEach(first);
    await receive(stage.deps, second, first);
    expect(await stored(line)).toMatchObject({ text: 'dois' });
    await receiveEach(edit('três', 6), edit('quatro', 6), second);
    expect(await stored(line)).toMatchObject({ text: 'quatro' });
  });

  it('the same in one batch, before their message, and with that between them', async () => {
    const lines = [aLine(), aLine(), aLine()] as const;
    const [a, b, c] = lines;
    const edits = (of: MessageItem) =>
      [act(of, { kind: 'edit', text: 'um' }), act(of, { kind: 'edit', text: 'dois' })] as const;
    const [ofA, ofB, ofC] = [edits(a), edits(b), edits(c)];
    await receive(stage.deps, a, ...ofA, ofA[0]);
    await receiveEach(ofB[0], ofB[1], ofB[0], b, ofB[0]);
    await receive(stage.deps, ...ofC, ofC[0]);
    await receiveEach(c, ofC[0], ofC[1]);
    for (const line of lines) {
      expect(await stored(line)).toMatchObject({ text: 'dois' });
    }
  });

  it('reactions too', async () => {
    const [line, early] = [aLine(), aLine()];
    await receive(stage.deps, line);
    for (const one of [line, early]) {
      const react = (emoji: string | null) => act(one, { kind: 'reaction', emoji });
      const [first, second] = [react('👍'), react('❤️')];
      await receiveEach(first, second, first);
      await receive(stage.deps, early);
      await receiveEach(first);
      expect(await stored(one)).toMatchObject({ emoji: ['❤️'] });
    }
  });

  it('keeps of an edit no more than a hash, and nothing once its message is gone', async () => {
    const line = aLine();
    await receiveEach(line, act(line, { kind: 'edit', text: 'um' }));
    const told = async () => {
      const { rows } = await stage.deps.pool.query(
        'select id, edit_hashes as told from message where contact_id = $1 and (external_id = $2 or removed_at is not null)',
        [thread.contactId, line.externalId],
      );
      return rows[0];
    };
    const { id, told: kept } = await told();
    expect(kept).toEqual([expect.objectContaining({ length: 32 })]);
    await inTx(stage.deps, stage.admin, (ctx) =>
      removeMessages(ctx, {
        ...{ requestId: newId(), number: 1, reason: 'other' as const },
        ...{ messageIds: [id], alsoMessageIds: [] },
      }),
    );
    expect((await told()).told).toBeNull();
  });
});
