import { fileIdOf } from './graph-files.ts';
import type { Form, Item, ItemKind, Person } from './records.ts';
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
    case 'history':
      return { type: 'text', text: { body: item.mark } };
    case 'image':
      return {
        type: 'image',
        image: { id: fileIdOf(item.wamid), mime_type: 'image/png', caption: item.mark },
      };
    case 'call':
      return {
        event: 'terminate',
        direction: 'USER_INITIATED',
        status: 'COMPLETED',
        duration: 7,
      };
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

interface Change {
  readonly field: string;
  readonly value: Json;
}

const webhookOf = (changes: readonly Change[]): string =>
  JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: '1', changes }] });

/** Each person's in a thread of its own, as an import tells them (API sheet, 5.4). */
const historyOf = (told: readonly Told[]): Json => ({
  history: [
    {
      metadata: { phase: 0, chunk_order: 1, progress: 55 },
      threads: told.map((one) => {
        const { phone, bsuid } = identitiesOf(one.item.person, one.form);
        const context = {
          ...(phone === undefined ? {} : { wa_id: phone }),
          ...(bsuid === undefined ? {} : { user_id: bsuid }),
        };
        return { id: phone ?? bsuid, context, messages: [messageOf(one)] };
      }),
    },
  ],
});

const fieldOf = (kind: ItemKind): 'messages' | 'calls' | 'history' => {
  if (kind === 'call') {
    return 'calls';
  }
  return kind === 'history' ? 'history' : 'messages';
};

/** Several people's items in one webhook, as WhatsApp gathers them: a change for each field. */
export const inboundBody = (number: OurNumber, told: readonly Told[]): string => {
  const base = { messaging_product: 'whatsapp', metadata: metadataOf(number) };
  const changes = (['messages', 'calls', 'history'] as const).flatMap((field): Change[] => {
    const own = told.filter(({ item }) => fieldOf(item.kind) === field);
    if (own.length === 0) {
      return [];
    }
    const value =
      field === 'history'
        ? { ...base, ...historyOf(own) }
        : { ...base, contacts: own.map(contactOf), [field]: own.map(messageOf) };
    return [{ field, value }];
  });
  return webhookOf(changes);
};

/** API sheet, 5.1. */
export const echoBody = (
  number: OurNumber,
  wamid: string,
  { person, form }: { person: Person; form: Form },
): string => {
  const { phone, bsuid } = identitiesOf(person, form);
  const echo = {
    from: '5511900000000',
    ...(phone === undefined ? {} : { to: phone }),
    ...(bsuid === undefined ? {} : { to_user_id: bsuid }),
    id: wamid,
    timestamp: String(Math.floor(Date.now() / 1000)),
    ...{ type: 'text', text: { body: wamid } },
  };
  const metadata = metadataOf(number);
  const value = { messaging_product: 'whatsapp', metadata, message_echoes: [echo] };
  return webhookOf([{ field: 'smb_message_echoes', value }]);
};

export const statusBody = (
  number: OurNumber,
  status: { externalId: string; callbackData: string; status: string },
): string =>
  webhookOf([
    {
      field: 'messages',
      value: {
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
      },
    },
  ]);
