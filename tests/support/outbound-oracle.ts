import type { Evidence } from './evidence.ts';
import { type Findings, note } from './inbound-oracle.ts';
import { type Intervals, insideWhich, intervalsOf, touchesAny } from './intervals.ts';
import type { Block, GraphRequest, Item, Person, Read, Records, Send } from './records.ts';

export const outboundInvariants = {
  accepted: 'a send, reply or forward made wholly inside a block is refused',
  refused: 'none is refused while no block has to do with it',
  left: 'nothing reaches the Graph after a block was answered, unless named in its answer',
  wire: 'a block answers only when nothing is on the wire, or names it',
  epoch: 'nothing accepted before a block leaves after it, unblocked or not',
  readMarks: 'a read mark asked for before or during a block never leaves after it',
  twice: 'no message reaches the Graph twice',
  told: 'what the Graph took is never told as failed or waiting',
  stuck: 'every accepted message that no block has to do with leaves',
} as const;

type Invariant = keyof typeof outboundInvariants;
type Tell = (what: Invariant, text: string) => void;

interface Case {
  readonly records: Records;
  readonly evidence: Evidence;
  readonly intervals: ReadonlyMap<Person, Intervals>;
  readonly requests: ReadonlyMap<string, readonly GraphRequest[]>;
  readonly tell: Tell;
}

const checkAnswer = (send: Send, { intervals, tell }: Case): void => {
  const own = intervals.get(send.person);
  if (own === undefined) {
    return;
  }
  if (send.status === 'queued' && insideWhich(send, own.certain) !== undefined) {
    tell('accepted', `${send.kind} to ${send.person.name}`);
  }
  if (send.code === 'contact-blocked' && !touchesAny(send, own.possible)) {
    tell('refused', `${send.kind} to ${send.person.name}`);
  }
};

/** Named by this very block, and so known not to be known. */
const isNamed = (named: ReadonlySet<string>, request: GraphRequest, evidence: Evidence): boolean =>
  named.has(request.about) || named.has(evidence.inbound.get(request.about)?.id ?? '');

const checkArrivals = (
  person: Person,
  requests: readonly GraphRequest[],
  acceptedAt: number,
  { intervals, evidence, tell }: Case,
): void => {
  for (const request of requests) {
    const moment = { from: request.arrivedAt, to: request.arrivedAt };
    const block = insideWhich(moment, intervals.get(person)?.certain ?? []);
    const mayBeOnWire = block?.skipsWire === true && acceptedAt < block.from;
    if (block !== undefined && !mayBeOnWire && !isNamed(block.stillOnWire, request, evidence)) {
      tell('left', `${request.kind} to ${person.name}`);
    }
  }
};

const blocksOf = (records: Records, person: Person): Block[] =>
  records.blocks.filter((block) => block.person === person && block.status === 200);

const checkEpoch = (send: Send, requests: readonly GraphRequest[], about: Case): void => {
  for (const block of blocksOf(about.records, send.person)) {
    const named = new Set(block.stillOnWire);
    const hasLeft = requests.some(
      (r) => r.arrivedAt > block.to && !isNamed(named, r, about.evidence),
    );
    if (send.to < block.from && hasLeft) {
      about.tell('epoch', `${send.kind} to ${send.person.name}`);
    }
  }
};

const checkWire = (
  person: Person,
  requests: readonly GraphRequest[],
  { records, evidence, intervals, tell }: Case,
): void => {
  const certain = intervals.get(person)?.certain ?? [];
  // Had it been lifted while it was answering, a new request could have begun.
  const standing = blocksOf(records, person).filter((b) => certain.some((c) => c.from === b.to));
  for (const block of standing) {
    const named = new Set(block.stillOnWire);
    const open = requests.filter(
      (r) => r.arrivedAt < block.to && r.answeredAt > block.to && !r.toldFirst,
    );
    if (open.some((request) => !isNamed(named, request, evidence))) {
      tell('wire', `to ${person.name}`);
    }
  }
};

const checkFate = (send: Send, requests: readonly GraphRequest[], about: Case): void => {
  const taken = requests.filter(
    (request) => request.accepted && request.answeredAt < about.evidence.takenAt,
  ).length;
  const stored = about.evidence.outbound.get(send.messageId ?? '');
  if (taken > 1) {
    about.tell('twice', `${send.kind} to ${send.person.name}: ${taken} times`);
  }
  if (taken > 0 && (stored?.status === 'failed' || stored?.status === 'queued')) {
    about.tell('told', `${send.kind} to ${send.person.name}: ${stored.status}`);
  }
};

/** Once everything has settled: nobody and nothing stood in its way, and yet it is still here. */
const checkStuck = (send: Send, requests: readonly GraphRequest[], about: Case): void => {
  const possible = about.intervals.get(send.person)?.possible ?? [];
  const waited = { from: send.from, to: Number.POSITIVE_INFINITY };
  if (!requests.some((request) => request.accepted) && !touchesAny(waited, possible)) {
    const stored = about.evidence.outbound.get(send.messageId ?? '');
    const state = `${stored?.status ?? 'gone'} ${stored?.errorCode ?? ''}`;
    about.tell(
      'stuck',
      `${send.kind} to ${send.person.name}: ${state}, ${requests.length} requests`,
    );
  }
};

const askedInTime = (read: Read, block: Block, intervals: Intervals): boolean =>
  read.to >= block.from && insideWhich(read, intervals.certain) === undefined;

/** A read mark at the Graph must stem from somebody who asked for it after the last block. */
const checkReadMark = (request: GraphRequest, { person, channelId }: Item, about: Case): void => {
  const intervals = about.intervals.get(person);
  const before = blocksOf(about.records, person).filter((b) => b.to < request.arrivedAt);
  const last = before.sort((a, b) => a.from - b.from).at(-1);
  if (last === undefined || intervals === undefined || person.isStory) {
    return;
  }
  const conversationId = person.conversationIds.get(channelId);
  const asked = about.records.reads.filter(
    (read) => read.conversationId === conversationId && read.from < request.arrivedAt,
  );
  const isNamedThere = isNamed(new Set(last.stillOnWire), request, about.evidence);
  if (!isNamedThere && !asked.some((read) => askedInTime(read, last, intervals))) {
    about.tell('readMarks', `to ${person.name}`);
  }
};

const checkSend = (send: Send, about: Case, isSettled: boolean): void => {
  checkAnswer(send, about);
  if (send.status !== 'queued' || send.messageId === null) {
    return;
  }
  const requests = about.requests.get(send.messageId) ?? [];
  checkArrivals(send.person, requests, send.to, about);
  checkWire(send.person, requests, about);
  checkEpoch(send, requests, about);
  checkFate(send, requests, about);
  if (isSettled) {
    checkStuck(send, requests, about);
  }
};

/** What left and was named by no answer: our reactions, which are messages of their own on their way. */
const checkUnnamed = (records: Records, about: Case): void => {
  const named = new Set(records.sends.map(({ messageId }) => messageId));
  const people = new Map(records.people.map((person) => [person.contactId, person]));
  for (const [id, requests] of about.requests) {
    const contactId = about.evidence.outbound.get(id)?.contactId ?? '';
    const person = people.get(contactId);
    if (named.has(id) || person === undefined || requests[0]?.kind !== 'send') {
      continue;
    }
    for (const request of requests) {
      checkArrivals(person, [request], request.arrivedAt, about);
    }
    checkWire(person, requests, about);
    if (requests.filter(({ accepted }) => accepted).length > 1) {
      about.tell('twice', `a reaction to ${person.name}`);
    }
  }
};

/** @param isSettled nothing waits to be sent any more */
export const checkOutbound = (
  records: Records,
  evidence: Evidence,
  findings: Findings,
  isSettled: boolean,
): void => {
  const requests = new Map<string, GraphRequest[]>();
  for (const request of records.graph) {
    requests.set(request.about, [...(requests.get(request.about) ?? []), request]);
  }
  const about: Case = {
    records,
    evidence,
    intervals: new Map(records.people.map((p) => [p, intervalsOf(records, p)])),
    requests,
    tell: (what, text) => note(findings, outboundInvariants[what], text),
  };
  for (const send of records.sends) {
    checkSend(send, about, isSettled);
  }
  checkUnnamed(records, about);
  for (const request of records.graph.filter((one) => one.kind === 'read')) {
    const item = records.items.get(request.about);
    if (item !== undefined) {
      checkArrivals(item.person, [request], request.arrivedAt, about);
      checkWire(item.person, [request], about);
      checkReadMark(request, item, about);
    }
  }
};
