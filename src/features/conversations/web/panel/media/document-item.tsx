import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import type { Message } from '../../../contract.ts';
import { useAsAskedFor, useIsRevealed } from '../../data/revealed.ts';
import { CoveredFile } from '../../thread/media/cover.tsx';
import { DocumentRow } from '../../thread/media/document-row.tsx';
import { isHidden } from '../../thread/media/hold-media.ts';
import { fileOf } from '../../thread/media/media-kinds.ts';
import { MissingFile } from '../../thread/media/media-state.tsx';
import { WithheldView } from '../../thread/withheld-view.tsx';
import type { ShelfItemProps } from './media-tile.tsx';

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
        <button
          type="button"
          onClick={() => onGo(message)}
          className="min-h-6 rounded-small text-accent-ink underline underline-offset-2"
        >
          {t('go')}
        </button>
      </span>
    </>
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
