import { Tag } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ContentOf } from '../../../contract.ts';
import { Mark } from './parts.tsx';

/** Which product of the catalogue a message is about. */
export function ProductMark({ content }: { content: ContentOf<'about-product'> }) {
  const { t } = useTranslation('content');
  const { t: kinds } = useTranslation('kinds');
  return (
    <Mark icon={<Tag />}>
      {t('about-product', { id: content.productId })}
      {content.catalogId && ` · ${kinds('catalog', { id: content.catalogId })}`}
    </Mark>
  );
}
