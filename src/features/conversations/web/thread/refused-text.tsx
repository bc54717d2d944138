import { useTranslation } from 'react-i18next';
import { copyText } from '#platform/web/clipboard.ts';
import { ApiProblem } from '#platform/web/http.ts';
import { useProblemText } from '#platform/web/i18n/problem-text.ts';
import { Button } from '#platform/web/ui/button.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';
import { addKnownFile } from '../composer/attachments/add-files.ts';
import { composerId } from '../composer/composer-focus.ts';
import { getDraft, setDraft } from '../data/drafts.ts';
import { localFile } from '../data/local-files.ts';
import { type Outgoing, removeOutgoing } from '../data/outgoing.ts';
import { useFailureText } from './message-words.ts';

const takeBack = (conversationId: string, text: string): void => {
  const typed = getDraft(conversationId).text;
  setDraft(conversationId, { text: typed === '' ? text : `${typed}\n${text}` });
};

/** Why a text came back unsent, and what can be done with it: nobody has to type it again. */
export function RefusedText({ item, canEdit }: { item: Outgoing; canEdit: boolean }) {
  const { t } = useTranslation('conversations');
  const { key, conversationId, text, refusal, file } = item;
  const bytes = localFile(key);
  const problemText = useProblemText();
  const failureText = useFailureText();
  const why = () => {
    if (refusal === 'too-late') return t('message.too-late');
    if (refusal === 'window-closed') return failureText(refusal);
    const code = refusal ?? 'unexpected';
    return `${t('message.refused')} ${problemText(new ApiProblem(400, { code })).text}`;
  };
  const edit = () => {
    if (file && bytes) void addKnownFile(conversationId, bytes, file.kind, { caption: text });
    else takeBack(conversationId, text);
    removeOutgoing(key);
    document.getElementById(composerId)?.focus();
  };
  const copy = async () => {
    await copyText(text);
    showToast(t('message.copied'), { milliseconds: 2500 });
  };
  return (
    <div className="mt-1.5">
      <p role="status" className="text-preview font-medium text-ink">
        {why()}
      </p>
      <div className="mt-1 -ml-2.5 flex flex-wrap gap-1">
        {canEdit && (!file || bytes) && (
          <Button size="sm" variant="quiet" onClick={edit}>
            {t('message.take-back')}
          </Button>
        )}
        {text !== '' && (
          <Button size="sm" variant="quiet" onClick={() => void copy()}>
            {t('message.copy')}
          </Button>
        )}
        <Button size="sm" variant="quiet" onClick={() => removeOutgoing(key)}>
          {t('message.discard')}
        </Button>
      </div>
    </div>
  );
}
