import { Download, Eye, EyeOff } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '#features/conversations/contract.ts';
import type { Media } from '#features/media/contract.ts';
import { Button, buttonClass } from '#platform/web/ui/button.tsx';
import { cx } from '#platform/web/ui/class-names.ts';
import { Skeleton } from '#platform/web/ui/skeleton.tsx';
import { useBytes } from './use-bytes.ts';

type Kind = 'picture' | 'film' | 'sound' | 'file';

const kindOf = (mimeType: string | null): Kind => {
  if (mimeType?.startsWith('image/')) return 'picture';
  if (mimeType?.startsWith('video/')) return 'film';
  return mimeType?.startsWith('audio/') ? 'sound' : 'file';
};

interface MediaProps {
  message: Message;
  media: Media;
  /** The button that puts it all out of sight again. */
  hide: ReactNode;
}

/** The file of a revealed message: grey and blurred where it is to be seen, still and silent where it plays. */
export function RevealedMedia({ message, media, hide }: MediaProps) {
  const { t } = useTranslation('removals-desk');
  if (media.state !== 'ready') {
    return (
      <>
        <p className="px-1 py-2 text-preview text-ink-soft">{t('media.not-here')}</p>
        {hide}
      </>
    );
  }
  return <Ready message={message} media={media} hide={hide} />;
}

function Ready({ message, media, hide }: MediaProps) {
  const { t } = useTranslation('removals-desk');
  const { t: platform } = useTranslation('platform');
  const { bytes, again } = useBytes(message.id);
  if (bytes === 'loading') {
    return (
      <>
        <Skeleton className="h-40 w-72 max-w-full rounded-card" />
        {hide}
      </>
    );
  }
  if (bytes === 'failed') {
    return (
      <p role="alert" className="flex flex-wrap items-center gap-2 py-2 text-preview text-ink-soft">
        {t('media.failed')}
        <Button size="sm" onClick={again}>
          {platform('try-again')}
        </Button>
        {hide}
      </p>
    );
  }
  const kind = kindOf(media.mimeType);
  switch (kind) {
    case 'picture':
    case 'film':
      return <Seen kind={kind} url={bytes.url} media={media} hide={hide} />;
    case 'sound':
      return (
        <>
          {/* biome-ignore lint/a11y/useMediaCaption: what a person recorded has no captions */}
          <audio src={bytes.url} controls preload="metadata" className="w-80 max-w-full" />
          {hide}
        </>
      );
    case 'file':
      return (
        <div className="flex flex-wrap gap-2">
          <a
            href={bytes.url}
            download={media.fileName ?? ''}
            className={cx(buttonClass('plain', 'sm'), 'max-w-full shrink')}
          >
            <Download aria-hidden="true" className="size-4 shrink-0" />
            <span className="truncate">{media.fileName ?? t('media.download')}</span>
          </a>
          {hide}
        </div>
      );
  }
}

const blurred = 'pointer-events-none blur-xl grayscale scale-110';

/** Grey and blurred until it is pressed a second time. */
function Seen({
  kind,
  url,
  media,
  hide,
}: {
  kind: 'picture' | 'film';
  url: string;
  media: Media;
  hide: ReactNode;
}) {
  const { t } = useTranslation('removals-desk');
  const [isSharp, setSharp] = useState(false);
  const look = cx('max-h-96 w-full object-contain', !isSharp && blurred);
  return (
    <Frame media={media}>
      <div className="relative flex justify-center overflow-hidden rounded-[10px] bg-sunken">
        {kind === 'picture' ? (
          <img
            src={url}
            alt={t('media.picture')}
            draggable={false}
            data-blurred={!isSharp}
            className={look}
          />
        ) : (
          <video
            src={url}
            muted
            playsInline
            preload="metadata"
            controls={isSharp}
            aria-label={t('media.film')}
            data-blurred={!isSharp}
            className={look}
          />
        )}
      </div>
      <div className="flex flex-wrap gap-2">
        {hide}
        <Button
          size="sm"
          icon={isSharp ? <EyeOff className="size-4" /> : <Eye className="size-4" />}
          aria-pressed={isSharp}
          onClick={() => setSharp(!isSharp)}
        >
          {t(isSharp ? 'media.blur' : 'media.sharpen')}
        </Button>
      </div>
    </Frame>
  );
}

/** As wide as the file is, where that is known; never wider than the box. */
const Frame = ({ media, children }: { media: Media; children: ReactNode }) => (
  <div
    className="flex w-full flex-col gap-1.5"
    style={{ maxWidth: Math.max(200, Math.min(400, media.width ?? 360)) }}
  >
    {children}
  </div>
);
