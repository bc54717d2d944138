import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { bubbleKey } from '../../data/bubble-keys.ts';
import { localUrl } from '../../data/local-files.ts';
import { typeLetters, useSizeText } from './file-words.ts';
import { MediaKindIcon } from './kind-icon.tsx';
import { type MediaMessage, mediaUrl } from './media-kinds.ts';

/** What it is called, what it is, how large; a press anywhere on it saves it. */
export function DocumentRow({
  message,
  meta,
  hint,
}: {
  message: MediaMessage;
  meta: ReactNode;
  hint?: string;
}) {
  const { t } = useTranslation('media');
  const { t: words } = useTranslation('conversations');
  const sizeText = useSizeText();
  const { fileName, mimeType, sizeBytes } = message.media;
  const unnamed =
    message.type === 'document' ? t('document.unnamed') : words(`kind.${message.type}`);
  const name = fileName ?? unnamed;
  const facts = [
    hint ?? typeLetters(fileName, mimeType) ?? t('document.file'),
    sizeBytes !== null && sizeText(sizeBytes),
  ];
  return (
    <span className="block w-[300px] max-w-full" data-media={message.type} data-state="ready">
      <a
        href={localUrl(bubbleKey(message.id)) ?? mediaUrl(message.id)}
        download={fileName ?? ''}
        aria-label={t('download-name', { name })}
        className="-mx-1.5 flex min-h-11 items-center gap-2.5 rounded-control bg-sunken px-2.5 py-2 text-body hover:bg-hover"
      >
        <MediaKindIcon type={message.type} className="text-ink-soft [&_svg]:size-5" />
        <span className="min-w-0 flex-1">
          <span className="line-clamp-2 font-medium">{name}</span>
          <span className="block text-meta text-ink-soft tabular-nums">
            {facts.filter(Boolean).join(' · ')}
          </span>
        </span>
        <Download aria-hidden="true" className="text-ink-soft" />
      </a>
      {meta && <span className="flow-root">{meta}</span>}
    </span>
  );
}
