import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import type { BlockImport } from '../../imports/contract.ts';

/** Which file it is, under the title of a card. */
export function FileLine({ of }: { of: BlockImport }) {
  const { t } = useTranslation('block-lists');
  const format = useFormat();
  return (
    <p className="text-preview break-words text-ink-soft">
      {of.fileName ?? t('preview.unnamed')} ·{' '}
      {t('preview.rows', { count: of.rows, n: format.number(of.rows) })}
    </p>
  );
}
