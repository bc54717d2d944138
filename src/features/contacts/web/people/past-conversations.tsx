import { useTranslation } from 'react-i18next';
import { Fold } from '#platform/web/ui/fold.tsx';
import { lazyPart } from '#platform/web/ui/lazy-part.tsx';

const OtherConversations = lazyPart(
  () => import('./other-conversations.tsx'),
  (file) => file.OtherConversations,
);

/** In the contact panel: what else there is with this person. */
export function PastConversations(props: { contactId: string; exceptId: string }) {
  const { t } = useTranslation('contacts');
  return (
    <Fold title={t('past-conversations')}>
      <OtherConversations {...props} />
    </Fold>
  );
}
