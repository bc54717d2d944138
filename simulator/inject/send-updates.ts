import type { Channel } from '../state/channels.ts';
import type { Person } from '../state/people.ts';
import type { World } from '../state/world.ts';
import type { Track, Update } from '../webhooks/track.ts';
import type { Sender } from '../wire/sender.ts';

/** The person as this business sees them now. */
export function senderOf(world: World, person: Person, channel: Channel): Sender {
  return {
    waId: person.waId,
    userId: world.people.userIdFor(person, channel),
    parentUserId: world.people.parentIdFor(person, channel),
    name: person.name,
    username: person.username,
    hidden: person.number === '' ? 'missing' : person.hidden,
  };
}

/** An update about one person, ready for the webhook sender. */
export function updateAbout(
  person: Person,
  channel: Channel,
  news: { field: string; value: Record<string, unknown>; title: string; track: Track },
): Update {
  return { ...news, channel, lane: `${channel.phoneNumberId} ${person.id}` };
}
