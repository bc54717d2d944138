import { type DragEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { Conversation } from '../../../contract.ts';
import { useWindowLeft } from '../../window-countdown.tsx';
import { addFiles } from './add-files.ts';

const hasFiles = (event: { dataTransfer: DataTransfer | null }): boolean =>
  event.dataTransfer?.types.includes('Files') ?? false;

/** A file that misses the thread by a finger's breadth must not take the place of the whole page. */
function useHarmlessMiss(): void {
  useEffect(() => {
    const swallow = (event: globalThis.DragEvent) => {
      if (hasFiles(event)) event.preventDefault();
    };
    window.addEventListener('dragover', swallow);
    window.addEventListener('drop', swallow);
    return () => {
      window.removeEventListener('dragover', swallow);
      window.removeEventListener('drop', swallow);
    };
  }, []);
}

/** Files may be let fall anywhere on the open conversation, if anything may be sent there. */
export function useFileDrop(conversation: Conversation, onAdded: () => void) {
  const { t } = useTranslation('media');
  const [isOver, setOver] = useState(false);
  const isClosed = useWindowLeft(conversation) === 0;
  const { id, isBlocked } = conversation;
  useHarmlessMiss();
  const why = isBlocked ? 'attach.not-now-blocked' : isClosed ? 'attach.not-now-closed' : null;
  const handlers = {
    onDragOver: (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: (event: DragEvent) => {
      const next = event.relatedTarget;
      if (!(next instanceof Node && event.currentTarget.contains(next))) setOver(false);
    },
    onDrop: (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(false);
      if (why) showToast(t(why));
      else void addFiles(id, [...event.dataTransfer.files]).then(onAdded);
    },
  };
  return { isOver: isOver && why === null, handlers };
}
