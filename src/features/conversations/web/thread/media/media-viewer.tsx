import { Dialog as Base } from '@base-ui/react/dialog';
import { ChevronLeft, ChevronRight, Download, MessageSquareText, X } from 'lucide-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import { FormattedText } from '#platform/web/formatted-text.tsx';
import { cx } from '#platform/web/ui/class-names.ts';
import { bubbleKey } from '../../data/bubble-keys.ts';
import { canGo } from '../../data/can-go.ts';
import { localUrl } from '../../data/local-files.ts';
import { useRemovalWay } from '../removal-way.ts';
import { type MediaMessage, mediaUrl, thumbnailUrl } from './media-kinds.ts';
import { closeViewer, moveViewer } from './viewer-state.ts';

/** The way to a message in its thread, for whoever opened the viewer elsewhere. */
export interface WayToMessage {
  label: string;
  go: (message: MediaMessage) => void;
}

interface MediaViewerProps {
  messages: readonly MediaMessage[];
  viewedId: string;
  contactName: string;
  toMessage: WayToMessage | null;
}

const buttonLook =
  'inline-flex size-10 shrink-0 items-center justify-center rounded-control text-[oklch(0.93_0.006_85)] hover:bg-[oklch(1_0_0/0.12)] active:bg-[oklch(1_0_0/0.2)] disabled:pointer-events-none disabled:opacity-30';

/** It is dark in both themes, so what is written on it has the colours of the dark one. */
const darkInks =
  '[--accent:oklch(0.74_0.093_193)] [--accent-ink:oklch(0.79_0.088_193)] [--control-line:oklch(0.95_0.01_85/0.42)] [--hover:oklch(0.95_0.02_85/0.065)] [--ink-soft:oklch(0.78_0.008_85)]';

/** Signs of a list stand below each other, and a quote at its line, also where the text is in the middle. */
const captionBlocks =
  '[&_:is(ul,ol,blockquote)]:mx-auto [&_:is(ul,ol,blockquote)]:w-fit [&_:is(ul,ol,blockquote)]:text-left';

/** A picture or film as large as the screen lets it be. Arrows go on to the next, Esc goes back to the thread. */
export function MediaViewer({ messages, viewedId, contactName, toMessage }: MediaViewerProps) {
  const { t } = useTranslation('media');
  const close = useRef<HTMLButtonElement>(null);
  const at = messages.findIndex((message) => message.id === viewedId);
  const message = messages[at];
  const goTo = (index: number) => {
    const next = messages[index];
    if (next) moveViewer(next.id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // A film has arrows of its own.
    if (event.target instanceof HTMLVideoElement) return;
    const targets: Record<string, number> = {
      ArrowLeft: at - 1,
      ArrowRight: at + 1,
      Home: 0,
      End: messages.length - 1,
    };
    const index = targets[event.key];
    if (index === undefined) return;
    event.preventDefault();
    goTo(index);
  };
  if (!message) return null;
  return (
    <Base.Root open onOpenChange={(open) => !open && closeViewer()}>
      <Base.Portal>
        {/* Also over the drawer that it was opened from. */}
        <Base.Backdrop
          forceRender
          className="popup-motion fixed inset-0 z-40 bg-[oklch(0.14_0.006_85)]"
        />
        <Base.Popup
          initialFocus={close}
          onKeyDown={onKeyDown}
          data-testid="media-viewer"
          className={cx(
            'popup-motion fixed inset-0 z-40 flex flex-col text-[oklch(0.93_0.006_85)] outline-none',
            darkInks,
          )}
        >
          <Bar
            {...{ message, at, contactName, toMessage, count: messages.length, closeRef: close }}
          />
          <div className="relative flex min-h-0 flex-1 items-center gap-2 px-2 pb-4 max-md:px-0">
            <button
              type="button"
              aria-label={t('viewer.previous')}
              disabled={at === 0}
              onClick={() => goTo(at - 1)}
              className={cx(
                buttonLook,
                'max-md:absolute max-md:bottom-6 max-md:left-4 max-md:z-10',
              )}
            >
              <ChevronLeft />
            </button>
            <Sight key={message.id} message={message} />
            <button
              type="button"
              aria-label={t('viewer.next')}
              disabled={at === messages.length - 1}
              onClick={() => goTo(at + 1)}
              className={cx(
                buttonLook,
                'max-md:absolute max-md:right-4 max-md:bottom-6 max-md:z-10',
              )}
            >
              <ChevronRight />
            </button>
          </div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

function Bar({
  message,
  at,
  count,
  contactName,
  toMessage,
  closeRef,
}: {
  message: MediaMessage;
  at: number;
  count: number;
  contactName: string;
  toMessage: WayToMessage | null;
  closeRef: React.RefObject<HTMLButtonElement | null>;
}) {
  const { t } = useTranslation('media');
  const { t: common } = useTranslation('platform');
  const { t: words } = useTranslation('conversations');
  const format = useFormat();
  const way = useRemovalWay();
  const who = message.direction === 'in' ? contactName : words('message.you');
  return (
    <header className="flex h-14 shrink-0 items-center gap-2 pr-2 pl-5">
      <div className="min-w-0 flex-1">
        <Base.Title className="truncate text-body font-medium">
          <span className="sr-only">{t('viewer.title', { name: contactName })}. </span>
          {who}
        </Base.Title>
        <p className="truncate text-meta text-[oklch(0.78_0.008_85)] tabular-nums">
          {t('viewer.place', { at: at + 1, of: count })} · {format.dateTime(message.at)}
        </p>
      </div>
      {toMessage && (
        <button
          type="button"
          aria-label={toMessage.label}
          title={toMessage.label}
          onClick={() => {
            closeViewer();
            toMessage.go(message);
          }}
          className={buttonLook}
        >
          <MessageSquareText />
        </button>
      )}
      {way && canGo(message) && (
        <button
          type="button"
          aria-label={way.label}
          title={way.label}
          onClick={() => {
            closeViewer();
            way.ask([message]);
          }}
          className={buttonLook}
        >
          {way.icon}
        </button>
      )}
      <a
        href={mediaUrl(message.id)}
        download={message.media.fileName ?? ''}
        aria-label={t('download')}
        title={t('download')}
        className={buttonLook}
      >
        <Download />
      </a>
      <Base.Close
        ref={closeRef}
        aria-label={common('close')}
        title={common('close')}
        className={buttonLook}
      >
        <X />
      </Base.Close>
    </header>
  );
}

function Sight({ message }: { message: MediaMessage }) {
  const { t } = useTranslation('media');
  const { width, height, hasThumbnail } = message.media;
  const [isBroken, setBroken] = useState(false);
  const source = localUrl(bubbleKey(message.id)) ?? mediaUrl(message.id);
  return (
    <figure className="flex h-full min-w-0 flex-1 flex-col items-center justify-center gap-3">
      {isBroken ? (
        <p role="alert" className="px-6 text-center text-body">
          {t('state.unplayable')}
        </p>
      ) : message.type === 'video' ? (
        // biome-ignore lint/a11y/useMediaCaption: nobody has captions of what people send
        <video
          src={source}
          poster={hasThumbnail ? thumbnailUrl(message.id) : undefined}
          controls
          onError={() => setBroken(true)}
          autoPlay
          playsInline
          className="min-h-0 max-w-full rounded-small bg-[oklch(0_0_0)]"
        />
      ) : (
        <img
          src={source}
          alt={message.text ?? t('picture.image')}
          onError={() => setBroken(true)}
          {...(width && height && { width, height })}
          // The small one is here already and stands until the large one is.
          style={{
            ...(hasThumbnail && { backgroundImage: `url("${thumbnailUrl(message.id)}")` }),
            ...(width && { maxWidth: `min(100%, ${Math.max(width, 320)}px)` }),
          }}
          className="h-auto min-h-0 w-auto bg-contain bg-center bg-no-repeat object-contain"
        />
      )}
      {message.text && (
        <figcaption
          className={cx(
            'max-h-24 max-w-[70ch] shrink-0 overflow-y-auto px-4 text-center text-body whitespace-pre-wrap',
            captionBlocks,
          )}
        >
          <FormattedText text={message.text} />
        </figcaption>
      )}
    </figure>
  );
}
