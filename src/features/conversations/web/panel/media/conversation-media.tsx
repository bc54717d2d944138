import { useTranslation } from 'react-i18next';
import { Fold } from '#platform/web/ui/fold.tsx';
import { lazyPart } from '#platform/web/ui/lazy-part.tsx';
import type { MediaShelvesProps } from './media-shelves.tsx';

const MediaShelves = lazyPart(
  () => import('./media-shelves.tsx'),
  (file) => file.MediaShelves,
);

/** *Mídia* in the contact panel: the pictures, films and documents of the conversation. */
export function ConversationMedia(props: MediaShelvesProps) {
  const { t } = useTranslation('conversations');
  return (
    <Fold title={t('panel.media')}>
      <MediaShelves {...props} />
    </Fold>
  );
}
