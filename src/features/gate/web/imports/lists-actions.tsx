import { Download } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { useCanBlock } from '../can-block.ts';
import { ExportDialog } from './export-dialog.tsx';
import { WithListsWords } from './lists-words.tsx';

interface Props {
  /** The way to the page of imports, with these words. */
  toImport: (words: string) => ReactNode;
}

/** *Importar* and *Exportar*, at the head of the page *Bloqueios*; for administrators. */
export function ListsActions(props: Props) {
  return useCanBlock() ? (
    <WithListsWords>
      <Actions {...props} />
    </WithListsWords>
  ) : null;
}

function Actions({ toImport }: Props) {
  const { t } = useTranslation('block-lists');
  const [isExporting, setIsExporting] = useState(false);
  return (
    <div className="flex items-center gap-2">
      {toImport(t('import'))}
      <Button
        icon={<Download className="size-4 max-md:hidden" />}
        onClick={() => setIsExporting(true)}
      >
        {t('export')}
      </Button>
      {isExporting && <ExportDialog onClose={() => setIsExporting(false)} />}
    </div>
  );
}
