import type { Channel } from '../state/channels.ts';
import type { Person } from '../state/people.ts';
import { RequestError } from '../state/request-error.ts';
import type { World } from '../state/world.ts';
import { buildSystem, type Inbound } from '../wire/inbound-value.ts';
import { looksLikePhone } from '../wire/phone-forms.ts';
import type { Sender } from '../wire/sender.ts';
import type { InboundSpec } from './inbound-spec.ts';
import { senderOf } from './send-updates.ts';

export type ChangeSpec = InboundSpec & { type: 'number_change' | 'user_id_change' };

export function isChange(spec: InboundSpec): spec is ChangeSpec {
  return spec.type === 'number_change' || spec.type === 'user_id_change';
}

interface Draft {
  id: string;
  spec: InboundSpec;
  sender: Sender;
  channel: Channel;
}

/**
 * The person moves to another number (WhatsApp id and BSUID both change), or gets another BSUID
 * with the number hidden. The message is built from what was before and what is now.
 */
export function changeIdentity(
  world: World,
  spec: ChangeSpec,
  person: Person,
  draft: Draft,
): Inbound {
  if (spec.type === 'user_id_change') {
    const userId = spec.newUserId ?? `${draft.sender.userId}9`;
    world.people.change(person, { userId, hidden: 'missing' });
    const sender: Sender = { ...draft.sender, hidden: 'missing' };
    const message = { from_user_id: userId, ...spec.message };
    return buildSystem(
      { ...draft, sender, spec: { ...spec, message } },
      { type: 'user_changed_user_id', body: `User ${person.name} changed`, user_id: userId },
    );
  }
  const newNumber = spec.newNumber ?? '';
  if (!looksLikePhone(newNumber)) throw new RequestError(422, 'newNumber is needed');
  const before = draft.sender;
  world.people.moveTo(person, newNumber);
  if (spec.newUserId !== undefined) world.people.change(person, { userId: spec.newUserId });
  const after = senderOf(world, person, draft.channel);
  return buildSystem(draft, {
    type: 'user_changed_number',
    body: `User ${person.name} changed from ${before.waId} to ${after.waId}`,
    wa_id: after.waId,
    user_id: after.userId,
    ...(after.parentUserId === null ? {} : { parent_user_id: after.parentUserId }),
  });
}
