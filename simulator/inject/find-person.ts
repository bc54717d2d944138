import type { Channel } from '../state/channels.ts';
import type { HiddenPhone, Person, PersonDraft } from '../state/people.ts';
import { RequestError } from '../state/request-error.ts';
import type { World } from '../state/world.ts';
import { looksLikeUserId } from '../wire/ids.ts';
import { digitsOf, looksLikePhone } from '../wire/phone-forms.ts';
import type { InboundSpec } from './inbound-spec.ts';

/** The business number a request means: the one named, or the first. */
export function channelNamed(world: World, phoneNumberId: string | undefined): Channel {
  const channel =
    phoneNumberId === undefined
      ? world.channels.values().next().value
      : world.channels.get(phoneNumberId);
  if (channel === undefined) throw new RequestError(404, `no channel ${phoneNumberId ?? ''}`);
  return channel;
}

function hiddenFrom(hidden: InboundSpec['hidden']): HiddenPhone | undefined {
  if (hidden === undefined || typeof hidden === 'string') return hidden;
  return hidden ? 'missing' : 'no';
}

function draftFrom(spec: InboundSpec): PersonDraft {
  const hidden = hiddenFrom(spec.hidden);
  return {
    ...(spec.name === undefined ? {} : { name: spec.name }),
    ...(spec.username === undefined ? {} : { username: spec.username }),
    ...(hidden === undefined ? {} : { hidden }),
    ...(spec.parentUserId === undefined ? {} : { hasParentId: spec.parentUserId }),
    ...(spec.waId === undefined ? {} : { waId: digitsOf(spec.waId) }),
    ...(spec.userId === undefined ? {} : { userId: spec.userId }),
  };
}

/**
 * The person a spec speaks of, made when new. The number of a known person with another BSUID is
 * a recycled number: somebody else has it from now on.
 */
export function personOf(world: World, spec: InboundSpec, channel: Channel): Person {
  const draft = draftFrom(spec);
  const reference = spec.from ?? spec.userId;
  if (reference === undefined) throw new RequestError(422, 'from or userId is needed');
  const known = world.people.find(reference);
  if (known !== undefined) {
    const isSame =
      spec.userId === undefined || world.people.userIdFor(known, channel) === spec.userId;
    if (!isSame) return world.people.create(known.number, draft);
    world.people.change(known, draft);
    return known;
  }
  if (looksLikeUserId(reference)) {
    return world.people.create('', { name: 'Contato sem número', ...draft, userId: reference });
  }
  if (!looksLikePhone(reference)) throw new RequestError(422, 'from is not a phone number');
  const byUserId = spec.userId === undefined ? undefined : world.people.byUserId(spec.userId);
  if (byUserId !== undefined && byUserId.number === '') {
    const { userId: _, ...rest } = draft;
    world.people.moveTo(byUserId, reference);
    world.people.change(byUserId, { ...rest, userId: spec.userId ?? null });
    return byUserId;
  }
  return world.people.create(reference, draft);
}
