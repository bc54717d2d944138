import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import { Button } from '#platform/web/ui/button.tsx';
import { ConfirmDialog } from '#platform/web/ui/confirm-dialog.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { HelpAnswer } from '../contract.ts';
import { useClearAnswer } from './api.ts';

/** What somebody missed, and the way to take it away once it is dealt with. */
export function AnswerRow({ answer, title }: { answer: HelpAnswer; title: string }) {
  const { t } = useTranslation('help');
  const format = useFormat();
  const [isAsked, setAsked] = useState(false);
  const clear = useClearAnswer();
  const at = format.dateTime(answer.at);
  const carryOut = async () => {
    try {
      // Awaited: the list is read anew, and takes this row off the screen.
      await clear.mutateAsync(answer.id);
    } catch {
      return; // Shown in the dialog.
    }
    setAsked(false);
    showToast(t('answers.cleared'));
    document.getElementById('main')?.focus();
  };
  return (
    <li className="py-3">
      <p className="flex flex-wrap items-baseline gap-x-2 text-preview text-ink-faint">
        <span className="font-medium text-ink-soft">{title}</span>
        <time dateTime={answer.at}>{at}</time>
      </p>
      <p className="mt-1 whitespace-pre-wrap break-words">{answer.missing}</p>
      <Button
        size="sm"
        variant="quiet"
        className="mt-1 -ml-2.5"
        aria-label={t('answers.clear-of', { article: title, at })}
        onClick={() => setAsked(true)}
      >
        {t('answers.clear')}
      </Button>
      <ConfirmDialog
        open={isAsked}
        onOpenChange={setAsked}
        title={t('answers.clear-title')}
        body={t('answers.clear-body')}
        submit={t('answers.clear')}
        isDangerous
        isBusy={clear.isPending}
        error={clear.error}
        onConfirm={() => void carryOut()}
      />
    </li>
  );
}
