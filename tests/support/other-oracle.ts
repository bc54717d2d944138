import { deepInvariants } from './deep-oracle.ts';
import type { Evidence } from './evidence.ts';
import { type Findings, inboundInvariants, note } from './inbound-oracle.ts';
import { mediaInvariants } from './media-oracle.ts';
import { outboundInvariants } from './outbound-oracle.ts';
import { overlaps, type Records, type Span } from './records.ts';

export const otherInvariants = {
  answers: 'no answer that is not declared, no 5xx among them',
  wait: 'a block answers within ten seconds and a margin',
  named: 'a block waits ten seconds before it names what is on the wire',
  secondWall: 'the second wall was never needed',
  database: 'the database reported no error: no deadlock, no double row, no refused statement',
  merged: 'a contact that was merged into another keeps nothing and gets nothing',
  firstMessages: 'first messages at once make one contact',
  processes: 'both processes lived to the end and stopped cleanly',
} as const;

export const invariants: readonly string[] = [
  ...Object.values(inboundInvariants),
  ...Object.values(outboundInvariants),
  ...Object.values(mediaInvariants),
  ...Object.values(deepInvariants),
  ...Object.values(otherInvariants),
];

const longestBlockMs = 13_000;
const leastWaitMs = 9_500;

/** Told by the Graph, not asked for by a client: counted apart. */
export const statusOperation = 'status';

export const countOperations = (records: Records): number =>
  [...records.counts].reduce((sum, [name, n]) => sum + (name === statusOperation ? 0 : n), 0);

/** A block and something else of the same person that overlap in time. */
export const countContested = (records: Records): number => {
  let contested = 0;
  const byPerson = new Map<unknown, Span[]>();
  const add = (person: unknown, span: Span): void => {
    const known = byPerson.get(person);
    if (known === undefined) {
      byPerson.set(person, [span]);
    } else {
      known.push(span);
    }
  };
  for (const item of records.items.values()) {
    item.deliveries.forEach((delivery) => {
      add(item.person, delivery);
    });
  }
  records.sends.forEach((send) => {
    add(send.person, send);
  });
  for (const block of records.blocks) {
    contested += (byPerson.get(block.person) ?? []).filter((span) => overlaps(span, block)).length;
  }
  return contested;
};

export const checkOthers = (
  { records, evidence, findings }: { records: Records; evidence: Evidence; findings: Findings },
  more: { wall: number; errors: readonly string[] },
): void => {
  for (const { operation, status, code } of records.odd) {
    note(findings, otherInvariants.answers, `${operation} answered ${status} ${code ?? ''}`);
  }
  for (const block of records.blocks.filter((b) => b.to - b.from > longestBlockMs)) {
    note(findings, otherInvariants.wait, `${Math.round(block.to - block.from)} ms`);
  }
  for (const block of records.blocks) {
    if (block.stillOnWire.length > 0 && block.to - block.from < leastWaitMs) {
      note(findings, otherInvariants.named, `after ${Math.round(block.to - block.from)} ms`);
    }
  }
  if (more.wall > 0) {
    note(findings, otherInvariants.secondWall, `${more.wall} times`);
  }
  for (const error of more.errors) {
    note(findings, otherInvariants.database, error);
  }
  if (evidence.deadlocks > 0) {
    note(findings, otherInvariants.database, `${evidence.deadlocks} deadlocks`);
  }
  if (evidence.leftInMerged > 0) {
    note(findings, otherInvariants.merged, `${evidence.leftInMerged} rows`);
  }
  for (const name of records.splitPeople) {
    note(findings, otherInvariants.firstMessages, name);
  }
};
