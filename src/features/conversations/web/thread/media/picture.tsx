import { Play } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMediaQuery } from '#platform/web/media-query.ts';
import { cx } from '#platform/web/ui/class-names.ts';
import { bubbleKey } from '../../data/bubble-keys.ts';
import { localUrl } from '../../data/local-files.ts';
import { useIsRevealed } from '../../data/revealed.ts';
import type { Box } from './box-size.ts';
import { Cover } from './cover.tsx';
import { clockText } from './file-words.ts';
import { HideButton } from './hide-button.tsx';
import { isHidden } from './hold-media.ts';
import { type MediaMessage, mediaUrl, thumbnailUrl, type VisualKind } from './media-kinds.ts';
import { BrokenPicture, MissingPicture, UndrawablePicture } from './media-state.tsx';
import { useReveal } from './use-media-actions.ts';
import { useOpenViewer } from './viewer-state.ts';

interface PictureProps {
  message: MediaMessage;
  kind: VisualKind;
  box: Box;
}

/** Something to look at, in a box that is as large before it is here, while it is covered, and when it failed. */
export function Picture({ message, kind, box }: PictureProps) {
  const isRevealed = useIsRevealed(message.id);
  const { state } = message.media;
  const isUnderCover = isHidden(message, isRevealed);
  return (
    <span
      data-media={kind}
      data-state={isUnderCover ? 'covered' : state}
      className={cx(
        'relative block max-w-full overflow-hidden',
        (kind !== 'sticker' || isUnderCover || state !== 'ready') && 'rounded-[10px] bg-sunken',
      )}
      style={{ width: box.width, aspectRatio: `${box.width} / ${box.height}` }}
    >
      {isUnderCover ? <Cover message={message} /> : <Shown message={message} kind={kind} />}
      <HideButton message={message} />
    </span>
  );
}

/** The picture or film itself, or why it is not here, filling what it stands in. */
export function Shown({ message, kind }: Omit<PictureProps, 'box'>) {
  const url = localUrl(bubbleKey(message.id));
  if (message.media.state !== 'ready') return <MissingPicture message={message} />;
  if (kind === 'video') return <Film message={message} url={url} />;
  if (!message.media.hasThumbnail && !url) return <UndrawablePicture message={message} />;
  return kind === 'sticker' ? (
    <StickerImage message={message} url={url} />
  ) : (
    <Photo message={message} url={url} />
  );
}

interface DrawnProps {
  message: MediaMessage;
  /** The file of this computer that was sent, while it is known here. */
  url: string | undefined;
}

/** Draws a picture, and says so where it could not; a covered one is asked for anew before the next try. */
function useTries(message: MediaMessage) {
  const [tries, setTries] = useState(0);
  const [isBroken, setBroken] = useState(false);
  const reveal = useReveal(message.id);
  const retry = async () => {
    if (message.media.isCovered) await reveal.mutateAsync().catch(() => undefined);
    setTries(tries + 1);
    setBroken(false);
  };
  const addTry = (path: string) => (tries > 0 ? `${path}?try=${tries}` : path);
  return { isBroken, retry: () => void retry(), onError: () => setBroken(true), addTry };
}

function Photo({ message, url }: DrawnProps) {
  const { t } = useTranslation('media');
  const openViewer = useOpenViewer();
  const { isBroken, retry, onError, addTry } = useTries(message);
  if (isBroken && !url) return <BrokenPicture onRetry={retry} />;
  return (
    <button
      type="button"
      aria-label={t('open.image')}
      onClick={() => openViewer(message.id)}
      className="absolute inset-0 -outline-offset-2 focus-visible:-outline-offset-2"
    >
      <img
        src={url ?? addTry(thumbnailUrl(message.id))}
        alt={message.text ?? t('picture.image')}
        draggable={false}
        decoding="async"
        onError={onError}
        className="size-full object-cover"
      />
    </button>
  );
}

/** Moves if it is made to move, unless the person wants things to hold still. */
function StickerImage({ message, url }: DrawnProps) {
  const { t } = useTranslation('media');
  const isStill = useMediaQuery('(prefers-reduced-motion: reduce)');
  const { isBroken, retry, onError, addTry } = useTries(message);
  if (isBroken && !url) return <BrokenPicture onRetry={retry} />;
  const isMoving = message.media.isAnimated && !isStill;
  const stored = addTry(isMoving ? mediaUrl(message.id) : thumbnailUrl(message.id));
  return (
    <img
      src={url ?? stored}
      alt={t('picture.sticker')}
      draggable={false}
      decoding="async"
      onError={onError}
      className="absolute inset-0 size-full object-contain"
    />
  );
}

/** Its poster where one was made; without it, one sees that it is a film, and how long it takes. */
function Film({ message, url }: DrawnProps) {
  const { t } = useTranslation('media');
  const openViewer = useOpenViewer();
  const { durationSeconds, hasThumbnail } = message.media;
  const [isBroken, setBroken] = useState(false);
  return (
    <button
      type="button"
      aria-label={t('open.video')}
      onClick={() => openViewer(message.id)}
      className="group/film absolute inset-0 bg-[oklch(0.3_0.01_85)] -outline-offset-2 focus-visible:-outline-offset-2"
    >
      {url && (
        <video src={url} muted playsInline preload="metadata" className="size-full object-cover" />
      )}
      {!url && hasThumbnail && !isBroken && (
        <img
          src={thumbnailUrl(message.id)}
          alt=""
          draggable={false}
          decoding="async"
          onError={() => setBroken(true)}
          className="size-full object-cover"
        />
      )}
      <span className="absolute inset-0 grid place-items-center">
        <span className="grid size-14 place-items-center rounded-full bg-[oklch(0.15_0.01_85/0.66)] text-[oklch(0.98_0.005_85)] transition-colors duration-100 group-hover/film:bg-[oklch(0.15_0.01_85/0.85)]">
          <Play aria-hidden="true" className="ml-0.5 size-6 fill-current" />
        </span>
      </span>
      {durationSeconds !== null && (
        <span className="absolute bottom-1.5 left-1.5 rounded-small bg-[oklch(0.15_0.01_85/0.66)] px-1.5 py-0.5 text-meta text-[oklch(0.98_0.005_85)] tabular-nums">
          {clockText(durationSeconds)}
        </span>
      )}
    </button>
  );
}
