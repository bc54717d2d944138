import { Eye, EyeOff, Flag, FlagOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useRight } from '#features/accounts/web/index.ts';
import { useProblemText } from '#platform/web/i18n/problem-text.ts';
import { Button } from '#platform/web/ui/button.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { ContactMediaRule } from '../../contract.ts';
import { type RuleChange, useChangeRule, useContactRule } from './api.ts';
import { WithCoverWords } from './with-cover-words.tsx';

/** What holds for the media of one contact, on the contact panel: shown always, covered always, or as usual. */
export function ContactMedia({ contactId }: { contactId: string }) {
  return (
    <WithCoverWords>
      <Loaded key={contactId} contactId={contactId} />
    </WithCoverWords>
  );
}

const hintOf = ({ rule, cause }: ContactMediaRule) =>
  rule === 'flagged' && cause === 'removal' ? 'flagged-by-removal' : (`${rule}-hint` as const);

function Loaded({ contactId }: { contactId: string }) {
  const { t } = useTranslation('cover-settings');
  const problemText = useProblemText();
  const mayFlag = useRight('removal.review');
  const { data } = useContactRule(contactId);
  const change = useChangeRule(contactId);
  if (!data) return null;
  const run = (what: RuleChange) =>
    change.mutate(what, { onError: (error) => showToast(problemText(error).text) });
  const { rule } = data;
  return (
    <section aria-label={t('contact.title')} className="border-t border-hairline px-4 py-4">
      <div className="mb-1 flex items-baseline justify-between gap-4">
        <h3 className="text-preview text-ink-faint">{t('contact.title')}</h3>
        <span className="text-right text-body">{t(`contact.${rule}`)}</span>
      </div>
      <p className="mb-2.5 text-meta text-ink-faint">{t(`contact.${hintOf(data)}`)}</p>
      <div className="flex flex-col gap-2">
        {rule !== 'flagged' && (
          <Button
            size="sm"
            className="justify-start"
            icon={rule === 'shown' ? <EyeOff /> : <Eye />}
            isBusy={change.isPending && !change.variables.endsWith('flag')}
            onClick={() => run(rule === 'shown' ? 'stop-showing' : 'always-show')}
          >
            {t(rule === 'shown' ? 'contact.stop-always' : 'contact.always')}
          </Button>
        )}
        {mayFlag && (
          <Button
            size="sm"
            className="justify-start"
            icon={rule === 'flagged' ? <FlagOff /> : <Flag />}
            isBusy={change.isPending && change.variables.endsWith('flag')}
            onClick={() => run(rule === 'flagged' ? 'unflag' : 'flag')}
          >
            {t(rule === 'flagged' ? 'contact.unflag' : 'contact.flag')}
          </Button>
        )}
      </div>
    </section>
  );
}
