import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { IconButton } from '#platform/web/ui/icon-button.tsx';
import { wakeOutgoing } from '../../data/send-text.ts';
import { cancelUpload, useUpload } from '../../data/uploads.ts';
import type { MediaMessage } from './media-kinds.ts';

/** How far the file of a message of ours has come on its way to the server; nothing once it is there. */
export function UploadLine({ message }: { message: MediaMessage }) {
  const { t } = useTranslation('media');
  const upload = useUpload(message.id);
  if (!upload) return null;
  const percent = Math.min(100, Math.round(upload.share * 100));
  return (
    <span className="mt-1 flex items-center gap-2">
      <progress
        max={100}
        value={percent}
        aria-label={t('attach.uploading', { percent })}
        className="h-1 min-w-0 flex-1 appearance-none overflow-hidden rounded-full [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-pressed [&::-webkit-progress-value]:bg-accent"
      />
      <span className="w-9 text-right text-meta text-ink-faint tabular-nums">{percent} %</span>
      {upload.isResting && (
        <Button size="sm" variant="quiet" onClick={wakeOutgoing}>
          {t('attach.retry')}
        </Button>
      )}
      <IconButton
        size="sm"
        label={t('attach.cancel')}
        icon={<X />}
        onClick={() => {
          cancelUpload(message.id);
          // What waited behind it need not wait any longer.
          wakeOutgoing();
        }}
      />
    </span>
  );
}
