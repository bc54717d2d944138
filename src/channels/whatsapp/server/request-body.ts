import type { OutboundItem, OutboundMedia, PersonRef } from '../../channel.ts';
import { structuredPart } from './structured-body.ts';
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

const contentPart = (content: Exclude<OutboundItem['content'], { kind: 'read' }>): Wire => {
  switch (content.kind) {
    case 'text':
      return textPart(content.text);
    case 'template':
      return templatePart(content);
    case 'location':
    case 'contacts':
    case 'interactive':
      return structuredPart(content);
    case 'reaction':
      return {
        type: 'reaction',
        // An empty one takes ours back.
        reaction: { message_id: content.replyToExternalId, emoji: content.emoji ?? '' },
      };
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
    ...contentPart(content),
    // A reaction names its message itself.
    ...(content.replyToExternalId === undefined || content.kind === 'reaction'
      ? {}
      : { context: { message_id: content.replyToExternalId } }),
    // Comes back with each status: settles a request whose answer was lost.
    biz_opaque_callback_data: item.messageId,
  };
};
