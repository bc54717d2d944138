import { CircleAlert, CloudOff, Download, EyeOff, LoaderCircle } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { cx } from '#platform/web/ui/class-names.ts';
import { useConversation } from '../../data/queries.ts';
import { heldByRequest } from './hold-media.ts';
import { type MediaMessage, mediaUrl } from './media-kinds.ts';
import { useFetchAgain } from './use-media-actions.ts';

/** Why a file is not here, in a sentence, and what can be done about it. */
function useMissing(message: MediaMessage) {
  const { t } = useTranslation('media');
  const { t: requests } = useTranslation('requests');
  const again = useFetchAgain(message.id);
  const isBlocked = useConversation(message.conversationId, false).data?.isBlocked ?? false;
  const { state, reason } = message.media;
  const isComing = state === 'waiting' || state === 'fetching' || state === 'ready';
  if (reason === heldByRequest) {
    return { isComing: false, isHeld: true, words: requests('media-held'), button: false };
  }
  const canAsk =
    (state === 'failed' && reason !== 'no-media-id') || (state === 'withheld' && !isBlocked);
  const button = canAsk && (
    <Button size="sm" isBusy={again.isPending} onClick={() => again.mutate()}>
      {t('fetch-again')}
    </Button>
  );
  return { isComing, isHeld: false, words: t(`state.${isComing ? 'waiting' : state}`), button };
}

const Sign = ({ isComing, isHeld }: { isComing: boolean; isHeld: boolean }) => (
  <span aria-hidden="true" className="inline-flex shrink-0 text-ink-faint">
    {isComing ? <LoaderCircle className="animate-spin" /> : isHeld ? <EyeOff /> : <CloudOff />}
  </span>
);

/** In the place of a picture, as large as the picture. */
export function MissingPicture({ message }: { message: MediaMessage }) {
  const { isComing, isHeld, words, button } = useMissing(message);
  return (
    <Middle>
      <Sign isComing={isComing} isHeld={isHeld} />
      <span role={isComing ? 'status' : undefined}>{words}</span>
      {button}
    </Middle>
  );
}

/** The same where there is no room for a button. */
export function MissingSign({ message }: { message: MediaMessage }) {
  const { isComing, isHeld, words } = useMissing(message);
  return (
    <Middle>
      <Sign isComing={isComing} isHeld={isHeld} />
      <span className="line-clamp-3">{words}</span>
    </Middle>
  );
}

/** In the place of a player or a document, in one line of the same height. */
export function MissingFile({ message }: { message: MediaMessage }) {
  const { isComing, isHeld, words, button } = useMissing(message);
  return (
    <span className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1.5 text-body text-ink-soft">
      <span className="flex min-w-0 flex-1 basis-40 items-center gap-2.5">
        <Sign isComing={isComing} isHeld={isHeld} />
        <span className="min-w-0">{words}</span>
      </span>
      {button}
    </span>
  );
}

/** A picture that nobody could decode here: it is only saved, by whoever wants to. */
export function UndrawablePicture({ message }: { message: MediaMessage }) {
  const { t } = useTranslation('media');
  return (
    <Middle>
      <CircleAlert aria-hidden="true" className="text-ink-faint" />
      <span>{t('state.undrawable')}</span>
      <a
        href={mediaUrl(message.id)}
        download={message.media.fileName ?? ''}
        className="inline-flex items-center gap-1.5 rounded-small text-accent-ink underline underline-offset-2"
      >
        <Download aria-hidden="true" className="size-4" />
        {t('download')}
      </a>
    </Middle>
  );
}

export function BrokenPicture({ onRetry }: { onRetry: () => void }) {
  const { t } = useTranslation('media');
  const { t: common } = useTranslation('platform');
  return (
    <Middle>
      <CircleAlert aria-hidden="true" className="text-ink-faint" />
      <span>{t('state.broken')}</span>
      <Button size="sm" onClick={onRetry}>
        {common('try-again')}
      </Button>
    </Middle>
  );
}

export const Middle = ({ children, className }: { children: ReactNode; className?: string }) => (
  <span
    className={cx(
      'absolute inset-0 flex flex-col items-center justify-center gap-2 p-3 text-center text-preview text-ink-soft',
      className,
    )}
  >
    {children}
  </span>
);
