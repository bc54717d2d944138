import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '#platform/web/ui/page.tsx';
import { EmptyState } from '#platform/web/ui/states.tsx';
import { useCanBlock } from '../can-block.ts';
import { ExchangeCard } from './exchange-card.tsx';
import { ImportView } from './import-view.tsx';
import { WithListsWords } from './lists-words.tsx';
import { PastImports } from './past-imports.tsx';
import { UploadCard } from './upload-card.tsx';

export interface ImportScreenProps {
  /** The import that is looked at; without one, a file is asked for. */
  importId: string | undefined;
  onOpen: (importId: string | undefined) => void;
  /** The way back to *Bloqueios*, with these words. */
  back: (words: string) => ReactNode;
}

/** `/bloqueios/importar`: a file, its preview, its progress, its result, and those before it. */
export function ImportScreen(props: ImportScreenProps) {
  return (
    <WithListsWords>
      <Screen {...props} />
    </WithListsWords>
  );
}

function Screen({ importId, onOpen, back }: ImportScreenProps) {
  const { t } = useTranslation('block-lists');
  if (!useCanBlock()) {
    return <EmptyState title={t('page.not-allowed')} action={back(t('page.back'))} />;
  }
  return (
    <Page
      title={t('page.title')}
      description={t('page.description')}
      actions={back(t('page.back'))}
    >
      {importId === undefined ? (
        <>
          <UploadCard onRead={({ id }) => onOpen(id)} />
          <PastImports onOpen={onOpen} />
          <ExchangeCard />
        </>
      ) : (
        <ImportView key={importId} id={importId} onLeave={() => onOpen(undefined)} />
      )}
    </Page>
  );
}
