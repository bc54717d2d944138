import type { Db } from '#platform/server/deps.ts';
import type { Keyed } from '#platform/server/keyed-hash.ts';
import type { KeptHead } from './heads-file.ts';
import { sealOf } from './seal-hash.ts';
import { countForgotten, listSeals, listWorkspaces, type SealedEvent } from './seal-store.ts';

/**
 * What does not fit. `changed`: an event says something else than when it was sealed, or its seal is another one.
 * `event-missing`: a seal without its event. `gap`: a place in the chain without a seal. `cut`: the chain ends before a
 * head that was kept outside. `other-chain`: at the place of a kept head stands another seal. `unsealed`: events that
 * nobody sealed for a minute.
 */
export type FaultKind = 'changed' | 'event-missing' | 'gap' | 'cut' | 'other-chain' | 'unsealed';

export interface Fault {
  readonly workspaceId: string;
  readonly kind: FaultKind;
  /** The place in the chain; absent for what has none. */
  readonly seq?: number;
  readonly eventId?: string;
  /** For `cut` and `other-chain`: when the head was kept. */
  readonly headAt?: string;
  /** For `unsealed`. */
  readonly count?: number;
}

export interface Verdict {
  readonly workspaces: number;
  readonly events: number;
  readonly headsCompared: number;
  readonly faults: readonly Fault[];
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
  for (const { workspaceId, count } of await countForgotten(deps.db)) {
    faults.push({ workspaceId, kind: 'unsealed', count });
  }
  return { workspaces: workspaceIds.length, events, headsCompared: kept.length, faults };
};
