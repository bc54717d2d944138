import { type Json, media } from '#channels/whatsapp/server/testing/messages.ts';
import {
  newWamid,
  nowInSeconds,
  type TestNumber,
  type TestPerson,
  textFrom,
} from './signed-webhook.ts';

/** What our own side did on the company's phone, to a person whose number WhatsApp hides or does not. */
export const echoTo = (
  person: TestPerson,
  number: TestNumber,
  fields: Json,
  { isHidden }: { readonly isHidden: boolean },
) => ({
  from: number.displayNumber,
  ...(isHidden ? {} : { to: person.phone }),
  to_user_id: person.bsuid,
  id: newWamid(),
  timestamp: String(nowInSeconds()),
  ...fields,
});

/** What a message says, without who said it. A reaction without an emoji is taken back. */
export const reaction = (target: string, emoji?: string): Json => ({
  type: 'reaction',
  reaction: { message_id: target, ...(emoji === undefined ? {} : { emoji }) },
});
export const edit = (target: string, message: Json): Json => ({
  type: 'edit',
  edit: { original_message_id: target, message },
});
export const text = (body: string): Json => ({ type: 'text', text: { body } });
export const picture = (caption?: string): Json => ({
  type: 'image',
  image: { ...media('image/jpeg'), ...(caption === undefined ? {} : { caption }) },
});
export const revoke = (target: string): Json => ({
  type: 'revoke',
  revoke: { original_message_id: target },
});

/** How WhatsApp tells that a person has another number or account, by name: what was, what is. */
export const identityChanges: Readonly<
  Record<string, (old: TestPerson, next: TestPerson) => Json>
> = {
  numberChanged: (old, next) => ({
    from: old.phone,
    from_user_id: old.bsuid,
    system: {
      type: 'user_changed_number',
      wa_id: next.phone,
      user_id: next.bsuid,
      previous_user_id: old.bsuid,
    },
  }),
  // No number of theirs is told, neither before nor after.
  idChanged: (old, next) => ({
    from_user_id: old.bsuid,
    system: { type: 'user_changed_user_id', user_id: next.bsuid },
  }),
  idChangedSinceAugust: (old, next) => ({
    from_user_id: next.bsuid,
    system: {
      type: 'user_changed_user_id',
      user_id: next.bsuid,
      previous_user_id: old.bsuid,
    },
  }),
  legacyNumberChanged: (old, next) => ({
    from: old.phone,
    system: { type: 'customer_changed_number', new_wa_id: next.phone },
  }),
};

/** The first message after it, by what WhatsApp tells of the person then. */
export const firstWords = (name: string, next: TestPerson): Json => {
  const said = textFrom(next, 'depois');
  switch (name) {
    case 'numberChanged':
      return said;
    case 'legacyNumberChanged':
      return { ...said, from_user_id: undefined };
    default:
      return { ...said, from: undefined };
  }
};
