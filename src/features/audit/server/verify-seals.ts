import type { Db } from '#platform/server/deps.ts';
import type { Keyed } from '#platform/server/keyed-hash.ts';
import type { KeptHead } from './heads-file.ts';
import { sealOf } from './seal-hash.ts';
import {
  countUnsealed,
  isWorkerRunning,
  listSeals,
  listWorkspaces,
  type SealedEvent,
  type Unsealed,
} from './seal-store.ts';

/**
 * What does not fit. `changed`: an event says something else than when it was sealed, or its seal is another one.
 * `event-missing`: a seal without its event. `gap`: a place in the chain without a seal. `cut`: the chain ends before a
 * head that was kept outside. `other-chain`: at the place of a kept head stands another seal. `unsealed`: events that
 * nothing will ever seal. `overdue`: events that have waited for a minute although a worker runs.
 */
export type FaultKind =
  | 'changed'
  | 'event-missing'
  | 'gap'
  | 'cut'
  | 'other-chain'
  | 'unsealed'
  | 'overdue';

export interface Fault {
  readonly workspaceId: string;
  readonly kind: FaultKind;
  /** The place in the chain; absent for what has none. */
  readonly seq?: number;
  readonly eventId?: string;
  /** For `cut` and `other-chain`: when the head was kept. */
  readonly headAt?: string;
  /** For `unsealed` and `overdue`. */
  readonly count?: number;
  /** For `overdue`: when the oldest of them was made. */
  readonly since?: string;
}

/**
 * Events that the next worker will seal; none is seen to run. No fault: a process that was killed, or a database that was
 * just restored, leaves some. But until then their seals protect nothing, and seals that somebody deleted after the last
 * kept head look the same: so how many, and since when.
 */
export interface Waiting {
  readonly workspaceId: string;
  readonly count: number;
  /** When the oldest of them was made. */
  readonly since: string;
}

export interface Verdict {
  readonly workspaces: number;
  readonly events: number;
  readonly headsCompared: number;
  readonly faults: readonly Fault[];
  readonly waiting: readonly Waiting[];
}

const pieceSize = 1_000;

interface Chain {
  readonly faults: Fault[];
  readonly seqs: number;
}

/** By place, and there by hash: every hash that was ever kept of it, as of when it was kept last. */
type HeadsBySeq = ReadonlyMap<number, ReadonlyMap<string, KeptHead>>;

interface Walk {
  before: Buffer | undefined;
  lastSeq: number;
}

const checkPiece = (
  keyed: Keyed,
  walk: Walk,
  kept: HeadsBySeq,
  { seal, event }: SealedEvent,
): Fault[] => {
  const { workspaceId, seq, eventId } = seal;
  const faults: Fault[] = [];
  if (seq !== walk.lastSeq + 1) {
    faults.push({ workspaceId, kind: 'gap', seq: walk.lastSeq + 1 });
    // What stood there is gone, and with it what this one was linked to: the chain is taken up again here.
    walk.before = undefined;
  }
  const isFirstAfterGap = walk.before === undefined && seq !== 1;
  if (event === undefined) {
    faults.push({ workspaceId, kind: 'event-missing', seq, eventId });
  } else if (!isFirstAfterGap && !sealOf(keyed, event, seq, walk.before).equals(seal.hash)) {
    faults.push({ workspaceId, kind: 'changed', seq, eventId });
  }
  for (const head of kept.get(seq)?.values() ?? []) {
    if (!head.hash.equals(seal.hash)) {
      faults.push({ workspaceId, kind: 'other-chain', seq, headAt: head.at });
    }
  }
  walk.before = seal.hash;
  walk.lastSeq = seq;
  return faults;
};

/** A later head does not hide an earlier one of its place: the chain may have become another one between the two. */
const bySeqAndHash = (kept: readonly KeptHead[]): HeadsBySeq => {
  const heads = new Map<number, Map<string, KeptHead>>();
  for (const head of kept) {
    const ofSeq = heads.get(head.seq) ?? new Map<string, KeptHead>();
    heads.set(head.seq, ofSeq.set(head.hash.toString('hex'), head));
  }
  return heads;
};

const verifyChain = async (
  { db, keyed }: { db: Db; keyed: Keyed },
  workspaceId: string,
  kept: readonly KeptHead[],
): Promise<Chain> => {
  const bySeq = bySeqAndHash(kept);
  const walk: Walk = { before: undefined, lastSeq: 0 };
  const faults: Fault[] = [];
  let seqs = 0;
  for (;;) {
    const piece = await listSeals(db, workspaceId, walk.lastSeq, pieceSize);
    for (const sealed of piece) {
      faults.push(...checkPiece(keyed, walk, bySeq, sealed));
    }
    seqs += piece.length;
    if (piece.length < pieceSize) {
      break;
    }
  }
  const furthest = kept.reduce<KeptHead | undefined>(
    (far, head) => (far === undefined || head.seq > far.seq ? head : far),
    undefined,
  );
  if (furthest !== undefined && furthest.seq > walk.lastSeq) {
    faults.push({ workspaceId, kind: 'cut', seq: walk.lastSeq + 1, headAt: furthest.at });
  }
  return { faults, seqs };
};

const faultsOf = (unsealed: Unsealed, isRunning: boolean): Fault[] => {
  const { workspaceId, forgotten, overdue, since } = unsealed;
  const faults: Fault[] = [];
  if (forgotten > 0) {
    faults.push({ workspaceId, kind: 'unsealed', count: forgotten });
  }
  if (isRunning && overdue > 0 && since !== undefined) {
    faults.push({ workspaceId, kind: 'overdue', count: overdue, since });
  }
  return faults;
};

const waitingOf = ({ workspaceId, waiting, since }: Unsealed): Waiting[] =>
  since === undefined ? [] : [{ workspaceId, count: waiting, since }];

/**
 * Reads every chain from its first seal to its last and compares it with the log and with the heads kept outside.
 * @param kept of the file of heads; none: only what the database itself can tell
 */
export const verifySeals = async (
  deps: { readonly db: Db; readonly keyed: Keyed },
  kept: readonly KeptHead[],
): Promise<Verdict> => {
  const workspaceIds = [
    ...new Set([...(await listWorkspaces(deps.db)), ...kept.map((head) => head.workspaceId)]),
  ];
  const faults: Fault[] = [];
  let events = 0;
  for (const workspaceId of workspaceIds) {
    const ownHeads = kept.filter((head) => head.workspaceId === workspaceId);
    const chain = await verifyChain(deps, workspaceId, ownHeads);
    faults.push(...chain.faults);
    events += chain.seqs;
  }
  const unsealed = await countUnsealed(deps.db);
  const isRunning = await isWorkerRunning(deps.db);
  return {
    ...{ workspaces: workspaceIds.length, events, headsCompared: kept.length },
    faults: [...faults, ...unsealed.flatMap((some) => faultsOf(some, isRunning))],
    waiting: isRunning ? [] : unsealed.flatMap(waitingOf),
  };
};
