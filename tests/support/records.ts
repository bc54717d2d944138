/** What the test did and saw. All times are milliseconds of this process's monotonic clock. */

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** In which spelling or by which identity a person writes. */
export type Form = 'phone' | 'short' | 'bsuid' | 'both';

export interface Person {
  readonly name: string;
  readonly phone: string;
  readonly bsuid: string;
  /** Learnt at the beginning; a merge may change it. */
  contactId: string;
  /** By channel. */
  readonly conversationIds: Map<string, string>;
  /** Blocked for certain, by a merge or a number change: not told by a block of this very contact. */
  readonly surely: CertainBlock[];
  /** Perhaps blocked, or being moved: nothing is claimed of what overlaps. */
  readonly perhaps: Span[];
  /** Plays in a story of its own: contacts come and go. */
  readonly isStory: boolean;
  /** Stays blocked for seconds, so that there are seconds in which it was. */
  readonly isSlow: boolean;
}

/** A person is shut out from `from` (something was answered) to `to` (something else was asked). */
export interface CertainBlock extends Span {
  /** Named by the answer: their end was not known. */
  readonly stillOnWire: ReadonlySet<string>;
  /** What was on the wire when it began was not waited for (a webhook must be answered). */
  readonly skipsWire: boolean;
}

export interface Delivery extends Span {
  readonly status: number;
}

export type ItemKind =
  | 'text'
  | 'image'
  | 'history'
  | 'call'
  | 'edit'
  | 'reaction'
  | 'revoke'
  | 'number-change';

/** These become a row of the history, when they are admitted. */
export const rowKinds: ReadonlySet<ItemKind> = new Set(['text', 'image', 'history', 'call']);

/** One inbound item, however often it was delivered. */
export interface Item {
  readonly wamid: string;
  readonly person: Person;
  readonly kind: ItemKind;
  readonly channelId: string;
  /** WhatsApp's, whole seconds. */
  readonly timestamp: number;
  /** Of an action: the message it changes. */
  readonly target: string | null;
  /** What it leaves behind when it is applied: the text, the emoji. */
  readonly mark: string;
  readonly deliveries: Delivery[];
}

export interface Block extends Span {
  readonly person: Person;
  readonly status: number;
  /** When the clock ends it. */
  readonly expiresAt: number | null;
  readonly stillOnWire: readonly string[];
}

export interface Unblock extends Span {
  readonly person: Person;
  readonly status: number;
}

export interface Send extends Span {
  readonly kind: 'send' | 'reply' | 'forward' | 'react';
  readonly person: Person;
  readonly status: 'queued' | 'refused' | 'other';
  readonly code: string | null;
  readonly messageId: string | null;
}

export interface Read extends Span {
  readonly person: Person;
  readonly conversationId: string;
  readonly status: number;
}

/** A request that reached the Graph. */
export interface GraphRequest {
  readonly kind: 'send' | 'read';
  /** Our message's id, or of a read mark WhatsApp's id of theirs. */
  readonly about: string;
  readonly arrivedAt: number;
  /** When the answer was written or the connection cut; infinite before. */
  answeredAt: number;
  accepted: boolean;
  /** A status told its end before the answer did: nothing has to wait for the answer. */
  readonly toldFirst: boolean;
}

/** A request for a file of a person, which reached the Graph. */
export interface FileRequest {
  readonly wamid: string;
  readonly step: 'address' | 'bytes';
  readonly arrivedAt: number;
  /** When the answer was written or the connection cut; infinite before. */
  answeredAt: number;
}

/** What our own side wrote on the phone app. */
export interface Echo extends Delivery {
  readonly wamid: string;
  readonly person: Person;
}

/** An answer of the server that the API does not declare for this request. */
export interface OddAnswer {
  readonly operation: string;
  readonly status: number;
  readonly code: string | null;
}

export interface Records {
  readonly people: Person[];
  readonly items: Map<string, Item>;
  readonly blocks: Block[];
  readonly unblocks: Unblock[];
  readonly sends: Send[];
  readonly reads: Read[];
  readonly graph: GraphRequest[];
  readonly files: FileRequest[];
  readonly echoes: Echo[];
  readonly odd: OddAnswer[];
  /** First messages of one new person, sent at once, that made more than one contact. */
  readonly splitPeople: string[];
  /** What a story saw that must not be: the invariant, and where. */
  readonly seen: { readonly invariant: string; readonly what: string }[];
  readonly counts: Map<string, number>;
}

export const createRecords = (): Records => ({
  people: [],
  items: new Map(),
  blocks: [],
  unblocks: [],
  sends: [],
  reads: [],
  graph: [],
  files: [],
  echoes: [],
  odd: [],
  splitPeople: [],
  seen: [],
  counts: new Map(),
});

export const count = (records: Records, name: string): void => {
  records.counts.set(name, (records.counts.get(name) ?? 0) + 1);
};

export const now = (): number => performance.now();

/** Of the wall clock, as milliseconds of the monotonic one. */
export const fromWall = (wall: number): number => wall - Date.now() + now();
export const toWall = (time: number): number => time + Date.now() - now();

export const overlaps = (a: Span, b: Span): boolean => a.from <= b.to && b.from <= a.to;
export const isInside = (inner: Span, outer: Span): boolean =>
  inner.from > outer.from && inner.to < outer.to;
