/** Shapes the control API answers with, as far as the page reads them. */
import type { ThreadItem } from '../state/threads.ts';

export type { Card, CardButton, CardMedia, CardRow } from '../state/card.ts';
export type { ThreadItem, Ticks } from '../state/threads.ts';

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
  wabaId: string;
  appSecret: string;
  accessToken: string | null;
  displayPhoneNumber: string;
  verifiedName: string;
  webhookUrl: string | null;
  subscribed: boolean;
  otherApp: boolean;
  fields: string[];
  coexistence: boolean;
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
  window: 'sync' | 'async' | 'off';
  limits: { pairBurst: number | null; numberPerSecond: number | null };
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
