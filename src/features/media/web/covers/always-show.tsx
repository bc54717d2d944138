import { useTranslation } from 'react-i18next';
import { useRight } from '#features/accounts/web/index.ts';
import { useProblemText } from '#platform/web/i18n/problem-text.ts';
import { showToast } from '#platform/web/ui/toast.tsx';
import { useChangeRule } from './api.ts';

/** *Sempre mostrar deste contato*, beside what is covered: said in a line, done at once, and undone from the toast. */
export function AlwaysShow({ contactId }: { contactId: string }) {
  const { t } = useTranslation('covers');
  const problemText = useProblemText();
  const mayChange = useRight('contact.edit');
  const change = useChangeRule(contactId);
  if (!mayChange) return null;
  const tellFailure = (error: unknown) => showToast(problemText(error).text);
  const undo = () =>
    change.mutate('stop-showing', {
      onSuccess: () => showToast(t('always-undone')),
      onError: tellFailure,
    });
  return (
    <button
      type="button"
      disabled={change.isPending}
      onClick={() =>
        change.mutate('always-show', {
          onSuccess: () =>
            showToast(t('always-done'), { action: { label: t('undo'), onAct: undo } }),
          onError: tellFailure,
        })
      }
      className="min-h-6 rounded-small text-left text-meta text-accent-ink underline underline-offset-2 disabled:opacity-50"
    >
      {t('always')}
    </button>
  );
}
