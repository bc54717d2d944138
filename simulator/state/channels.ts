import { digitsOf } from '../wire/phone-forms.ts';
import { WEBHOOK_FIELDS } from '../wire/webhook-fields.ts';
import { BlockList } from './block-list.ts';

/** What a starter may say of one business number. */
export interface ChannelOptions {
  phoneNumberId: string;
  wabaId: string;
  displayPhoneNumber: string;
  verifiedName?: string | undefined;
  appSecret: string;
  verifyToken: string;
  webhookUrl?: string | null | undefined;
  /** When given, only this token is accepted for the number. */
  accessToken?: string | null | undefined;
  /** In use on the WhatsApp Business app too: edits, deletions and echoes are told. */
  coexistence?: boolean | undefined;
  /** Numbers of one portfolio see the same business-scoped user ids. */
  portfolio?: string | undefined;
}

export type Handshake = 'none' | 'pending' | 'verified' | 'refused';

/** What Meta thinks of a number. */
export interface Health {
  status: string;
  quality: 'GREEN' | 'YELLOW' | 'RED' | 'UNKNOWN';
  throughput: 'STANDARD' | 'HIGH' | 'NOT_APPLICABLE';
  limit: string;
  nameStatus: string;
}

export function goodHealth(): Health {
  return {
    status: 'CONNECTED',
    quality: 'GREEN',
    throughput: 'STANDARD',
    limit: 'TIER_250',
    nameStatus: 'APPROVED',
  };
}

export interface Channel {
  readonly phoneNumberId: string;
  readonly wabaId: string;
  readonly displayPhoneNumber: string;
  readonly verifiedName: string;
  readonly appSecret: string;
  readonly accessToken: string | null;
  coexistence: boolean;
  /** When it joined from the Business app, and what the business has asked of the app since. */
  joinedAt: number;
  readonly asked: Set<string>;
  /** Whether the owner ticked, on the phone, that the history goes along. */
  historyShared: boolean;
  readonly health: Health;
  readonly portfolio: string;
  readonly blockList: BlockList;
  verifyToken: string;
  webhookUrl: string | null;
  subscribed: boolean;
  /** Another program's app is subscribed to the account as well, or instead. */
  otherApp: boolean;
  /** Which webhook fields the app has ticked; all of them unless somebody takes one away. */
  fields: ReadonlySet<string>;
  handshake: Handshake;
}

export const DEFAULT_CHANNEL: ChannelOptions = {
  phoneNumberId: '100000000000001',
  wabaId: '200000000000001',
  displayPhoneNumber: '5511900000000',
  verifiedName: 'Loja Demonstração',
  appSecret: 'demo-app-secret',
  verifyToken: 'demo-verify-token',
  coexistence: true,
};

export function createChannel(options: ChannelOptions, webhookUrl: string | null): Channel {
  const url = options.webhookUrl === undefined ? webhookUrl : options.webhookUrl;
  return {
    phoneNumberId: options.phoneNumberId,
    wabaId: options.wabaId,
    displayPhoneNumber: digitsOf(options.displayPhoneNumber),
    verifiedName: options.verifiedName ?? `Canal ${options.phoneNumberId.slice(-4)}`,
    appSecret: options.appSecret,
    accessToken: options.accessToken ?? null,
    coexistence: options.coexistence ?? false,
    joinedAt: Date.now(),
    asked: new Set(),
    historyShared: true,
    health: goodHealth(),
    portfolio: options.portfolio ?? 'demo',
    blockList: new BlockList(),
    verifyToken: options.verifyToken,
    webhookUrl: url,
    subscribed: true,
    otherApp: false,
    fields: new Set(WEBHOOK_FIELDS),
    handshake: url === null ? 'none' : 'pending',
  };
}

/** Puts the number on the Business app, as if it had joined then, or takes it off. */
export function joinApp(channel: Channel, isOn: boolean, joinedAt?: string): void {
  channel.coexistence = isOn;
  channel.joinedAt = joinedAt === undefined ? Date.now() : Date.parse(joinedAt);
  channel.asked.clear();
}

/** Forgets what happened to the number; its ids, secrets and address stay. */
export function startAnew(channel: Channel): void {
  channel.blockList.clear();
  channel.subscribed = true;
  channel.otherApp = false;
  channel.fields = new Set(WEBHOOK_FIELDS);
  channel.historyShared = true;
  joinApp(channel, channel.coexistence);
  Object.assign(channel.health, goodHealth());
}
