import { newId } from '#platform/shared/ids.ts';
import type { DemoPlace, OwnRow } from './demo-store.ts';
import { type Labels, quotedId } from './play-labels.ts';
import type { PlayedTalk, PlayedTurn } from './play-talk.ts';
import type { Colleague } from './talk.ts';

export type Members = ReadonlyMap<Colleague, string>;

const memberOf = (members: Members, key: Colleague): string => {
  const id = members.get(key);
  if (id === undefined) {
    throw new Error(`${key} is not among the people of the demonstration`);
  }
  return id;
};

const activityRow = (
  line: Extract<PlayedTurn, { kind: 'done' }>,
  place: DemoPlace,
  members: Members,
): OwnRow => {
  const { by, event, to } = line.turn;
  return {
    ...place,
    id: newId(),
    direction: 'internal',
    text: null,
    payload: { event, toMemberId: event === 'assigned' ? memberOf(members, to ?? by) : null },
    status: 'sent',
    errorCode: null,
    externalId: null,
    authorId: memberOf(members, by),
    replyToExternalId: null,
    forwardedFrom: null,
    at: line.at,
  };
};

const answerRow = (
  line: Extract<PlayedTurn, { kind: 'ours' }>,
  place: DemoPlace,
  members: Members,
  labels: Labels,
): OwnRow => {
  const { by, text, quotes, forwards, errorCode } = line.turn;
  const source = forwards === undefined ? undefined : labels.get(forwards);
  return {
    ...place,
    id: line.id,
    direction: 'out',
    text,
    payload: {},
    status: line.status,
    errorCode: errorCode ?? null,
    externalId: line.externalId,
    authorId: memberOf(members, by),
    replyToExternalId: quotedId(labels, quotes),
    forwardedFrom: source?.kind === 'ours' ? source.id : null,
    at: line.at,
  };
};

/** Our side of a talk: answers, and lines of what the team did. */
export const ownRowsOf = (
  { turns }: PlayedTalk,
  place: DemoPlace,
  members: Members,
  labels: Labels,
): OwnRow[] =>
  turns.flatMap((line) => {
    if (line.kind === 'theirs') {
      return [];
    }
    return line.kind === 'done'
      ? [activityRow(line, place, members)]
      : [answerRow(line, place, members, labels)];
  });
