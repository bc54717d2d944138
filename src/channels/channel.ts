/**
 * The port between the features and the ways people reach us. Neutral words only; a channel translates its own JSON
 * into these and knows nothing of blocks. Everything here is content unless it is an id, a kind or a time.
 */
import type { MessageKind } from '#features/conversations/contract.ts';
import type { Claim } from '#features/gate/server/index.ts';
import type { MediaKind } from '#features/media/contract.ts';
import type { BlockListPort } from './block-list-port.ts';
import type { OutboundTemplate, TemplateChangeItem, TemplatesAnswer } from './template-port.ts';

export type * from './block-list-port.ts';
export type * from './template-port.ts';

/** The names by which a channel knows one person. At least one is present. */
export interface PersonRef {
  /** As received, digits only, without plus. */
  readonly phone?: string;
  /** Business-scoped user id. */
  readonly bsuid?: string;
  /** For matching only; never addressed. */
  readonly parentBsuid?: string;
  /** The business portfolio whose numbers see that `bsuid`: another's see another id. Absent: not known. */
  readonly portfolioId?: string;
}

/** What a person chose to be called; content, so nothing of it is taken from a blocked person. */
export interface PersonNames {
  readonly profileName?: string;
  readonly username?: string;
}

interface InboundBase {
  /** Our channel's id. */
  readonly channelId: string;
  readonly workspaceId: string;
  /** The channel's own id of this item; unique per channel. */
  readonly externalId: string;
  /** The channel's clock, whole seconds since 1970. */
  readonly timestamp: number;
}

/** A message as the person wrote it. */
export interface MessageContent {
  readonly kind: MessageKind;
  readonly text?: string;
  /** JSON of our own naming, by kind; see channels/whatsapp/README.md. */
  readonly payload?: Readonly<Record<string, unknown>>;
  readonly replyToExternalId?: string;
  readonly isForwarded?: boolean;
  readonly isFrequentlyForwarded?: boolean;
}

/** Something from (or, as an echo, to) a person, which becomes a row of the history. */
export interface MessageItem extends InboundBase {
  readonly type: 'message';
  /** Tested first: `out` is what our own side sent from the phone app. */
  readonly direction: 'in' | 'out';
  readonly person: PersonRef;
  readonly names: PersonNames;
  readonly content: MessageContent;
  /** From a history import: no unread, no notice, no reopening. */
  readonly isHistory: boolean;
  /** Delivery state that a history import tells of our own messages. */
  readonly historyStatus?: 'sent' | 'delivered' | 'read' | 'played' | 'failed';
}

/** Acts on a stored message: reaction (emoji null = taken back), edit, revoke. */
export interface MessageActionItem extends InboundBase {
  /** From a history import: the past, which opens no window. */
  readonly isHistory?: boolean;
  readonly type: 'action';
  readonly direction: 'in' | 'out';
  readonly person: PersonRef;
  readonly names: PersonNames;
  readonly targetExternalId: string;
  readonly action:
    | { readonly kind: 'reaction'; readonly emoji: string | null }
    /** Null: what it says now is not told; empty of a file: its caption was taken away. */
    | { readonly kind: 'edit'; readonly text: string | null }
    | { readonly kind: 'revoke' };
}

/** The person now has other identities. */
export interface IdentityChangeItem extends InboundBase {
  readonly type: 'identity-change';
  readonly person: PersonRef;
  readonly next: PersonRef;
}

/**
 * An entry of the address book on the business's own phone: what our side calls a person, not something the person did.
 * An edit comes like a new entry.
 */
export interface ContactSyncItem extends InboundBase {
  readonly type: 'contact-sync';
  /** With a phone or a business-scoped id. */
  readonly person: PersonRef;
  /** Null once the entry was removed. */
  readonly bookName: string | null;
  /** Chosen by the person. */
  readonly username?: string;
}

/** How one of our own messages fares. Not inbound: applied whoever is blocked. */
export interface StatusItem {
  readonly type: 'status';
  readonly channelId: string;
  readonly workspaceId: string;
  readonly externalId: string;
  readonly status: 'sent' | 'delivered' | 'read' | 'played' | 'failed';
  readonly timestamp: number;
  /** Our message id, echoed (`biz_opaque_callback_data`). */
  readonly callbackData?: string;
  readonly errorCode?: number;
}

/** Belongs to no person's conversation (group messages, calls of a group, channel errors): only counted. */
export interface CountedItem {
  readonly type: 'counted';
  readonly channelId: string;
  readonly workspaceId: string;
  /** What is counted, e.g. `group-message`, `channel-error-130429`. */
  readonly name: string;
  /**
   * What the name begins with, where the rest is whatever somebody sent: a channel has room for some names of a family,
   * then they are counted as `<family>other`.
   */
  readonly family?: string;
}

export type InboundItem =
  | MessageItem
  | MessageActionItem
  | IdentityChangeItem
  | ContactSyncItem
  | StatusItem
  | TemplateChangeItem
  | CountedItem;

/** What leaves, as the claim hands it to a channel. */
export interface OutboundItem {
  readonly workspaceId: string;
  readonly channelId: string;
  readonly to: PersonRef;
  /** Our message id: WhatsApp returns it with each status. */
  readonly messageId: string;
  readonly content:
    | { readonly kind: 'text'; readonly text: string; readonly replyToExternalId?: string }
    | OutboundMedia
    | OutboundStructured
    /** On the message with the id `replyToExternalId`; null takes ours back. */
    | {
        readonly kind: 'reaction';
        readonly emoji: string | null;
        readonly replyToExternalId?: string;
      }
    | OutboundTemplate
    | { readonly kind: 'read'; readonly externalId: string };
}

/** What is more than text and no file; `payload` is in the naming of channels/whatsapp/README.md, checked when it was accepted. */
export interface OutboundStructured {
  readonly kind: 'location' | 'contacts' | 'interactive';
  /** What stands with buttons or a list; empty otherwise. */
  readonly text: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly replyToExternalId?: string;
}

/** A file that the channel has already (`uploadMedia`). */
export interface OutboundMedia {
  readonly kind: MediaKind;
  readonly mediaId: string;
  readonly caption?: string;
  readonly fileName?: string;
  readonly replyToExternalId?: string;
}

/** Not taken; it may be next time. */
export interface Retry {
  readonly kind: 'retry';
  readonly code: string;
  readonly afterMs: number | null;
  /** Nothing is wrong with it: too much was asked in too short a time. Waiting alone helps. */
  readonly isPace?: boolean;
}

/**
 * How a request ended.
 * accepted: the channel took it · refused: it said no for good · retry: it said not now ·
 * unknown: no answer came, and it may or may not have left.
 */
export type SendOutcome =
  | {
      readonly kind: 'accepted';
      readonly externalId: string | null;
      readonly resolvedPhone?: string;
    }
  | { readonly kind: 'refused'; readonly code: string }
  | Retry
  | { readonly kind: 'unknown' };

export interface SendLimits {
  /** Aborts the request, earlier than the claim's deadline. */
  readonly signal: AbortSignal;
  /** Tries that went before, for back-off. */
  readonly attempt: number;
}

/** A file that came with a message, as the channel names it. */
export interface MediaRequest {
  readonly workspaceId: string;
  readonly channelId: string;
  readonly mediaId: string;
  /** More bytes than these are not read. */
  readonly longestBytes: number;
}

export interface MediaLimits {
  /** Asked right before each request; when it says no, nothing is asked of the channel. */
  readonly mayAsk: () => Promise<boolean>;
  readonly signal: AbortSignal;
}

export type MediaAnswer =
  | {
      readonly kind: 'bytes';
      /** Read to its end or broken off; whatever it throws is of the network. */
      readonly bytes: AsyncIterable<Uint8Array>;
      readonly sha256: Buffer | null;
    }
  /** `mayAsk` said no. */
  | { readonly kind: 'not-asked' }
  /** The channel does not have it any more, or does not show it to us: only the age of the file tells which. */
  | { readonly kind: 'not-found'; readonly code: string }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'failed'; readonly code: string; readonly isWorthRepeating: boolean };

/** A file of ours that a channel is to have before a message names it. No person is named. */
export interface UploadRequest {
  readonly workspaceId: string;
  readonly channelId: string;
  readonly mimeType: string;
  readonly sizeBytes: number;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** The same as of a message, but that an upload of unknown end may simply be made once more. */
export type UploadOutcome =
  | { readonly kind: 'stored'; readonly mediaId: string; readonly goodForMs: number }
  | { readonly kind: 'refused'; readonly code: string }
  | Retry;

export interface Channel {
  readonly kind: 'whatsapp';
  /** Hands a file over, ahead of any claim. Never throws for what the network or the channel answers. */
  readonly uploadMedia: (
    request: UploadRequest,
    limits: { readonly signal: AbortSignal; readonly attempt: number },
  ) => Promise<UploadOutcome>;
  /** Asks for the bytes of a file. Never throws for what the network or the channel answers. */
  readonly fetchMedia: (request: MediaRequest, limits: MediaLimits) => Promise<MediaAnswer>;
  /** Reads every template of the account behind a channel; names nobody. Never throws for what is answered. */
  readonly readTemplates: (
    channel: { readonly workspaceId: string; readonly channelId: string },
    limits: { readonly signal: AbortSignal },
  ) => Promise<TemplatesAnswer>;
  /**
   * Sends what the claim holds: `claim.take()` right before the request is written; it throws when the claim has run out.
   * Never throws for what the network or the channel answers.
   */
  readonly send: (claim: Claim<OutboundItem>, limits: SendLimits) => Promise<SendOutcome>;
  /** Whether the channel has a read mark for the item with this id of its own (for a call, say, there is none). */
  readonly canMarkRead: (externalId: string) => boolean;
  readonly blockList: BlockListPort;
}
