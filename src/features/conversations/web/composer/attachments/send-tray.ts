import type { QueryClient } from '@tanstack/react-query';
import type { MediaKind } from '#features/media/contract.ts';
import { type Draft, getDraft, setDraft } from '../../data/drafts.ts';
import { type ChosenFile, sendFiles } from '../../data/send-text.ts';
import {
  emptyTray,
  getTray,
  longestCaption,
  removeFromTray,
  type Tray,
  type TrayItem,
} from '../../data/trays.ts';
import { typeOf } from './limits.ts';

export const hasCaption = (kind: MediaKind): boolean =>
  kind === 'image' || kind === 'video' || kind === 'document';

export const isFitToSend = ({ items }: Tray): boolean =>
  items.every(({ caption }) => caption.length <= longestCaption);

/** With a single picture in hand, what is typed belongs to it. */
const takesText = (items: readonly TrayItem[], text: string): boolean => {
  const [only] = items;
  return (
    items.length === 1 &&
    only !== undefined &&
    hasCaption(only.kind) &&
    only.caption.trim() === '' &&
    text.trim() !== '' &&
    text.length <= longestCaption
  );
};

const toSend = ({ url: _url, ...item }: TrayItem): ChosenFile => ({
  ...item,
  fileName: item.kind === 'voice' ? null : item.file.name,
  mimeType: typeOf(item.file),
  sizeBytes: item.file.size,
});

/**
 * Sends what is in the tray, in its order; the first of it answers the message that is replied to.
 * @returns what is left of the draft, to be sent as a text after it
 */
export function sendTray(client: QueryClient, conversationId: string, draft: Draft): Draft {
  const { items } = getTray(conversationId);
  if (items.length === 0) return draft;
  const isCaption = takesText(items, draft.text);
  const files = items.map((item) => ({
    ...toSend(item),
    caption: isCaption ? draft.text : item.caption,
  }));
  sendFiles(client, { conversationId, files, replyTo: draft.replyTo });
  emptyTray(conversationId);
  return { text: isCaption ? '' : draft.text, replyTo: null };
}

/** Sends what was just spoken, alone: what is half written and what else is attached goes when the person sends it. */
export function sendRecording(client: QueryClient, conversationId: string, key: string): void {
  const recording = getTray(conversationId).items.find((item) => item.key === key);
  if (!recording) return;
  const { replyTo } = getDraft(conversationId);
  sendFiles(client, { conversationId, files: [toSend(recording)], replyTo });
  removeFromTray(conversationId, key);
  setDraft(conversationId, { replyTo: null });
}
