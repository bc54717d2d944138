import { useTranslation } from 'react-i18next';
import type { Message } from '../../../contract.ts';
import { useIsRevealed } from '../../data/revealed.ts';
import { fileOf, mediaUrl } from './media-kinds.ts';

/** What can be done with the file of a message, once it is here and not covered for this person. */
export function useFileActions(message: Message) {
  const { t } = useTranslation('media');
  const isRevealed = useIsRevealed(message.id);
  const media = fileOf(message)?.media;
  const isHere = media?.state === 'ready' && (!media.isCovered || isRevealed);
  const download = () => {
    const link = document.createElement('a');
    link.href = mediaUrl(message.id);
    link.download = media?.fileName ?? '';
    link.click();
  };
  return { isHere, words: t('download'), download };
}
