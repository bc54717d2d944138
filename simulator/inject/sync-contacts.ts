import type { Channel } from '../state/channels.ts';
import type { Person } from '../state/people.ts';
import type { World } from '../state/world.ts';
import { Track } from '../webhooks/track.ts';
import { senderOf } from './send-updates.ts';

export type ContactAction = 'add' | 'remove';

/** One entry of the app's address book as `smb_app_state_sync` tells it. */
export function stateOf(
  world: World,
  channel: Channel,
  person: Person,
  action: ContactAction,
  seconds: number,
  bookName?: string,
): Record<string, unknown> {
  const { waId, userId, parentUserId, username, ...sender } = senderOf(world, person, channel);
  const name = bookName ?? sender.name;
  const names = action === 'add' ? { full_name: name, first_name: name.split(' ')[0] ?? name } : {};
  return {
    type: 'contact',
    contact: {
      ...names,
      phone_number: waId,
      user_id: userId,
      ...(parentUserId === null ? {} : { parent_user_id: parentUserId }),
      ...(username === null ? {} : { username }),
    },
    action,
    metadata: { timestamp: String(seconds) },
  };
}

/** Tells the whole address book of the Business app: everybody the simulator knows by number. */
export function syncContacts(world: World, channel: Channel): Track {
  const track = new Track();
  const seconds = Math.floor(Date.now() / 1_000);
  const people = world.people.list().filter(({ number }) => number !== '');
  const value = {
    state_sync: people.map((person) => stateOf(world, channel, person, 'add', seconds)),
  };
  world.webhooks.send([
    {
      channel,
      field: 'smb_app_state_sync',
      value,
      lane: `contacts ${channel.phoneNumberId}`,
      title: `agenda do aparelho · ${people.length}`,
      track,
    },
  ]);
  return track;
}
