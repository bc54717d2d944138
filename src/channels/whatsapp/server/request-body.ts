import type { OutboundItem, OutboundMedia, PersonRef } from '../../channel.ts';
import { templatePart } from './template-body.ts';
import { present, type Wire } from './wire.ts';

/** The number as received, since WhatsApp spells some numbers in a way of its own; a hidden one by its id. */
const addressee = (to: PersonRef): Wire =>
  to.phone === undefined ? { recipient: to.bsuid } : { to: to.phone };

const holdsLink = (text: string): boolean => /https?:\/\/\S/i.test(text);

/** A voice note is sound with a mark; only documents have a name, and only what is looked at has a caption. */
const mediaPart = ({ kind, mediaId: id, caption, fileName }: OutboundMedia): Wire => {
  switch (kind) {
    case 'image':
    case 'video':
      return { type: kind, [kind]: present({ id, caption }) };
    case 'document':
      return { type: kind, document: present({ id, caption, filename: fileName }) };
    case 'audio':
    case 'sticker':
      return { type: kind, [kind]: { id } };
    case 'voice':
      return { type: 'audio', audio: { id, voice: true } };
  }
};

const textPart = (text: string): Wire => ({
  type: 'text',
  text: { body: text, ...(holdsLink(text) ? { preview_url: true } : {}) },
});

type Said = Exclude<OutboundItem['content'], { kind: 'read' }>;

const partOf = (content: Said): Wire => {
  switch (content.kind) {
    case 'text':
      return textPart(content.text);
    case 'template':
      return templatePart(content);
    default:
      return mediaPart(content);
  }
};

/** docs/whatsapp-cloud-api.md 2.1, 2.2, 2.4. */
export const requestBody = (item: OutboundItem): Wire => {
  const { content } = item;
  if (content.kind === 'read') {
    return { messaging_product: 'whatsapp', status: 'read', message_id: content.externalId };
  }
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    ...addressee(item.to),
    ...partOf(content),
    ...(content.replyToExternalId === undefined
      ? {}
      : { context: { message_id: content.replyToExternalId } }),
    // Comes back with each status: settles a request whose answer was lost.
    biz_opaque_callback_data: item.messageId,
  };
};
