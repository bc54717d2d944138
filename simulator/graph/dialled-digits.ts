import type { Channel } from '../state/channels.ts';
import type { World } from '../state/world.ts';
import { dial, digitsOf } from '../wire/phone-forms.ts';

/**
 * What a number in a request is taken for. One that somebody has as it stands needs no country code: a WhatsApp ID that we
 * gave out ourselves may look like a Brazilian number without one.
 */
export function dialledDigits(world: World, channel: Channel, input: string): string {
  return world.people.byPhone(input) === undefined
    ? dial(input, channel.displayPhoneNumber)
    : digitsOf(input);
}
