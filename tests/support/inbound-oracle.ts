import { type Evidence, hashOf } from './evidence.ts';
import { type Intervals, intervalsOf, mustBeAdmitted, mustBeShutOut } from './intervals.ts';
import { type Item, type Person, type Records, rowKinds } from './records.ts';
import type { Setting } from './setting.ts';

/** One sentence for each time an invariant was broken. */
export type Findings = Map<string, string[]>;

export const inboundInvariants = {
  shutOut: 'nothing delivered wholly inside a block is in the history, by any identity',
  late: 'nothing that bears a second of a block is in the history, however late it came',
  actions: 'no edit, revoke or reaction made during a block changed anything',
  lost: 'every item answered 200 is stored or counted as dropped, none lost',
  wronglyDropped: 'nothing was dropped that no block has to do with',
  once: 'every admitted item is stored once, with its text, in the right contact',
  foreign: 'nothing is in the history that nobody sent',
  attempts:
    'the attempts counted are the items dropped, each once, but for imports of before a block',
} as const;

type Invariant = keyof typeof inboundInvariants;

export const note = (findings: Findings, invariant: string, what: string): void => {
  findings.set(invariant, [...(findings.get(invariant) ?? []), what]);
};

const isDropped = (item: Item, { droppedHashes }: Evidence, setting: Setting): boolean =>
  droppedHashes.has(hashOf(setting, item.channelId, item.wamid));

const isApplied = (item: Item, evidence: Evidence): boolean => {
  if (rowKinds.has(item.kind)) {
    return evidence.inbound.has(item.wamid);
  }
  switch (item.kind) {
    case 'edit':
      return evidence.inbound.get(item.target ?? '')?.text === item.mark;
    case 'reaction':
      return evidence.reactions.has(item.mark);
    default:
      return false;
  }
};

const nameOf = (item: Item): string =>
  `${item.kind} ${item.wamid} of ${item.person.name} (${item.deliveries.length} deliveries)`;

const checkItem = (
  item: Item,
  intervals: Intervals,
  about: { evidence: Evidence; setting: Setting; tell: (what: Invariant, text: string) => void },
): void => {
  const { evidence, setting, tell } = about;
  const wasDropped = isDropped(item, evidence, setting);
  const reason = mustBeShutOut(item, intervals);
  if (isApplied(item, evidence) && reason !== undefined) {
    const invariant = rowKinds.has(item.kind) ? 'shutOut' : 'actions';
    tell(reason === 'late' ? 'late' : invariant, nameOf(item));
  }
  const wasAnswered = item.deliveries.some((d) => d.status === 200);
  const leavesTrace = rowKinds.has(item.kind) || reason !== undefined;
  if (wasAnswered && leavesTrace && !wasDropped && !isApplied(item, evidence)) {
    tell('lost', nameOf(item));
  }
  if (wasDropped && mustBeAdmitted(item, intervals)) {
    tell('wronglyDropped', nameOf(item));
  }
};

/** A message may be revoked by several: it must not be when all of them were made during a block. */
const checkRevokes = (
  records: Records,
  evidence: Evidence,
  intervals: ReadonlyMap<Person, Intervals>,
  tell: (what: Invariant, text: string) => void,
): void => {
  const byTarget = new Map<string, Item[]>();
  for (const item of records.items.values()) {
    if (item.kind === 'revoke' && item.target !== null) {
      byTarget.set(item.target, [...(byTarget.get(item.target) ?? []), item]);
    }
  }
  for (const [target, revokes] of byTarget) {
    const isShutOut = revokes.every((item) => {
      const own = intervals.get(item.person);
      return own !== undefined && mustBeShutOut(item, own) !== undefined;
    });
    if (evidence.inbound.get(target)?.isRevoked === true && isShutOut) {
      tell('actions', `${target} is revoked`);
    }
  }
};

const checkRows = (
  records: Records,
  evidence: Evidence,
  tell: (what: Invariant, text: string) => void,
): void => {
  if (evidence.repeated > 0) {
    tell('once', `${evidence.repeated} items are stored more than once`);
  }
  const touched = new Set([...records.items.values()].map((item) => item.target));
  for (const [wamid, row] of evidence.inbound) {
    const item = records.items.get(wamid);
    if (item === undefined) {
      tell('foreign', wamid);
      continue;
    }
    const text = item.kind === 'call' ? null : item.mark;
    const isItsText = row.text === text || touched.has(wamid);
    const isItsContact = item.person.isStory || row.contactId === item.person.contactId;
    if (!isItsText || !isItsContact) {
      tell('once', nameOf(item));
    }
  }
};

export const checkInbound = (
  records: Records,
  evidence: Evidence,
  setting: Setting,
  findings: Findings,
): void => {
  const tell = (what: Invariant, text: string): void =>
    note(findings, inboundInvariants[what], text);
  const intervals = new Map(records.people.map((p) => [p, intervalsOf(records, p)]));
  for (const item of records.items.values()) {
    const own = intervals.get(item.person);
    if (own !== undefined) {
      checkItem(item, own, { evidence, setting, tell });
    }
  }
  checkRevokes(records, evidence, intervals, tell);
  checkRows(records, evidence, tell);
  const dropped = evidence.droppedHashes.size;
  // One that was written after the block it met is counted: which ones were is between the seconds of two clocks.
  const imported = [...records.items.values()].filter(
    (item) => item.kind === 'history' && isDropped(item, evidence, setting),
  ).length;
  if (evidence.attempts > dropped || evidence.attempts < dropped - imported) {
    tell('attempts', `${evidence.attempts} counted, ${dropped} dropped, ${imported} of an import`);
  }
};
