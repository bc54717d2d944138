import { EyeOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '#platform/web/ui/icon-button.tsx';
import { hideInPlace } from '../../data/hide-in-place.ts';
import { useIsRevealed } from '../../data/revealed.ts';
import type { MediaMessage } from './media-kinds.ts';

/** *Ocultar*, over a covered picture or film that this person has asked to see. */
export function HideButton({ message }: { message: MediaMessage }) {
  const { t } = useTranslation('covers');
  const isRevealed = useIsRevealed(message.id);
  const { isCovered, state } = message.media;
  if (!isCovered || !isRevealed || state !== 'ready') return null;
  return (
    <span className="absolute top-1.5 right-1.5 rounded-control bg-raised shadow-float">
      <IconButton
        size="sm"
        label={t('hide')}
        icon={<EyeOff />}
        onClick={(event) => hideInPlace(event.currentTarget, message.id)}
      />
    </span>
  );
}
