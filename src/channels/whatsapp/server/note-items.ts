import type { InboundItem } from '../../channel.ts';
import type { HealthNotes } from './note-health.ts';

interface Place {
  readonly workspaceId: string;
  readonly channelId: string;
}

/** What a verified change tells of the number itself: that it lives, how late it comes, what failed. */
export const noteItems = (
  notes: HealthNotes,
  place: Place,
  items: readonly InboundItem[],
  receivedAt: number,
): void => {
  let writtenAt: number | undefined;
  for (const item of items) {
    // An import and a status tell of moments long gone.
    if (item.type === 'message' && !item.isHistory) {
      writtenAt = Math.max(writtenAt ?? item.timestamp, item.timestamp);
    }
    if (item.type === 'status' && item.errorCode !== undefined) {
      notes.error(place, item.errorCode);
    }
  }
  if (items.some(({ type }) => type === 'contact-sync')) {
    notes.contacts(place);
  }
  notes.webhook(
    place,
    writtenAt === undefined
      ? undefined
      : { writtenAt: new Date(writtenAt * 1000), delaySeconds: receivedAt - writtenAt },
  );
};
