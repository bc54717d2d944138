import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { TextArea } from '#platform/web/ui/field.tsx';
import { Card } from '#platform/web/ui/page.tsx';
import { Problem } from '#platform/web/ui/problem.tsx';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import type { RemovalRequest } from '../../../contract.ts';
import { BlockPart } from './block-part.tsx';
import type { useConfirming } from './use-confirming.ts';
import type { Decision } from './use-decision.ts';
import { WhyPart } from './why-part.tsx';

interface DecisionCardProps {
  request: RemovalRequest;
  decision: Decision;
  confirming: ReturnType<typeof useConfirming>;
  decide: { readonly isPending: boolean; readonly error: unknown };
  lead?: string;
  /** What is missing before it can be decided, in words. */
  missing: string | null;
  /** Whether something that is chosen goes, and whether something stays. */
  removes: boolean;
  keeps: boolean;
  /** How far the choosing has come, beside the button. */
  beside?: ReactNode;
  /** The last question before something goes; drawn while it is asked. */
  question: ReactNode;
  /** What there is to choose. */
  children: ReactNode;
}

/** The foot of an open request: a word to those who asked, the block, and the decision itself. */
export function DecisionCard(props: DecisionCardProps) {
  const { request, decision, confirming, decide, lead, missing, beside, question } = props;
  const { removes, keeps } = props;
  const { t } = useTranslation('removals-desk');
  const { wasTried, isAsking, submit } = confirming;
  return (
    <Card title={t('decide.title')} {...(lead !== undefined && { description: lead })}>
      <div className="flex flex-col gap-5">
        {props.children}
        <WhyPart {...{ request, decision, removes, keeps }} isChecked={wasTried} />
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
          value={decision.draft.answer}
          onChange={(event) => decision.change({ answer: event.target.value })}
        />
        <BlockPart request={request} decision={decision} isChecked={wasTried} />
        {request.needsTwo && <p className="text-preview text-ink-soft">{t('two.why')}</p>}
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Button variant="primary" onClick={submit} isBusy={decide.isPending && !isAsking}>
            {t('decide.action')}
          </Button>
          {beside}
        </div>
        {wasTried && missing !== null && <Problem>{missing}</Problem>}
        {!isAsking && <ProblemLine error={decide.error} />}
      </div>
      {isAsking && question}
    </Card>
  );
}
