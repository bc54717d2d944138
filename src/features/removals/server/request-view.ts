import { displayName, type NameRow } from '#features/contacts/server/index.ts';
import type { RemovalRequest } from '../contract.ts';
import type { DecisionReason } from '../reasons/contract.ts';

type Item = RemovalRequest['items'][number];
type Asker = RemovalRequest['askers'][number];
type Name = NonNullable<RemovalRequest['name']>;
type Check = RemovalRequest['checklist'][number];

/** As PostgreSQL writes moments in JSON. */
type Moment = string;

/** A request as it is read, with all that a reviewer may see. */
export interface RequestRow extends NameRow {
  readonly id: string;
  readonly number: number;
  readonly state: RemovalRequest['state'];
  /** These are null of a name of somebody with whom there is no conversation. */
  readonly conversationId: string | null;
  readonly channelId: string | null;
  readonly channelName: string | null;
  readonly contactId: string;
  readonly openedAt: Date;
  readonly dueAt: Date;
  readonly isOverdue: boolean;
  readonly isOwn: boolean;
  readonly isAtSight: boolean;
  readonly needsTwo: boolean;
  readonly assigneeId: string | null;
  readonly assigneeName: string | null;
  readonly decidedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly commentCount: number;
  readonly askers: (Omit<Asker, 'askedAt'> & { askedAt: Moment })[] | null;
  readonly items:
    | {
        messageId: string;
        state: Item['state'];
        direction: Item['direction'];
        type: Item['type'];
        at: Moment;
        proposedBy: string | null;
        proposerName: string | null;
        proposedAlso: string[];
        decidedBy: string | null;
        deciderName: string | null;
        decidedAt: Moment | null;
        decidedFor: DecisionReason | null;
        answer: string | null;
        repeat: NonNullable<Item['repeat']> | null;
      }[]
    | null;
  /** Of a request about the contact's name. */
  readonly named: {
    state: Name['state'];
    proposedBy: string | null;
    proposerName: string | null;
    decidedBy: string | null;
    deciderName: string | null;
    decidedAt: Moment | null;
    decidedFor: DecisionReason | null;
    answer: string | null;
  } | null;
  readonly checks: (Omit<Check, 'at'> & { at: Moment | null })[] | null;
}

/** What is counted beside: copies, and messages with the same bytes, by message. */
export interface ItemCounts {
  readonly copies: ReadonlyMap<string, number>;
  readonly sameBytes: ReadonlyMap<string, number>;
}

const iso = (moment: Moment): string => new Date(moment).toISOString();
const isoOrNull = (moment: Moment | null): string | null => (moment === null ? null : iso(moment));

const personOf = (id: string | null, name: string | null) =>
  id === null ? null : { id, name: name ?? '—' };

const itemsOf = (row: RequestRow, isReviewer: boolean, counts: ItemCounts): Item[] =>
  (row.items ?? []).map((item) => ({
    messageId: item.messageId,
    state: item.state,
    direction: item.direction,
    type: item.type,
    at: iso(item.at),
    copies: counts.copies.get(item.messageId) ?? 0,
    sameBytes: isReviewer ? (counts.sameBytes.get(item.messageId) ?? 0) : 0,
    proposedBy: isReviewer ? personOf(item.proposedBy, item.proposerName) : null,
    proposedAlso: isReviewer ? item.proposedAlso : [],
    decidedBy: isReviewer ? personOf(item.decidedBy, item.deciderName) : null,
    decidedAt: isoOrNull(item.decidedAt),
    decidedFor: item.decidedFor,
    answer: item.answer,
    repeat: isReviewer ? item.repeat : null,
  }));

const nameOf = ({ named }: RequestRow, isReviewer: boolean): Name | null =>
  named && {
    state: named.state,
    proposedBy: isReviewer ? personOf(named.proposedBy, named.proposerName) : null,
    decidedBy: isReviewer ? personOf(named.decidedBy, named.deciderName) : null,
    decidedAt: isoOrNull(named.decidedAt),
    decidedFor: named.decidedFor,
    answer: named.answer,
  };

/** @param isReviewer whoever only asked is told neither who decides or decided nor what is still being deleted */
export const toRequest = (
  row: RequestRow,
  isReviewer: boolean,
  counts: ItemCounts,
): RemovalRequest => ({
  id: row.id,
  number: row.number,
  state: row.state,
  conversationId: row.conversationId,
  contactId: row.contactId,
  contactName: displayName(row),
  channel: row.channelId === null ? null : { id: row.channelId, name: row.channelName ?? '—' },
  openedAt: row.openedAt.toISOString(),
  dueAt: row.dueAt.toISOString(),
  isOverdue: row.isOverdue,
  isOwn: row.isOwn,
  isAtSight: row.isAtSight,
  needsTwo: row.needsTwo,
  askers: (row.askers ?? []).map(({ askedAt, ...asker }) => ({ ...asker, askedAt: iso(askedAt) })),
  assignee: isReviewer ? personOf(row.assigneeId, row.assigneeName) : null,
  items: itemsOf(row, isReviewer, counts),
  name: nameOf(row, isReviewer),
  commentCount: row.commentCount,
  decidedAt: row.decidedAt?.toISOString() ?? null,
  finishedAt: row.finishedAt?.toISOString() ?? null,
  checklist: isReviewer
    ? (row.checks ?? []).map(({ at, ...check }) => ({ ...check, at: isoOrNull(at) }))
    : [],
});
