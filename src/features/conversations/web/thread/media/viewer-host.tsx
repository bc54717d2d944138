import { useEffect, useRef } from 'react';
import { lazyPopup } from '#platform/web/ui/lazy-part.tsx';
import type { Message } from '../../../contract.ts';
import { bubbleKey } from '../../data/bubble-keys.ts';
import { localUrl } from '../../data/local-files.ts';
import { isRevealed } from '../../data/revealed.ts';
import { fileOf, type MediaMessage } from './media-kinds.ts';
import type { WayToMessage } from './media-viewer.tsx';
import { stopSound, stopSoundOf } from './sound-player.ts';
import { closeViewer, closeViewerOf, useViewedId, type ViewerPlace } from './viewer-state.ts';

const MediaViewer = lazyPopup(
  () => import('./media-viewer.tsx'),
  (file) => file.MediaViewer,
);

/** What can be looked at large: here, drawn by the browser, and not covered for this person. */
const isViewable = (message: MediaMessage): boolean =>
  message.media.state === 'ready' &&
  (!message.media.isCovered || isRevealed(message.id)) &&
  (message.type === 'video' ||
    (message.type === 'image' &&
      (message.media.hasThumbnail || localUrl(bubbleKey(message.id)) !== undefined)));

interface ViewedFrom {
  messages: readonly Message[];
  contactName: string;
}

/** Stands in the thread once: opens what was pressed, and ends what plays when the thread is left. */
export function ViewerHost({ messages, contactName }: ViewedFrom) {
  useEffect(() => stopSound, []);
  useEffect(() => {
    for (const { id, withheld } of messages) if (withheld) stopSoundOf(id);
  }, [messages]);
  return <ViewerOf messages={messages} contactName={contactName} place="thread" toMessage={null} />;
}

/** Opens what was pressed in one place, among what else is there, for as long as it may be seen. */
export function ViewerOf({
  messages,
  contactName,
  place,
  toMessage,
}: ViewedFrom & { place: ViewerPlace; toMessage: WayToMessage | null }) {
  const viewedId = useViewedId(place);
  // Several stretches of messages share a place: what one of them shows is not for another to close.
  const hasShown = useRef(false);
  useEffect(
    () => () => {
      if (hasShown.current) closeViewerOf(place);
    },
    [place],
  );
  const viewable =
    viewedId === null
      ? []
      : messages.flatMap((message) => fileOf(message) ?? []).filter(isViewable);
  const isViewed = viewable.some((message) => message.id === viewedId);
  // It was covered while it was looked at: it does not come back by itself once it is restored.
  useEffect(() => {
    if (viewedId !== null && !isViewed && hasShown.current) closeViewer();
    hasShown.current = isViewed;
  }, [viewedId, isViewed]);
  if (viewedId === null || !isViewed) return null;
  return (
    <MediaViewer
      messages={viewable}
      viewedId={viewedId}
      contactName={contactName}
      toMessage={toMessage}
      onFailed={closeViewer}
    />
  );
}
