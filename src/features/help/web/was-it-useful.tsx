import { ThumbsDown, ThumbsUp } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { TextArea } from '#platform/web/ui/field.tsx';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import type { HelpArticle } from '../contract.ts';
import { useAnswerArticle } from './api.ts';

/** As the contract has it, which is for types here. */
const longestMissing = 2000;

type Answered = 'not-yet' | 'yes' | 'no' | 'told';

/** *Este artigo foi útil?* A no is counted at once; what was missing may follow. */
export function WasItUseful({ article }: { article: HelpArticle }) {
  const { t } = useTranslation('help');
  const id = useId();
  const [answered, setAnswered] = useState<Answered>('not-yet');
  const said = useRef<HTMLParagraphElement>(null);
  const answer = useAnswerArticle();
  // What was pressed is gone: whoever has no pointer goes on from here.
  useEffect(() => {
    if (answered === 'yes' || answered === 'told') said.current?.focus();
  }, [answered]);
  const say = (isUseful: boolean) => {
    if (answer.isPending) return;
    answer.mutate({ article, isUseful }, { onSuccess: () => setAnswered(isUseful ? 'yes' : 'no') });
  };
  return (
    <section aria-labelledby={id} className="mt-10 border-t border-hairline pt-6">
      {/* One place for what is said, so that a reader hears it when it changes. */}
      <p ref={said} id={id} role="status" tabIndex={-1} className="font-medium outline-none">
        {answered === 'not-yet' && t('useful.question')}
        {answered === 'yes' && t('useful.glad')}
        {answered === 'no' && t('useful.sorry')}
        {answered === 'told' && t('useful.thanks')}
      </p>
      {answered === 'not-yet' && (
        <div className="mt-3 flex flex-wrap gap-2">
          <Button
            icon={<ThumbsUp className="size-4" />}
            isBusy={answer.isPending && answer.variables.isUseful}
            onClick={() => say(true)}
          >
            {t('useful.yes')}
          </Button>
          <Button
            icon={<ThumbsDown className="size-4" />}
            isBusy={answer.isPending && !answer.variables.isUseful}
            onClick={() => say(false)}
          >
            {t('useful.no')}
          </Button>
        </div>
      )}
      {answered === 'not-yet' && <ProblemLine error={answer.error} />}
      {answered === 'no' && <Missing article={article} onTold={() => setAnswered('told')} />}
    </section>
  );
}

function Missing({ article, onTold }: { article: HelpArticle; onTold: () => void }) {
  const { t } = useTranslation('help');
  const [missing, setMissing] = useState('');
  const [wasTried, setTried] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const answer = useAnswerArticle();
  const words = missing.trim();
  useEffect(() => box.current?.focus(), []);
  const send = () => {
    setTried(true);
    if (words === '') box.current?.focus();
    else if (!answer.isPending) {
      answer.mutate({ article, isUseful: false, missing: words }, { onSuccess: onTold });
    }
  };
  return (
    <form
      noValidate
      className="mt-3 flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <TextArea
        ref={box}
        label={t('useful.sorry')}
        isLabelHidden
        hint={t('useful.hint')}
        error={wasTried && words === '' ? t('useful.no-words') : undefined}
        rows={4}
        maxLength={longestMissing}
        value={missing}
        onChange={(event) => setMissing(event.target.value)}
      />
      <ProblemLine error={answer.error} />
      <Button type="submit" variant="primary" className="self-start" isBusy={answer.isPending}>
        {t('useful.send')}
      </Button>
    </form>
  );
}
