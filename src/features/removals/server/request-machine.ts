import type { RemovalItemState, RemovalState } from '../contract.ts';

export interface MachineItem {
  readonly messageId: string;
  readonly state: RemovalItemState;
  /** The first of two who must say that it goes. */
  readonly proposedBy: string | null;
}

export interface MachineRequest {
  readonly state: RemovalState;
  readonly assigneeId: string | null;
  readonly items: readonly MachineItem[];
}

/** A person, by whom a decision counts; a key of a program is nobody (`isPerson`). */
interface Decider {
  readonly id: string;
  readonly isPerson: boolean;
}

export interface ItemDecision {
  readonly messageId: string;
  readonly decision: 'remove' | 'keep';
}

export type Command =
  | { readonly kind: 'assign'; readonly assigneeId: string | null }
  | {
      readonly kind: 'decide';
      readonly by: Decider;
      readonly needsTwo: boolean;
      readonly items: readonly ItemDecision[];
    }
  /** Content went by another way: with another request, or by its age, which leaves nothing of the item. */
  | { readonly kind: 'removed'; readonly messageIds: readonly string[] }
  | { readonly kind: 'forgotten'; readonly messageIds: readonly string[] }
  /** Somebody looked whether everything is gone. */
  | { readonly kind: 'check'; readonly isWhole: boolean };

export type Refusal = 'removal-request-decided' | 'second-person-needed' | 'message-not-found';

/** What became of each item that the command named. */
export interface Outcome {
  readonly proposed: readonly string[];
  readonly removed: readonly string[];
  readonly kept: readonly string[];
}

export type Step =
  | { readonly refusal: Refusal }
  | { readonly refusal: null; readonly request: MachineRequest; readonly outcome: Outcome };

export const isWaiting = (state: RemovalState): boolean =>
  state === 'open' || state === 'in-review';

const nothing: Outcome = { proposed: [], removed: [], kept: [] };
const refuse = (refusal: Refusal): Step => ({ refusal });
const go = (request: MachineRequest, outcome: Outcome = nothing): Step => ({
  refusal: null,
  request,
  outcome,
});

/** The state that follows from the items: a request is decided when each of them is. */
const settled = (request: MachineRequest): MachineRequest => {
  const { items, assigneeId } = request;
  if (!isWaiting(request.state)) {
    return request;
  }
  if (items.some(({ state }) => state === 'open')) {
    return { ...request, state: assigneeId === null ? 'open' : 'in-review' };
  }
  // Of one whose messages are all gone by their age nothing was kept.
  const isKept = items.length > 0 && items.every(({ state }) => state === 'kept');
  return { ...request, state: isKept ? 'refused' : 'removing' };
};

const withItem = (items: readonly MachineItem[], changed: MachineItem): MachineItem[] =>
  items.map((item) => (item.messageId === changed.messageId ? changed : item));

/** One item: refused, or as it is afterwards. */
const decideItem = (
  item: MachineItem | undefined,
  { decision }: ItemDecision,
  by: Decider,
  needsTwo: boolean,
): MachineItem | Refusal => {
  if (item === undefined) {
    return 'message-not-found';
  }
  if (item.state !== 'open') {
    return 'removal-request-decided';
  }
  if (decision === 'keep') {
    return { ...item, state: 'kept' };
  }
  if (!needsTwo) {
    return { ...item, state: 'removed' };
  }
  if (!by.isPerson || item.proposedBy === by.id) {
    return 'second-person-needed';
  }
  return item.proposedBy === null ? { ...item, proposedBy: by.id } : { ...item, state: 'removed' };
};

const decide = (request: MachineRequest, command: Command & { kind: 'decide' }): Step => {
  const { by, needsTwo } = command;
  const outcome = { proposed: [] as string[], removed: [] as string[], kept: [] as string[] };
  let { items } = request;
  for (const decision of command.items) {
    const { messageId } = decision;
    const known = items.find((item) => item.messageId === messageId);
    const decided = decideItem(known, decision, by, needsTwo);
    if (typeof decided === 'string') {
      return refuse(decided);
    }
    items = withItem(items, decided);
    outcome[decided.state === 'open' ? 'proposed' : decided.state].push(messageId);
  }
  // Whoever says the first word has taken it.
  const assigneeId = request.assigneeId ?? (by.isPerson ? by.id : null);
  return go(settled({ ...request, items, assigneeId }), outcome);
};

/**
 * What a command makes of a request. Pure: whoever calls it holds the locks, and writes what it says.
 * A request goes open ⇄ in-review → removing → removed, or → refused, and never back.
 */
export const advance = (request: MachineRequest, command: Command): Step => {
  switch (command.kind) {
    case 'assign':
      return isWaiting(request.state)
        ? go(settled({ ...request, assigneeId: command.assigneeId }))
        : refuse('removal-request-decided');
    case 'decide':
      return isWaiting(request.state)
        ? decide(request, command)
        : refuse('removal-request-decided');
    case 'removed': {
      const gone = request.items.filter(
        ({ state, messageId }) => state === 'open' && command.messageIds.includes(messageId),
      );
      const items = gone.reduce(
        (all, item) => withItem(all, { ...item, state: 'removed' }),
        request.items,
      );
      const removed = gone.map(({ messageId }) => messageId);
      return go(settled({ ...request, items }), { ...nothing, removed });
    }
    case 'forgotten':
      return go(
        settled({
          ...request,
          items: request.items.filter(({ messageId }) => !command.messageIds.includes(messageId)),
        }),
      );
    case 'check':
      return go(
        request.state === 'removing' && command.isWhole
          ? { ...request, state: 'removed' }
          : request,
      );
  }
};
