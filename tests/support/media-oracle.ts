import type { Evidence } from './evidence.ts';
import { type Findings, note } from './inbound-oracle.ts';
import { type Intervals, insideWhich, intervalsOf, touchesAny } from './intervals.ts';
import type { FileRequest, Item, Records } from './records.ts';

export const mediaInvariants = {
  asked: 'no file is asked for once its sender has been blocked for a while',
  kept: 'no file that came while its sender was blocked is kept, unblocked since or not',
  lost: 'every file that no block has to do with is here in the end',
  echoes: 'what was written on the phone app is here once, whoever is blocked',
} as const;

/** The gate is asked right before the request; on a busy machine it arrives so much later at the most. */
const longestUnderWayMs = 3_000;

type Tell = (what: keyof typeof mediaInvariants, text: string) => void;

interface Case {
  readonly item: Item;
  readonly requests: readonly FileRequest[];
  readonly state: string | undefined;
  readonly intervals: Intervals;
  readonly tell: Tell;
}

const checkAsked = ({ item, requests, intervals, tell }: Case): void => {
  for (const { arrivedAt, step } of requests) {
    const block = insideWhich({ from: arrivedAt, to: arrivedAt }, intervals.certain);
    if (block !== undefined && arrivedAt - block.from > longestUnderWayMs) {
      tell('asked', `${item.wamid} of ${item.person.name}: ${step}`);
    }
  }
};

const checkKept = ({ item, requests, state, intervals, tell }: Case): void => {
  const last = requests.filter(({ step }) => step === 'bytes').at(-1);
  const cameAt = last?.answeredAt ?? Number.POSITIVE_INFINITY;
  const block = insideWhich({ from: cameAt, to: cameAt }, intervals.certain);
  if (state === 'ready' && block !== undefined) {
    tell('kept', `${item.wamid} of ${item.person.name}`);
  }
};

const checkLost = ({ item, state, intervals, tell }: Case): void => {
  const first = Math.min(...item.deliveries.map(({ from }) => from));
  const since = { from: first, to: Number.POSITIVE_INFINITY };
  if (!touchesAny(since, intervals.possible) && state !== 'ready') {
    tell('lost', `${item.wamid} of ${item.person.name}: ${state ?? 'unknown'}`);
  }
};

/** @param isSettled no file is being fetched any more */
export const checkMedia = (
  records: Records,
  evidence: Evidence,
  findings: Findings,
  isSettled: boolean,
): void => {
  const tell: Tell = (what, text) => note(findings, mediaInvariants[what], text);
  const requests = new Map<string, FileRequest[]>();
  for (const request of records.files) {
    requests.set(request.wamid, [...(requests.get(request.wamid) ?? []), request]);
  }
  const pictures = [...records.items.values()].filter(({ kind }) => kind === 'image');
  for (const item of pictures) {
    const about = {
      ...{ item, tell, intervals: intervalsOf(records, item.person) },
      requests: requests.get(item.wamid) ?? [],
      state: evidence.fileStates.get(item.wamid),
    };
    checkAsked(about);
    checkKept(about);
    // What was not admitted is the business of the inbound invariants.
    if (isSettled && evidence.inbound.has(item.wamid)) {
      checkLost(about);
    }
  }
  for (const { wamid, status } of records.echoes) {
    const times = evidence.outboundExternalIds.filter((id) => id === wamid).length;
    if (status === 200 && times !== 1) {
      tell('echoes', `${wamid}: ${times} times`);
    }
  }
};
