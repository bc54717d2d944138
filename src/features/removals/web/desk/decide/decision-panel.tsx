import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '#features/accounts/web/index.ts';
import { Button } from '#platform/web/ui/button.tsx';
import { TextArea } from '#platform/web/ui/field.tsx';
import { Card } from '#platform/web/ui/page.tsx';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { RemovalRequest } from '../../../contract.ts';
import { useDecideRemoval } from '../api.ts';
import { contactTitle } from '../request-facts.tsx';
import { BlockPart } from './block-part.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { type Choice, type Decision, decisionOf, weigh } from './use-decision.ts';

/** What is missing before a draft can be decided, as a key of the words. */
const missingIn = (
  chosen: number,
  { wantsBlock, block }: Decision['draft'],
): 'nothing-chosen' | 'block-incomplete' | null => {
  if (chosen === 0) return 'nothing-chosen';
  return wantsBlock && block === null ? 'block-incomplete' : null;
};

/** The foot of an open request: a word to those who asked, the block, and the decision itself. */
export function DecisionPanel({
  request,
  decision,
}: {
  request: RemovalRequest;
  decision: Decision;
}) {
  const { t } = useTranslation('removals-desk');
  const { draft, change } = decision;
  const { weight, missing, wasTried, isAsking, submit, confirm, close, decide } = useDeciding(
    request,
    decision,
  );
  return (
    <Card title={t('decide.title')} description={t('decide.lead')}>
      <div className="flex flex-col gap-5">
        {weight.open > 1 && <ForAll request={request} decision={decision} />}
        <TextArea
          label={
            <>
              {t('decide.answer')}{' '}
              <span className="font-normal text-ink-soft">{t('decide.optional')}</span>
            </>
          }
          hint={t('decide.answer-hint')}
          rows={2}
          maxLength={2000}
          value={draft.answer}
          onChange={(event) => change({ answer: event.target.value })}
        />
        <BlockPart request={request} decision={decision} isChecked={wasTried} />
        {request.needsTwo && <p className="text-preview text-ink-soft">{t('two.why')}</p>}
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Button variant="primary" onClick={submit} isBusy={decide.isPending && !isAsking}>
            {t('decide.action')}
          </Button>
          <p role="status" className="text-preview text-ink-soft tabular-nums">
            {t('decide.chosen', {
              count: weight.open,
              chosen: weight.removed + weight.proposed + weight.kept,
            })}
          </p>
        </div>
        {wasTried && missing && (
          <p role="alert" className="text-preview text-red">
            {t(`decide.${missing}`)}
          </p>
        )}
        {!isAsking && <ProblemLine error={decide.error} />}
      </div>
      {isAsking && (
        <ConfirmDialog
          weight={weight}
          blocks={draft.wantsBlock ? contactTitle(request.contactName) : null}
          isBusy={decide.isPending}
          error={decide.error}
          onConfirm={confirm}
          onClose={close}
        />
      )}
    </Card>
  );
}

/** Chooses the same for every message that is open; each can still be chosen otherwise. */
function ForAll({ request, decision }: { request: RemovalRequest; decision: Decision }) {
  const { t } = useTranslation('removals-desk');
  const { memberId } = useMe();
  const open = request.items.filter(({ state }) => state === 'open');
  // The first of two cannot be the second.
  const removable = open.filter(
    ({ proposedBy }) => !request.needsTwo || proposedBy === null || proposedBy.id !== memberId,
  );
  const choose = (items: typeof open, choice: Choice) => () =>
    decision.chooseAll(
      items.map(({ messageId }) => messageId),
      choice,
    );
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button size="sm" onClick={choose(removable, 'remove')}>
        {t('decide.remove-all')}
      </Button>
      <Button size="sm" onClick={choose(open, 'keep')}>
        {t('decide.keep-all')}
      </Button>
      <span className="text-meta text-ink-faint">{t('decide.all-hint')}</span>
    </div>
  );
}

/** Keeping is done at once, since it can be asked for again; removing is asked about first. */
function useDeciding(request: RemovalRequest, decision: Decision) {
  const { t } = useTranslation('removals-desk');
  const { memberId } = useMe();
  const { draft, clear } = decision;
  const [wasTried, setTried] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const decide = useDecideRemoval(request.id);
  const weight = weigh(request, draft, memberId);
  const missing = missingIn(weight.removed + weight.proposed + weight.kept, draft);
  const confirm = () => {
    if (decide.isPending) return;
    decide.mutate(decisionOf(request, draft), {
      onSuccess: () => {
        setAsking(false);
        setTried(false);
        clear();
        const parts = (['removed', 'proposed', 'kept'] as const).filter((end) => weight[end] > 0);
        const said = parts.map((end) => t(`decide.part-${end}`, { count: weight[end] }));
        const { number } = request;
        showToast(
          parts.length === 1
            ? t(`decide.toast-${parts[0] ?? 'kept'}`, { number })
            : t('decide.toast-mixed', { number, parts: said.join(', ') }),
        );
      },
    });
  };
  const submit = () => {
    setTried(true);
    if (missing !== null || decide.isPending) return;
    decide.reset();
    if (weight.removed + weight.proposed > 0) setAsking(true);
    else confirm();
  };
  const close = () => {
    setAsking(false);
    decide.reset();
  };
  return { weight, missing, wasTried, isAsking, submit, confirm, close, decide };
}
