import { importHistory } from '../inject/import-history.ts';
import { syncContacts } from '../inject/sync-contacts.ts';
import type { Channel } from '../state/channels.ts';
import type { World } from '../state/world.ts';
import { makeTraceId } from '../wire/ids.ts';
import { invalid, type Json } from './fields.ts';
import { GraphError } from './graph-error.ts';

/** `POST /{number}/smb_app_data`: the app's contacts or history come by webhook. */
export function requestSync(world: World, channel: Channel, body: Json): object {
  if (!channel.coexistence) {
    throw new GraphError(100, { details: 'The number is not in use on the Business app' });
  }
  const type = body['sync_type'];
  if (type === 'history') importHistory(world, channel);
  else if (type === 'smb_app_state_sync') syncContacts(world, channel);
  else throw invalid('sync_type must be history or smb_app_state_sync');
  return { messaging_product: 'whatsapp', request_id: makeTraceId() };
}
