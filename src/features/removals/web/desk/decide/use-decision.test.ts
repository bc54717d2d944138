import { describe, expect, it } from 'vitest';
import type { RemovalReason, RemovalRequest } from '../../../contract.ts';
import type { Item } from '../links.ts';
import { type Draft, decisionOf, emptyDraft, weigh, withoutBlock } from './use-decision.ts';

const item = (messageId: string, more: Partial<Item> = {}): Item => ({
  messageId,
  state: 'open',
  direction: 'in',
  type: 'text',
  at: '2026-01-01T10:00:00.000Z',
  copies: 0,
  sameBytes: 0,
  proposedBy: null,
  proposedAlso: [],
  decidedBy: null,
  decidedAt: null,
  answer: null,
  ...more,
});

const asker = (reason: RemovalReason): RemovalRequest['askers'][number] => ({
  kind: 'member',
  id: 'l',
  name: 'Larissa',
  reason,
  note: null,
  askedAt: '2026-01-01T10:00:00.000Z',
});

const request = (items: Item[], needsTwo = false): RemovalRequest => ({
  id: 'r',
  number: 7,
  state: 'in-review',
  conversationId: 'c',
  contactId: 'p',
  contactName: 'Rui',
  channel: { id: 'n', name: 'Loja' },
  openedAt: '2026-01-01T10:00:00.000Z',
  dueAt: '2026-01-02T10:00:00.000Z',
  isOverdue: false,
  isOwn: false,
  isAtSight: false,
  needsTwo,
  askers: [],
  assignee: null,
  items,
  name: null,
  commentCount: 0,
  decidedAt: null,
  finishedAt: null,
  checklist: [],
});

const draft = (more: Partial<Draft>): Draft => ({ ...emptyDraft, ...more });

describe('a decision', () => {
  it('names only what is open and was chosen, and the ticks of what goes', () => {
    const asked = request([item('a'), item('b'), item('c', { state: 'kept' }), item('d')]);
    const chosen = draft({
      choices: { a: 'remove', b: 'keep', c: 'remove' },
      also: { a: ['x'], b: ['y'] },
      answer: '  Obrigada. ',
    });
    expect(decisionOf(asked, chosen)).toEqual({
      items: [
        { messageId: 'a', decision: 'remove', alsoMessageIds: ['x'] },
        { messageId: 'b', decision: 'keep' },
      ],
      answer: 'Obrigada.',
    });
  });

  it('takes over what the first of two ticked, until somebody ticks otherwise', () => {
    const asked = request([item('a', { proposedAlso: ['x', 'y'] })]);
    const going = { choices: { a: 'remove' as const } };
    expect(decisionOf(asked, draft(going)).items).toMatchObject([{ alsoMessageIds: ['x', 'y'] }]);
    expect(decisionOf(asked, draft({ ...going, also: { a: [] } })).items).toEqual([
      { messageId: 'a', decision: 'remove' },
    ]);
    expect(weigh(asked, draft(going), 'me').along).toBe(2);
  });

  it('says why as it is shown: as was asked first, until somebody says otherwise', () => {
    const asked = {
      ...request([item('a'), item('b')]),
      askers: [asker('offense'), asker('personal-data')],
    };
    const chosen = draft({ choices: { a: 'remove', b: 'keep' }, keepReason: 'needed' });
    const why = (with_: Draft) => decisionOf(asked, with_).items.map(({ reason }) => reason);
    expect(why(chosen)).toEqual(['offense', 'needed']);
    expect(why({ ...chosen, removeReason: 'fraud' })).toEqual(['fraud', 'needed']);
  });

  it('blocks only where that is wanted', () => {
    const block = { reason: 'fraud' } as const;
    const chosen = { choices: { a: 'remove' as const }, block };
    expect(decisionOf(request([item('a')]), draft(chosen)).block).toBeUndefined();
    expect(decisionOf(request([item('a')]), draft({ ...chosen, wantsBlock: true })).block).toEqual(
      block,
    );
    const blocked = withoutBlock(draft({ ...chosen, wantsBlock: true }));
    expect(decisionOf(request([item('a')]), blocked).block).toBeUndefined();
  });
});

describe('what a decision weighs', () => {
  it('counts what goes, what stays and what goes along', () => {
    const asked = request([item('a', { copies: 2 }), item('b'), item('c')]);
    const chosen = draft({ choices: { a: 'remove', b: 'keep' }, also: { a: ['x'] } });
    expect(weigh(asked, chosen, 'me')).toEqual({
      removed: 1,
      proposed: 0,
      kept: 1,
      open: 3,
      along: 3,
    });
  });

  it('waits for a second person where two are needed', () => {
    const by = (id: string) => ({ proposedBy: { id, name: id } });
    const asked = request([item('a'), item('b', by('other')), item('c', by('me'))], true);
    const chosen = draft({ choices: { a: 'remove', b: 'remove', c: 'remove' } });
    expect(weigh(asked, chosen, 'me')).toMatchObject({ removed: 1, proposed: 2 });
  });
});
