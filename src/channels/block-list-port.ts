/** The part of the port (`channel.ts`) that is about the channel's own block list (G8). */

/** How the channel is told whom we mean. A parent id is never one. */
export interface ListAddress {
  readonly kind: 'phone' | 'bsuid';
  /** As received from the channel. */
  readonly value: string;
}

/** Why the channel does not take somebody onto its list, or off it. */
export type ListRefusal = 'waiting-for-message' | 'list-full' | 'not-supported' | 'failed';

/** What became of one address. */
export type ListOutcome =
  | { readonly kind: 'done' }
  | {
      readonly kind: 'refused';
      readonly why: ListRefusal;
      readonly code: string;
      /** The request was refused and nothing was said of this address: a person may mend what is in the way, and then it is worth asking again. */
      readonly isWhole?: true;
    }
  /** Not done, and may be asked for again. */
  | { readonly kind: 'retry'; readonly code: string }
  /** No answer came, or none that names it: it may or may not have been done. Asking again does no harm. */
  | { readonly kind: 'unknown' };

export interface ListChange {
  /** One for each address, in the same order. */
  readonly outcomes: readonly ListOutcome[];
  /** How long this number is to be left alone; null when nothing stands against the next request. */
  readonly restMs: number | null;
}

/** Somebody on the channel's list; at least one of phone and bsuid is known. */
export interface ListedPerson {
  readonly phone?: string;
  readonly bsuid?: string;
  readonly parentBsuid?: string;
}

export type ListPage =
  | {
      readonly kind: 'page';
      readonly people: readonly ListedPerson[];
      /** Where the next page begins; null after the last one. */
      readonly next: string | null;
    }
  /** The list changed while it was read: what was read is void, and reading begins anew. */
  | { readonly kind: 'changed' }
  /** Never to be taken for an empty list. */
  | { readonly kind: 'failed'; readonly code: string; readonly isWorthRepeating: boolean };

interface ListPlace {
  readonly workspaceId: string;
  readonly channelId: string;
}

/** The channel's own list of people it shuts out, one for each number of ours. None of these ever throws. */
export interface BlockListPort {
  /** Up to `mostAddresses` at once. Names people, yet reaches none of them, so it needs no claim. */
  readonly change: (
    place: ListPlace,
    verb: 'block' | 'unblock',
    addresses: readonly ListAddress[],
    limits: { readonly signal: AbortSignal; readonly attempt: number },
  ) => Promise<ListChange>;
  /** @param after null for the first page */
  readonly readPage: (
    place: ListPlace,
    after: string | null,
    signal: AbortSignal,
  ) => Promise<ListPage>;
}

/** Of one request (docs/whatsapp-cloud-api.md, 1.6). */
export const mostAddresses = 1_000;
