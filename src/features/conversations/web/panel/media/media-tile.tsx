import { useTranslation } from 'react-i18next';
import type { Message } from '../../../contract.ts';
import { useAsAskedFor, useIsRevealed } from '../../data/revealed.ts';
import { CoverSign } from '../../thread/media/cover.tsx';
import { HideButton } from '../../thread/media/hide-button.tsx';
import { isHidden } from '../../thread/media/hold-media.ts';
import { MediaKindIcon } from '../../thread/media/kind-icon.tsx';
import { fileOf, isVisualKind } from '../../thread/media/media-kinds.ts';
import { Middle, MissingSign } from '../../thread/media/media-state.tsx';
import { Shown } from '../../thread/media/picture.tsx';

export interface ShelfItemProps {
  message: Message;
  onGo: (message: Message) => void;
}

/** One picture or film, to be opened; in the place of what may not be seen, or is not here, its sign and the way to its message. */
export function MediaTile({ message: told, onGo }: ShelfItemProps) {
  const { t } = useTranslation('shelves');
  const message = useAsAskedFor(told);
  const isRevealed = useIsRevealed(message.id);
  const file = fileOf(message);
  const isUnderCover = file !== null && isHidden(file, isRevealed);
  const state = message.withheld ?? (isUnderCover ? 'covered' : (file?.media.state ?? 'missing'));
  return (
    <span
      data-media={file?.type ?? message.type}
      data-state={state}
      className="relative block aspect-square overflow-hidden rounded-control bg-sunken"
    >
      {file && state === 'ready' && isVisualKind(file.type) ? (
        <>
          <Shown message={file} kind={file.type} />
          <HideButton message={file} />
        </>
      ) : (
        <button
          type="button"
          title={t('go')}
          onClick={() => onGo(message)}
          className="absolute inset-0 -outline-offset-2 hover:bg-hover focus-visible:-outline-offset-2"
        >
          <Sign message={message} isUnderCover={isUnderCover} />
          <span className="sr-only">. {t('go')}</span>
        </button>
      )}
    </span>
  );
}

function Sign({ message, isUnderCover }: { message: Message; isUnderCover: boolean }) {
  const { t } = useTranslation('withheld');
  if (message.withheld) {
    return (
      <Middle>
        <MediaKindIcon
          type={message.type}
          withheld={message.withheld}
          className="text-ink-faint [&_svg]:size-[18px]"
        />
        <span>{t(`short.${message.withheld}`)}</span>
      </Middle>
    );
  }
  const file = fileOf(message);
  if (!file) return null;
  return isUnderCover ? <CoverSign message={file} /> : <MissingSign message={file} />;
}
