import type { Channel } from '../state/channels.ts';
import type { World } from '../state/world.ts';
import { shakeHands } from '../webhooks/handshake.ts';
import { makePortfolioId } from '../wire/ids.ts';
import { isObject } from './fields.ts';
import { GraphError } from './graph-error.ts';

function formatted(digits: string): string {
  const brazil = /^55(\d{2})(\d{4,5})(\d{4})$/.exec(digits);
  return brazil === null ? `+${digits}` : `+55 ${brazil[1]} ${brazil[2]}-${brazil[3]}`;
}

const DEFAULT_FIELDS = [
  'verified_name',
  'code_verification_status',
  'display_phone_number',
  'quality_rating',
  'platform_type',
  'throughput',
];

function fieldsOf(channel: Channel): Record<string, unknown> {
  return {
    verified_name: channel.verifiedName,
    code_verification_status: 'VERIFIED',
    display_phone_number: formatted(channel.displayPhoneNumber),
    quality_rating: channel.health.quality,
    platform_type: 'CLOUD_API',
    throughput: { level: channel.health.throughput },
    status: channel.health.status,
    name_status: channel.health.nameStatus,
    account_mode: 'LIVE',
    country_code: 'BR',
    country_dial_code: '55',
    host_platform: 'CLOUD_API',
    is_official_business_account: false,
    is_on_biz_app: channel.coexistence,
    messaging_limit_tier: channel.health.limit,
    whatsapp_business_manager_messaging_limit: channel.health.limit,
  };
}

/** A number's node with the fields asked for; unknown fields are refused as Graph does. */
export function describeNumber(channel: Channel, fields: string | undefined): object {
  const all = fieldsOf(channel);
  const wanted =
    fields === undefined ? DEFAULT_FIELDS : fields.split(',').map((name) => name.trim());
  const chosen: Record<string, unknown> = {};
  for (const name of wanted) {
    if (name === 'id' || name === '') continue;
    if (!(name in all)) {
      throw new GraphError(100, {
        message: `(#100) Tried accessing nonexisting field (${name}) on node type (WhatsAppBusinessPhoneNumber)`,
      });
    }
    chosen[name] = all[name];
  }
  return { ...chosen, id: channel.phoneNumberId };
}

/** The account's own node. */
export function describeAccount({ wabaId, verifiedName, portfolio }: Channel): object {
  return {
    id: wabaId,
    name: verifiedName,
    timezone_id: '25',
    currency: 'BRL',
    owner_business_info: { id: makePortfolioId(portfolio), name: verifiedName },
  };
}

export function listNumbers(channels: readonly Channel[], fields: string | undefined): object {
  const data = channels.map((channel) => describeNumber(channel, fields));
  const last = data.length - 1;
  const cursor = (index: number) => Buffer.from(String(index)).toString('base64url');
  return { data, paging: { cursors: { before: cursor(0), after: cursor(last) } } };
}

/** Takes a callback URL only after its handshake, as Meta does. */
export async function overrideCallback(
  world: World,
  channels: readonly Channel[],
  uri: string,
  verifyToken: string,
): Promise<void> {
  for (const channel of channels) {
    const result = URL.canParse(uri)
      ? await shakeHands({ url: uri, verifyToken, channel }, world.webhooks.pool, world.log)
      : 'unreachable';
    if (result !== 'verified') {
      throw new GraphError(2200, {
        message: '(#2200) Callback verification failed: the callback did not answer the challenge.',
      });
    }
    channel.webhookUrl = uri;
    channel.verifyToken = verifyToken;
    channel.handshake = 'verified';
  }
}

export async function subscribe(
  world: World,
  channels: readonly Channel[],
  body: unknown,
): Promise<object> {
  const { override_callback_uri: uri, verify_token: token } = isObject(body) ? body : {};
  if (typeof uri === 'string') {
    await overrideCallback(world, channels, uri, typeof token === 'string' ? token : '');
  }
  for (const channel of channels) channel.subscribed = true;
  return { success: true };
}

export function unsubscribe(channels: readonly Channel[]): object {
  for (const channel of channels) channel.subscribed = false;
  return { success: true };
}

const LINK = 'https://www.facebook.com/';

/** The app that every token here is of. */
const OUR_APP = { id: '500000000000001', link: LINK, name: 'Demonstração' };
const OTHER_APP = { id: '500000000000009', link: LINK, name: 'Outro programa' };

/** The app of a token: its id alone where no more is asked for. */
export function describeApp(fields: string | undefined): object {
  return fields === 'id' ? { id: OUR_APP.id } : OUR_APP;
}

export function listSubscriptions(channels: readonly Channel[]): object {
  const data: object[] = [];
  if (channels.some((channel) => channel.otherApp)) {
    data.push({ whatsapp_business_api_data: OTHER_APP });
  }
  const subscribed = channels.find((channel) => channel.subscribed);
  if (subscribed !== undefined) {
    const override =
      subscribed.webhookUrl === null ? {} : { override_callback_uri: subscribed.webhookUrl };
    data.push({ whatsapp_business_api_data: OUR_APP, ...override });
  }
  return { data };
}
