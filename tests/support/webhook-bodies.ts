import type { Form, Item, Person } from './records.ts';
import type { OurNumber } from './setting.ts';

/** WhatsApp's JSON of what a person does (API sheet, section 4). */

type Json = Readonly<Record<string, unknown>>;

const shortOf = (phone: string): string => `${phone.slice(0, 4)}${phone.slice(5)}`;

const identitiesOf = (person: Person, form: Form): { phone?: string; bsuid?: string } => {
  switch (form) {
    case 'phone':
      return { phone: person.phone };
    case 'short':
      return { phone: shortOf(person.phone) };
    case 'bsuid':
      return { bsuid: person.bsuid };
    case 'both':
      return { phone: person.phone, bsuid: person.bsuid };
    default:
      throw new Error(`there is no form ${String(form)}`);
  }
};

const contentOf = (item: Item): Json => {
  switch (item.kind) {
    case 'text':
      return { type: 'text', text: { body: item.mark } };
    case 'edit':
      return {
        type: 'edit',
        edit: {
          original_message_id: item.target,
          message: { type: 'text', text: { body: item.mark } },
        },
      };
    case 'reaction':
      return { type: 'reaction', reaction: { message_id: item.target, emoji: item.mark } };
    case 'revoke':
      return { type: 'revoke', revoke: { original_message_id: item.target } };
    case 'number-change':
      return {
        type: 'system',
        system: { type: 'user_changed_number', body: 'changed', wa_id: item.mark },
      };
    default:
      throw new Error(`there is no kind ${String(item.kind)}`);
  }
};

export interface Told {
  readonly item: Item;
  readonly form: Form;
}

const messageOf = ({ item, form }: Told): Json => {
  const { phone, bsuid } = identitiesOf(item.person, form);
  return {
    ...(phone === undefined ? {} : { from: phone }),
    ...(bsuid === undefined ? {} : { from_user_id: bsuid }),
    id: item.wamid,
    timestamp: String(item.timestamp),
    ...contentOf(item),
  };
};

const contactOf = ({ item, form }: Told): Json => {
  const { phone, bsuid } = identitiesOf(item.person, form);
  return {
    profile: { name: item.person.name },
    ...(phone === undefined ? {} : { wa_id: phone }),
    ...(bsuid === undefined ? {} : { user_id: bsuid }),
  };
};

const metadataOf = (number: OurNumber): Json => ({
  display_phone_number: '5511900000000',
  phone_number_id: number.phoneNumberId,
});

const webhookOf = (value: Json): string =>
  JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [{ id: '1', changes: [{ field: 'messages', value }] }],
  });

/** Several people's items in one change, as WhatsApp gathers them. */
export const inboundBody = (number: OurNumber, told: readonly Told[]): string =>
  webhookOf({
    messaging_product: 'whatsapp',
    metadata: metadataOf(number),
    contacts: told.map(contactOf),
    messages: told.map(messageOf),
  });

export const statusBody = (
  number: OurNumber,
  status: { externalId: string; callbackData: string; status: string },
): string =>
  webhookOf({
    messaging_product: 'whatsapp',
    metadata: metadataOf(number),
    statuses: [
      {
        id: status.externalId,
        status: status.status,
        timestamp: String(Math.floor(Date.now() / 1000)),
        biz_opaque_callback_data: status.callbackData,
      },
    ],
  });
