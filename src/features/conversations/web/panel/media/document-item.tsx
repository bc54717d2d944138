import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import type { Message } from '../../../contract.ts';
import { hideInPlace } from '../../data/hide-in-place.ts';
import { useAsAskedFor, useIsRevealed } from '../../data/revealed.ts';
import { CoveredFile } from '../../thread/media/cover.tsx';
import { DocumentRow } from '../../thread/media/document-row.tsx';
import { isHidden } from '../../thread/media/hold-media.ts';
import { fileOf } from '../../thread/media/media-kinds.ts';
import { MissingFile } from '../../thread/media/media-state.tsx';
import { WithheldView } from '../../thread/withheld-view.tsx';
import type { ShelfItemProps } from './media-tile.tsx';

const linkLook = 'min-h-6 rounded-small text-accent-ink underline underline-offset-2';

/** One document as in its bubble, with its day and the way to its message. */
export function DocumentItem({ message: told, onGo }: ShelfItemProps) {
  const { t } = useTranslation('shelves');
  const format = useFormat();
  const message = useAsAskedFor(told);
  return (
    <>
      <Document message={message} />
      <span className="mt-0.5 flex items-center justify-between gap-3 text-meta text-ink-faint">
        <time dateTime={message.at} title={format.dateTime(message.at)} className="tabular-nums">
          {format.short(message.at)}
        </time>
        <span className="flex gap-x-3">
          <Hide message={message} />
          <button type="button" onClick={() => onGo(message)} className={linkLook}>
            {t('go')}
          </button>
        </span>
      </span>
    </>
  );
}

/** *Ocultar*, under a covered document that this person has asked to see. */
function Hide({ message: { id, media } }: { message: Message }) {
  const { t } = useTranslation('covers');
  const isRevealed = useIsRevealed(id);
  if (!media?.isCovered || !isRevealed) return null;
  return (
    <button
      type="button"
      onClick={(event) => hideInPlace(event.currentTarget, id)}
      className={linkLook}
    >
      {t('hide')}
    </button>
  );
}

function Document({ message }: { message: Message }) {
  const isRevealed = useIsRevealed(message.id);
  const file = fileOf(message);
  if (message.withheld) return <WithheldView message={message} meta={null} />;
  if (!file) return null;
  if (isHidden(file, isRevealed)) return <CoveredFile message={file} meta={null} />;
  if (file.media.state !== 'ready') return <MissingFile message={file} />;
  return <DocumentRow message={file} meta={null} />;
}
