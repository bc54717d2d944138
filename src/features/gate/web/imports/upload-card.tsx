import { FileUp } from 'lucide-react';
import { type DragEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { cx } from '#platform/web/ui/class-names.ts';
import { Card } from '#platform/web/ui/page.tsx';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import { blockReasons } from '../../contract.ts';
import type { BlockImport } from '../../imports/contract.ts';
import { Bar } from './bar.tsx';
import { useUpload } from './use-upload.ts';

/** Where a file is dropped or chosen, and what it has to be. */
export function UploadCard({ onRead }: { onRead: (read: BlockImport) => void }) {
  const { t } = useTranslation(['block-lists', 'gate']);
  const { state, send, stop } = useUpload(onRead);
  const [isOver, setIsOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    const [file] = event.dataTransfer.files;
    if (file && state.kind !== 'sending') send(file);
  };
  const reasons = blockReasons.map((reason) => t(`gate:reasons.${reason}`)).join(', ');
  return (
    <Card>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is beside choosing, which the button does */}
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={drop}
        className={cx(
          'flex min-h-40 flex-col items-center justify-center gap-3 rounded-card border border-dashed px-4 py-6 text-center',
          isOver ? 'border-accent bg-accent-tint' : 'border-control-line',
        )}
      >
        {state.kind === 'sending' ? (
          <Sending share={state.share} onStop={stop} />
        ) : (
          <>
            <FileUp aria-hidden="true" className="size-7 text-ink-faint" />
            <p className="text-body font-medium">{t('upload.drop')}</p>
            <Button variant="primary" onClick={() => input.current?.click()}>
              {t('upload.choose')}
            </Button>
            <input
              ref={input}
              type="file"
              accept=".csv,.txt,text/csv,text/plain"
              aria-label={t('upload.choose')}
              className="sr-only"
              tabIndex={-1}
              onChange={({ target }) => {
                const [file] = target.files ?? [];
                target.value = '';
                if (file) send(file);
              }}
            />
            {state.kind === 'failed' && <ProblemLine error={state.error} />}
          </>
        )}
      </div>
      <div className="mt-4 flex max-w-[75ch] flex-col gap-1.5 text-preview text-ink-soft">
        <p>{t('upload.columns')}</p>
        <p>{t('upload.reasons', { reasons })}</p>
        <p>{t('upload.limits')}</p>
      </div>
    </Card>
  );
}

function Sending({ share, onStop }: { share: number; onStop: () => void }) {
  const { t } = useTranslation('block-lists');
  const text =
    share < 1 ? t('upload.sending', { share: Math.floor(share * 100) }) : t('upload.reading');
  return (
    <div className="flex w-full max-w-80 flex-col items-center gap-3">
      <p role="status" className="text-body font-medium">
        {text}
      </p>
      <Bar label={text} share={share < 1 ? share : null} />
      <Button size="sm" onClick={onStop}>
        {t('upload.stop')}
      </Button>
    </div>
  );
}
