import { newId } from '#platform/shared/ids.ts';
import { placeInTime } from './place-in-time.ts';
import {
  type Colleague,
  type Done,
  isDone,
  isTheirs,
  type Ours,
  type Talk,
  type TalkTurn,
  type Theirs,
} from './talk.ts';

/** A line of the history, before it has a workspace and a conversation. */
export type PlayedTurn =
  | {
      readonly kind: 'theirs';
      readonly turn: Theirs;
      readonly externalId: string;
      readonly at: Date;
    }
  | {
      readonly kind: 'ours';
      readonly turn: Ours;
      readonly id: string;
      readonly externalId: string | null;
      readonly status: NonNullable<Ours['status']>;
      readonly at: Date;
    }
  | { readonly kind: 'done'; readonly turn: Done; readonly at: Date };

/** A talk as it happened, and how its conversation stands now. */
export interface PlayedTalk {
  readonly talk: Talk;
  readonly turns: readonly PlayedTurn[];
  readonly assignee: Colleague | null;
  readonly status: 'open' | 'resolved';
  readonly unread: number;
}

interface Standing {
  assignee: Colleague | null;
  status: 'open' | 'resolved';
  /** The customer's messages since our last one. */
  unanswered: number;
}

const follow = (standing: Standing, { turn }: PlayedTurn): void => {
  if (isDone(turn)) {
    if (turn.event === 'resolved') {
      standing.status = 'resolved';
    } else {
      standing.assignee = turn.event === 'assigned' ? (turn.to ?? turn.by) : null;
    }
  } else if (isTheirs(turn)) {
    standing.status = 'open';
    standing.unanswered += 1;
  } else {
    standing.status = 'open';
    standing.assignee ??= turn.by;
    standing.unanswered = 0;
  }
};

/** As in the product: who answers from the queue takes the conversation, and a line says so. */
const takingBy = (turn: Ours, at: Date): PlayedTurn => ({
  kind: 'done',
  turn: { by: turn.by, after: 0, event: 'assigned', to: turn.by },
  at: new Date(at.getTime() - 5),
});

const externalIdOf = (talk: number, turn: number): string =>
  `wamid.DEMO${String(talk).padStart(3, '0')}X${String(turn).padStart(3, '0')}`;

const playOurs = (turn: Ours, at: Date, externalId: string, isSeen: boolean): PlayedTurn => {
  // Whoever wrote again has seen what stood above.
  const status = turn.status ?? (isSeen ? 'read' : 'delivered');
  const given = status === 'failed' ? null : externalId;
  return { kind: 'ours', turn, id: newId(), externalId: given, status, at };
};

/** What a talk leaves in the history by now. @param place of the talk in the script: makes the ids of its messages */
export const playTalk = (talk: Talk, place: number, now: number): PlayedTalk => {
  const turns: PlayedTurn[] = [];
  const standing: Standing = { assignee: null, status: 'open', unanswered: 0 };
  const placed = placeInTime(talk, now);
  const lastTheirs = placed.findLastIndex(({ turn }) => turn.by === 'customer');
  const play = (turn: TalkTurn, at: Date, index: number): PlayedTurn => {
    if (isDone(turn)) {
      return { kind: 'done', turn, at };
    }
    const externalId = externalIdOf(place, index);
    return isTheirs(turn)
      ? { kind: 'theirs', turn, externalId, at }
      : playOurs(turn, at, externalId, index < lastTheirs);
  };
  for (const [index, { turn, at }] of placed.entries()) {
    const isQueued = standing.assignee === null;
    const played = play(turn, at, index);
    if (isQueued && played.kind === 'ours') {
      turns.push(takingBy(played.turn, at));
    }
    turns.push(played);
    follow(standing, played);
  }
  const { assignee, status, unanswered } = standing;
  const waiting = assignee === null && status === 'open' ? unanswered : 0;
  return { talk, turns, assignee, status, unread: Math.min(talk.unread ?? waiting, unanswered) };
};
