/** Shapes the control API answers with, as far as the page reads them. */
export type Ticks = 'pending' | 'sent' | 'delivered' | 'read' | 'none';

export type MediaKind = 'image' | 'video' | 'audio' | 'document' | 'sticker';

export interface CardMedia {
  id: string | null;
  link: string | null;
  kind: MediaKind;
  mimeType: string | null;
  fileName: string | null;
  size: number | null;
  isVoice: boolean;
}

export interface CardButton {
  kind: 'reply' | 'quick_reply' | 'url' | 'phone' | 'other';
  id: string;
  title: string;
  url: string | null;
}

export interface CardRow {
  id: string;
  title: string;
  description: string | null;
}

/** What a message shows beside its text. */
export interface Card {
  media?: CardMedia;
  header?: string;
  footer?: string;
  location?: { latitude: number; longitude: number; name: string | null; address: string | null };
  contacts?: { name: string; phones: string[] }[];
  buttons?: CardButton[];
  list?: { button: string; sections: { title: string | null; rows: CardRow[] }[] };
  order?: { name: string; quantity: number; price: string }[];
  forwarded?: 'once' | 'often';
  template?: string;
}

export interface ThreadItem {
  id: string;
  channel: string;
  side: 'person' | 'business' | 'system';
  kind: string;
  text: string;
  card: Card | null;
  at: number;
  ticks: Ticks;
  quotedText: string | null;
  reaction: string | null;
  edited: boolean;
  deleted: boolean;
}

export interface Phone {
  id: string;
  createdAt: number;
  number: string;
  waId: string;
  userId: string;
  name: string;
  username: string | null;
  hidden: 'no' | 'missing' | 'empty';
  isOnline: boolean;
  readsAlone: boolean;
  onDesk: boolean;
  blocks: string[];
  blockedBy: string[];
  unread: number;
  waiting: number;
  isTypingShown: boolean;
  thread: ThreadItem[];
}

export interface Channel {
  phoneNumberId: string;
  displayPhoneNumber: string;
  verifiedName: string;
  webhookUrl: string | null;
  subscribed: boolean;
  handshake: 'none' | 'pending' | 'verified' | 'refused';
  blockedCount: number;
}

export interface LogEntry {
  id: number;
  at: number;
  kind: 'webhook' | 'api' | 'handshake' | 'note';
  title: string;
  method: string | null;
  url: string | null;
  status: number | null;
  state: 'ok' | 'waiting' | 'failed';
  ms: number | null;
  request: unknown;
  answer: unknown;
  attempts: { at: number; status: number | null; error: string | null; ms: number }[];
}

export interface Scenario {
  name: string;
  title: string;
  summary: string;
  isRunning: boolean;
}

export interface Settings {
  statuses: { sentMs: number; deliveredMs: number; readMs: number | null };
  webhooks: { paused: boolean };
}

export interface Snapshot {
  phones: Phone[];
  others: { number: string; name: string }[];
  channels: Channel[];
  settings: Settings;
  log: LogEntry[];
  scenarios: Scenario[];
}
