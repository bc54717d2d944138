import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  advance,
  type Command,
  type ItemDecision,
  isWaiting,
  type MachineItem,
  type MachineRequest,
} from './request-machine.ts';

const seedText = process.env['GUARITA_TEST_SEED'];
const seed = seedText === undefined ? Date.now() % 2 ** 31 : Number(seedText);

const item = (messageId: string, more: Partial<MachineItem> = {}): MachineItem => ({
  messageId,
  state: 'open',
  proposedBy: null,
  ...more,
});
const aRequest = (more: Partial<MachineRequest> = {}): MachineRequest => ({
  state: 'open',
  assigneeId: null,
  items: [item('a'), item('b')],
  ...more,
});
const decide = (
  by: string,
  items: Record<string, ItemDecision['decision']>,
  more: { needsTwo?: boolean; isPerson?: boolean } = {},
): Command => ({
  kind: 'decide',
  by: { id: by, isPerson: more.isPerson ?? true },
  needsTwo: more.needsTwo ?? false,
  items: Object.entries(items).map(([messageId, decision]) => ({ messageId, decision })),
});

/** All at once, as one line; a refusal is told by its code and changes nothing. */
const after = (start: MachineRequest, ...commands: readonly Command[]): string => {
  let request = start;
  const said = commands.flatMap((command) => {
    const step = advance(request, command);
    if (step.refusal !== null) {
      return [step.refusal];
    }
    request = step.request;
    return [];
  });
  const items = request.items.map(({ messageId, state, proposedBy }) =>
    [messageId, state, ...(proposedBy === null ? [] : [proposedBy])].join(':'),
  );
  return [request.state, request.assigneeId ?? '-', ...items, ...said].join(' ');
};

const assign = (assigneeId: string | null): Command => ({ kind: 'assign', assigneeId });
const check = (isWhole: boolean): Command => ({ kind: 'check', isWhole });
const two = { needsTwo: true };

describe('a request', () => {
  it.each<[string, string, Command[]]>([
    ['is taken', 'in-review d a:open b:open', [assign('d')]],
    ['is given back', 'open - a:open b:open', [assign('d'), assign(null)]],
    [
      'is half decided by whoever takes it so',
      'in-review d a:removed b:open',
      [decide('d', { a: 'remove' })],
    ],
    [
      'is half decided and stays with who had it',
      'in-review e a:kept b:open',
      [assign('e'), decide('d', { a: 'keep' })],
    ],
    [
      'is half decided by a program',
      'open - a:kept b:open',
      [decide('k', { a: 'keep' }, { isPerson: false })],
    ],
    [
      'is refused when everything is kept',
      'refused d a:kept b:kept',
      [decide('d', { a: 'keep', b: 'keep' })],
    ],
    [
      'goes when one goes',
      'removing d a:kept b:removed',
      [decide('d', { a: 'keep', b: 'remove' })],
    ],
    [
      'is not gone before all is',
      'removing d a:removed b:removed',
      [decide('d', { a: 'remove', b: 'remove' }), check(false)],
    ],
    [
      'is gone when all is',
      'removed d a:removed b:removed',
      [decide('d', { a: 'remove', b: 'remove' }), check(true)],
    ],
    ['is not gone by a check while it waits', 'open - a:open b:open', [check(true)]],
    [
      'is not decided twice',
      'refused d a:kept b:kept removal-request-decided',
      [decide('d', { a: 'keep', b: 'keep' }), decide('e', { a: 'remove' })],
    ],
    [
      'has no item decided twice',
      'in-review d a:kept b:open removal-request-decided',
      [decide('d', { a: 'keep' }), decide('e', { a: 'remove' })],
    ],
    [
      'has only its own items',
      'open - a:open b:open message-not-found',
      [decide('d', { a: 'keep', z: 'keep' })],
    ],
    [
      'is not given to anybody once decided',
      'refused d a:kept b:kept removal-request-decided',
      [decide('d', { a: 'keep', b: 'keep' }), assign('e')],
    ],
    [
      'of two is proposed first',
      'in-review d a:open:d b:open',
      [decide('d', { a: 'remove' }, two)],
    ],
    [
      'of two is not confirmed by the first',
      'in-review d a:open:d b:open second-person-needed',
      [decide('d', { a: 'remove' }, two), decide('d', { a: 'remove' }, two)],
    ],
    [
      'of two is not proposed by a program',
      'open - a:open b:open second-person-needed',
      [decide('k', { a: 'remove' }, { ...two, isPerson: false })],
    ],
    [
      'of two is confirmed by the second',
      'in-review d a:removed:d b:open',
      [decide('d', { a: 'remove' }, two), decide('e', { a: 'remove' }, two)],
    ],
    [
      'of two is kept by one',
      'in-review d a:kept:d b:open',
      [decide('d', { a: 'remove' }, two), decide('d', { a: 'keep' }, two)],
    ],
    [
      'loses what went by another',
      'open - a:removed b:open',
      [{ kind: 'removed', messageIds: ['a', 'z'] }],
    ],
    [
      'goes when the rest went by another',
      'removing d a:kept b:removed',
      [decide('d', { a: 'keep' }), { kind: 'removed', messageIds: ['a', 'b'] }],
    ],
    [
      'forgets what is gone by its age',
      'refused d a:kept',
      [decide('d', { a: 'keep' }), { kind: 'forgotten', messageIds: ['b'] }],
    ],
    [
      'of nothing has nothing left to show',
      'removing -',
      [{ kind: 'forgotten', messageIds: ['a', 'b'] }],
    ],
  ])('%s', (_what, end, commands) => {
    expect(after(aRequest(), ...commands)).toBe(end);
  });
});

const ids = ['a', 'b', 'c'];
const someIds = fc.subarray(ids, { minLength: 1 });
const anyCommand: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ kind: fc.constant('assign' as const), assigneeId: fc.constantFrom('d', 'e', null) }),
  fc.record({
    kind: fc.constant('decide' as const),
    by: fc.constantFrom(
      { id: 'd', isPerson: true },
      { id: 'e', isPerson: true },
      { id: 'k', isPerson: false },
    ),
    needsTwo: fc.constant(true),
    items: someIds.chain((named) =>
      fc.tuple(
        ...named.map((messageId) =>
          fc.constantFrom<ItemDecision>(
            { messageId, decision: 'remove' },
            { messageId, decision: 'keep' },
          ),
        ),
      ),
    ),
  }),
  fc.record({ kind: fc.constant('removed' as const), messageIds: someIds }),
  fc.record({ kind: fc.constant('check' as const), isWhole: fc.boolean() }),
);

/** Told in another way than the code tells it. */
const holdsFor = (before: MachineRequest, command: Command, request: MachineRequest): void => {
  const states = request.items.map(({ state }) => state);
  const isOpen = states.includes('open');
  expect(isWaiting(request.state)).toBe(isOpen);
  expect(request.state === 'in-review').toBe(isOpen && request.assigneeId !== null);
  expect(request.state === 'refused').toBe(!states.some((state) => state !== 'kept'));
  if (request.state === 'removed' && before.state !== 'removed') {
    expect(command).toEqual({ kind: 'check', isWhole: true });
  }
  for (const [n, was] of before.items.entries()) {
    const is = request.items[n];
    if (was.state !== 'open') {
      expect(is).toEqual(was);
    } else if (is?.state === 'removed' && command.kind === 'decide') {
      expect([null, command.by.id]).not.toContain(was.proposedBy);
      expect(command.by.isPerson).toBe(true);
    }
  }
  if (!isWaiting(before.state)) {
    expect({ ...request, state: '' }).toEqual({ ...before, state: '' });
  }
};

describe(`at random (seed ${seed})`, () => {
  it('is decided once, by two, and gone only when all is', () => {
    const ends = new Set<string>();
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 25 }), (commands) => {
        let request = aRequest({ items: ids.map((id) => item(id)) });
        for (const command of commands) {
          const step = advance(request, command);
          if (step.refusal === null) {
            holdsFor(request, command, step.request);
            request = step.request;
          }
        }
        ends.add(request.state);
      }),
      { seed, numRuns: 1_000 },
    );
    expect([...ends].sort()).toEqual(['in-review', 'open', 'refused', 'removed', 'removing']);
  });
});
