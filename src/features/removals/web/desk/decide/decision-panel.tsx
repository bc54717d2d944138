import { useTranslation } from 'react-i18next';
import { useMe } from '#features/accounts/web/index.ts';
import { useTellWire } from '#features/gate/web/index.ts';
import { Button } from '#platform/web/ui/button.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { RemovalRequest } from '../../../contract.ts';
import { useDecideRemoval } from '../api.ts';
import { contactTitle } from '../request-facts.tsx';
import { useUnlessBlocked } from './block-part.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { DecisionCard } from './decision-card.tsx';
import { useConfirming } from './use-confirming.ts';
import {
  type Choice,
  type Decision,
  decisionOf,
  isBlockIncomplete,
  weigh,
} from './use-decision.ts';

interface DecisionPanelProps {
  request: RemovalRequest;
  decision: Decision;
}

/** What is missing before a draft can be decided, as a key of the words. */
const missingIn = (
  chosen: number,
  kept: number,
  draft: Decision['draft'],
): 'decide.nothing-chosen' | 'decide.block-incomplete' | 'why.missing' | null => {
  if (chosen === 0) return 'decide.nothing-chosen';
  if (kept > 0 && draft.keepReason === null) return 'why.missing';
  return isBlockIncomplete(draft) ? 'decide.block-incomplete' : null;
};

/** The decision about messages, of which each has its own choice. */
export function DecisionPanel({ request, decision: made }: DecisionPanelProps) {
  const { t } = useTranslation('removals-desk');
  const decision = useUnlessBlocked(made, request);
  const { weight, missing, confirming, decide } = useDeciding({ request, decision });
  const chosen = weight.removed + weight.proposed + weight.kept;
  return (
    <DecisionCard
      {...{ request, decision, confirming, decide }}
      lead={t('decide.lead')}
      // The choice of a reason says itself what is missing.
      missing={missing === null || missing === 'why.missing' ? null : t(missing)}
      removes={weight.removed + weight.proposed > 0}
      keeps={weight.kept > 0}
      beside={
        <p role="status" className="text-preview text-ink-soft tabular-nums">
          {t('decide.chosen', { count: weight.open, chosen })}
        </p>
      }
      question={<Question {...{ request, decision, weight, decide, confirming }} />}
    >
      {weight.open > 1 && <ForAll request={request} decision={decision} />}
    </DecisionCard>
  );
}

/** Chooses the same for every message that is open; each can still be chosen otherwise. */
function ForAll({ request, decision }: DecisionPanelProps) {
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

function useDeciding({ request, decision }: DecisionPanelProps) {
  const { t } = useTranslation('removals-desk');
  const { memberId } = useMe();
  const { draft, clear } = decision;
  const decide = useDecideRemoval(request.id);
  const tellWire = useTellWire();
  const weight = weigh(request, draft, memberId);
  const missing = missingIn(weight.removed + weight.proposed + weight.kept, weight.kept, draft);
  const say = () => {
    const parts = (['removed', 'proposed', 'kept'] as const).filter((end) => weight[end] > 0);
    const said = parts.map((end) => t(`decide.part-${end}`, { count: weight[end] }));
    const { number } = request;
    showToast(
      parts.length === 1
        ? t(`decide.toast-${parts[0] ?? 'kept'}`, { number })
        : t('decide.toast-mixed', { number, parts: said.join(', ') }),
    );
  };
  const confirming = useConfirming({
    isIncomplete: missing !== null,
    isRemoving: weight.removed + weight.proposed > 0,
    decide,
    send: (onDone) =>
      decide.mutate(decisionOf(request, draft), {
        onSuccess: ({ stillOnWire, blockedBefore }) => {
          onDone();
          clear();
          tellWire(stillOnWire);
          if (blockedBefore) showToast(t('block.before'));
          say();
        },
      }),
  });
  return { weight, missing, confirming, decide };
}

function Question({
  request,
  decision,
  weight,
  decide,
  confirming,
}: DecisionPanelProps & Omit<ReturnType<typeof useDeciding>, 'missing'>) {
  const { t } = useTranslation('removals-desk');
  const { removed, proposed, kept, along } = weight;
  // Nothing is removed yet: somebody else has the last word.
  const isProposal = removed === 0;
  const name = isProposal ? 'propose' : 'remove';
  const lines = [
    along > 0 && t('confirm.along', { count: along }),
    !isProposal && proposed > 0 && t('confirm.proposed', { count: proposed }),
    kept > 0 && t('confirm.kept', { count: kept }),
    decision.draft.wantsBlock && t('confirm.blocks', { name: contactTitle(request.contactName) }),
  ].filter((line) => line !== false);
  return (
    <ConfirmDialog
      title={t(`confirm.${name}-title`, { count: isProposal ? proposed : removed })}
      body={t(`confirm.${name}-body`)}
      isProposal={isProposal}
      lines={lines}
      decide={decide}
      onConfirm={confirming.confirm}
      onClose={confirming.close}
    />
  );
}
