import type { MediaStore } from '../media/media-store.ts';
import type { TemplateBook } from '../templates/template-book.ts';
import type { Track } from '../webhooks/track.ts';
import type { WebhookSender } from '../webhooks/webhook-sender.ts';
import type { Card } from './card.ts';
import type { Channel } from './channels.ts';
import type { EventLog } from './event-log.ts';
import type { FaultBook } from './faults.ts';
import type { HeldAnswers } from './held-answers.ts';
import type { People, Person } from './people.ts';
import type { RateLimits } from './rate-limits.ts';
import type { Settings } from './settings.ts';

/** A message the Graph accepted from the business. */
export interface SentMessage {
  id: string;
  at: string;
  channel: string;
  /** As the business wrote it; null when it wrote to a BSUID. */
  to: string | null;
  recipient: string | null;
  waId: string | null;
  userId: string | null;
  personId: string | null;
  type: string;
  text: string | null;
  /** What the person sees beside the text. */
  card: Card;
  /** Price category of a template; null for everything else. */
  category: string | null;
  /** The object named like the type, untouched. */
  content: unknown;
  context: { message_id: string } | null;
  biz_opaque_callback_data: string | null;
  statuses: { status: string; at: string; code?: number }[];
  /** How the HTTP answer went out. */
  answer: 'sent' | 'held' | 'reset' | 'error' | 'hung-up';
}

export interface ReadMark {
  channel: string;
  messageId: string;
  from: string | null;
  typing: boolean;
  at: string;
}

/** Something a person did, on its way to the business. */
export interface InboundRecord {
  id: string;
  at: string;
  channel: string;
  personId: string | null;
  type: string;
  track: Track;
}

/** Everything the simulator knows. */
export interface World {
  readonly channels: Map<string, Channel>;
  readonly people: People;
  readonly faults: FaultBook;
  readonly held: HeldAnswers;
  readonly limits: RateLimits;
  readonly media: MediaStore;
  readonly templates: TemplateBook;
  readonly log: EventLog;
  readonly webhooks: WebhookSender;
  readonly outbox: Map<string, SentMessage>;
  readonly reads: ReadMark[];
  readonly inbound: Map<string, InboundRecord>;
  /** When set, the only token taken on numbers without their own. */
  readonly accessToken: string | null;
  settings: Settings;
  /** Where the simulator itself is reached: addresses of files begin with it. */
  publicUrl: string;
  /** A person's phone has something new to show. */
  touch: (person: Person) => void;
  /** Hears of every such change. */
  onTouch: Set<(person: Person) => void>;
  /** Hears of every message the business gets accepted. */
  onSent: Set<(message: SentMessage, person: Person) => void>;
  /** Work planned for later; cleared with the state. */
  later: (ms: number, work: () => void) => void;
  /** Something under way that a wait for quiet has to count. */
  during: (work: Promise<unknown>) => void;
  /** How much of both is still to come. */
  planned: () => number;
}
