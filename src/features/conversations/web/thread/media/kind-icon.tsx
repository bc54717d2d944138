import { AudioLines, FileText, Image, Mic, Sticker, Video } from 'lucide-react';
import type { ReactElement } from 'react';
import type { MediaKind } from '#features/media/contract.ts';
import { cx } from '#platform/web/ui/class-names.ts';
import type { MessageKind } from '../../../contract.ts';
import { isMediaKind } from './media-kinds.ts';

const icons: Record<MediaKind, ReactElement> = {
  image: <Image />,
  video: <Video />,
  audio: <AudioLines />,
  voice: <Mic />,
  document: <FileText />,
  sticker: <Sticker />,
};

/** The sign of a kind of file, beside its word; nothing for other kinds. */
export function MediaKindIcon({
  type,
  className = '[&_svg]:size-4',
}: {
  type: MessageKind | null;
  className?: string;
}) {
  if (type === null || !isMediaKind(type)) return null;
  return (
    <span aria-hidden="true" className={cx('inline-flex shrink-0', className)}>
      {icons[type]}
    </span>
  );
}
