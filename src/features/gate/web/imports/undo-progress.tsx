import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import { Card } from '#platform/web/ui/page.tsx';
import type { BlockImport } from '../../imports/contract.ts';
import { Bar } from './bar.tsx';
import { FileLine } from './file-line.tsx';

/** How far the undoing of an import has come. */
export function UndoProgress({ of, isStale }: { of: BlockImport; isStale: boolean }) {
  const { t } = useTranslation(['block-lists', 'platform']);
  const format = useFormat();
  const { all, lifted } = of.undo ?? { all: 0, lifted: 0 };
  const text = t('undo.progress', { done: format.number(lifted), all: format.number(all) });
  return (
    <Card title={t('undo.running')} description={<FileLine of={of} />}>
      <Bar label={text} share={all === 0 ? 1 : lifted / all} />
      <p role="status" className="mt-2 text-body tabular-nums">
        {text}
      </p>
      <p className="mt-1 text-preview text-ink-soft">
        {isStale ? t('platform:problem.network') : t('undo.leave')}
      </p>
    </Card>
  );
}
