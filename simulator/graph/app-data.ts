import { importHistory } from '../inject/import-history.ts';
import { syncContacts } from '../inject/sync-contacts.ts';
import type { Channel } from '../state/channels.ts';
import type { World } from '../state/world.ts';
import { makeTraceId } from '../wire/ids.ts';
import { invalid, type Json } from './fields.ts';
import { GraphError } from './graph-error.ts';

const DAY_MS = 86_400_000;

/** Which of the two is which is a guess, and a switch: `syncRefusals`. */
function refusal(world: World, why: 'asked-before' | 'too-late'): GraphError {
  const isFirst = (why === 'asked-before') === (world.settings.syncRefusals === 'as-guessed');
  return new GraphError(isFirst ? 2_593_107 : 2_593_108);
}

/** `POST /{number}/smb_app_data`: the app's contacts or history come by webhook, each once, within a day of joining. */
export function requestSync(world: World, channel: Channel, body: Json): object {
  if (!channel.coexistence) {
    throw new GraphError(100, { details: 'The number is not in use on the Business app' });
  }
  const type = body['sync_type'];
  if (type !== 'history' && type !== 'smb_app_state_sync') {
    throw invalid('sync_type must be history or smb_app_state_sync');
  }
  if (channel.asked.has(type)) throw refusal(world, 'asked-before');
  if (Date.now() - channel.joinedAt > DAY_MS) throw refusal(world, 'too-late');
  channel.asked.add(type);
  if (type === 'history') importHistory(world, channel, { declined: !channel.historyShared });
  else syncContacts(world, channel);
  return { messaging_product: 'whatsapp', request_id: makeTraceId() };
}
