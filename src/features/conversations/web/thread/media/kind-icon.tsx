import {
  AudioLines,
  CircleSlash,
  EyeOff,
  FileText,
  Image,
  Mic,
  Sticker,
  Video,
} from 'lucide-react';
import type { ReactElement } from 'react';
import type { MediaKind } from '#features/media/contract.ts';
import { cx } from '#platform/web/ui/class-names.ts';
import type { MessageKind, Withheld } from '../../../contract.ts';
import { isMediaKind } from './media-kinds.ts';

const icons: Record<MediaKind, ReactElement> = {
  image: <Image />,
  video: <Video />,
  audio: <AudioLines />,
  voice: <Mic />,
  document: <FileText />,
  sticker: <Sticker />,
};

const withheldIcons: Record<NonNullable<Withheld>, ReactElement> = {
  covered: <EyeOff />,
  removed: <CircleSlash />,
};

/** The sign of a kind of file, beside its word; nothing for other kinds. Of what is withheld only that it is. */
export function MediaKindIcon({
  type,
  withheld = null,
  className = '[&_svg]:size-4',
}: {
  type: MessageKind | null;
  withheld?: Withheld | undefined;
  className?: string;
}) {
  const icon = withheld
    ? withheldIcons[withheld]
    : type !== null && isMediaKind(type) && icons[type];
  if (!icon) return null;
  return (
    <span aria-hidden="true" className={cx('inline-flex shrink-0', className)}>
      {icon}
    </span>
  );
}
