import { createHmac, randomUUID } from 'node:crypto';
import type { Answer, Http } from './http-client.ts';

/** A business number under test, with what its webhooks are signed and shaken hands with. */
export interface TestNumber {
  readonly channelId: string;
  readonly phoneNumberId: string;
  readonly wabaId: string;
  /** Digits only. */
  readonly displayNumber: string;
  readonly appSecret: string;
  readonly verifyToken: string;
}

/** `X-Hub-Signature-256` over exactly these bytes. */
export const signatureOf = (bytes: string | Buffer, appSecret: string): string =>
  `sha256=${createHmac('sha256', appSecret).update(bytes).digest('hex')}`;

/** Posts the bytes as WhatsApp does, signed with this secret. */
export const postSigned = (
  http: Http,
  bytes: string | Buffer,
  appSecret: string,
): Promise<Answer> =>
  http('/webhooks/whatsapp', {
    method: 'POST',
    rawBody: bytes,
    headers: {
      'content-type': 'application/json',
      'x-hub-signature-256': signatureOf(bytes, appSecret),
    },
  });

/** One change of a webhook, for this number. */
export const changeFor = (number: TestNumber, field: string, value: object) => ({
  field,
  value: {
    messaging_product: 'whatsapp',
    metadata: {
      display_phone_number: number.displayNumber,
      phone_number_id: number.phoneNumberId,
    },
    ...value,
  },
});

export const webhookOf = (wabaId: string, ...changes: readonly unknown[]) => ({
  object: 'whatsapp_business_account',
  entry: [{ id: wabaId, changes }],
});

/** Posts these changes in one webhook of the number, signed with its own secret. */
export const deliver = (
  http: Http,
  number: TestNumber,
  ...changes: readonly unknown[]
): Promise<Answer> =>
  postSigned(http, JSON.stringify(webhookOf(number.wabaId, ...changes)), number.appSecret);

/** A person outside. */
export interface TestPerson {
  readonly name: string;
  readonly phone: string;
  readonly bsuid: string;
}

export const nowInSeconds = (): number => Math.floor(Date.now() / 1000);

/** WhatsApp's own ids hold the number in base64. */
export const newWamid = (phone = '5511900000000'): string =>
  `wamid.${Buffer.from(`${phone}/${randomUUID()}`).toString('base64')}`;

/** A message of the person, sent now; `fields` come beside or instead of the usual ones. */
export const messageFrom = (person: TestPerson, fields: object) => ({
  from: person.phone,
  from_user_id: person.bsuid,
  id: newWamid(person.phone),
  timestamp: String(nowInSeconds()),
  ...fields,
});

export const textFrom = (person: TestPerson, body: string, fields: object = {}) =>
  messageFrom(person, { type: 'text', text: { body }, ...fields });

/** The entry of `contacts` that comes beside a person's message. */
export const contactEntry = (person: TestPerson) => ({
  profile: { name: person.name },
  wa_id: person.phone,
  user_id: person.bsuid,
});

/** Delivers messages of one person in one webhook. */
export const write = (
  http: Http,
  number: TestNumber,
  person: TestPerson,
  ...messages: readonly unknown[]
): Promise<Answer> =>
  deliver(
    http,
    number,
    changeFor(number, 'messages', { contacts: [contactEntry(person)], messages }),
  );
