/** What the test did and was told; the checks at the end hold the database and the outbox against it. */
export interface Customer {
  readonly phone: string;
  readonly contactId: string;
  readonly conversationId: string;
}

export interface Written {
  /** WhatsApp's id. */
  readonly externalId: string;
  readonly phone: string;
  readonly writtenAt: number;
  readonly isPicture: boolean;
  /** When a 200 was answered. */
  deliveredAt: number | null;
}

export interface Accepted {
  readonly messageId: string;
  readonly phone: string;
  readonly text: string;
  readonly acceptedAt: number;
  /** Of the picture that was given with it (hex); null of a text alone. */
  readonly sha256: string | null;
}

/** One block, from the answer to its PUT to the request that lifted it. */
export interface BlockSpan {
  readonly phone: string;
  readonly askedAt: number;
  readonly answeredAt: number;
  readonly stillOnWire: readonly string[];
  liftAskedAt: number | null;
}

export interface Ledger {
  readonly written: Written[];
  readonly accepted: Accepted[];
  readonly blocks: BlockSpan[];
  /** 409s: refused because of a block. */
  refused: number;
  /** A key that was answered with two messages, a status that was not expected. */
  readonly contradictions: string[];
  /** Messages whose status webhooks were held back, and what of them WhatsApp told afterwards. */
  readonly muted: Map<string, 'told' | 'untold'>;
  /** Rounds in which WhatsApp's answers were lost. */
  lostAnswers: number;
}

export const openLedger = (): Ledger => ({
  written: [],
  accepted: [],
  blocks: [],
  refused: 0,
  contradictions: [],
  muted: new Map(),
  lostAnswers: 0,
});
