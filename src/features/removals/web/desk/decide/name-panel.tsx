import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTellWire } from '#features/gate/web/index.ts';
import { Card } from '#platform/web/ui/page.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { RemovalRequest, RevealedName } from '../../../contract.ts';
import { revealName, useDecideName } from '../api.ts';
import { contactTitle, isWaiting } from '../request-facts.tsx';
import { useUnlessBlocked } from './block-part.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { CoveredBox, HideButton } from './covered-box.tsx';
import { DecisionCard } from './decision-card.tsx';
import { Decided } from './item-box.tsx';
import { RemoveOrKeep } from './remove-or-keep.tsx';
import { useConfirming } from './use-confirming.ts';
import {
  type Choice,
  type Decision,
  isBlockIncomplete,
  reasonFor,
  saidBeside,
  useDecision,
} from './use-decision.ts';
import { useReveal } from './use-reveal.ts';

type Name = NonNullable<RemovalRequest['name']>;

/** The name of a contact that is asked to go: covered, looked at, decided. */
export function NamePanel({ request, name }: { request: RemovalRequest; name: Name }) {
  const { t } = useTranslation('removals-desk');
  return (
    <>
      <Card title={t('name.title')}>
        <div data-testid="removal-name" data-state={name.state} className="-mx-3">
          {name.state === 'open' ? (
            <Content requestId={request.id} />
          ) : (
            <Decided item={name} of="name" />
          )}
        </div>
      </Card>
      {isWaiting(request.state) && <NameDecision request={request} name={name} />}
    </>
  );
}

function Content({ requestId }: { requestId: string }) {
  const { t } = useTranslation('removals-desk');
  const reveal = useReveal(() => revealName(requestId));
  return reveal.shown ? (
    <Shown names={reveal.shown} onHide={reveal.hide} />
  ) : (
    <CoveredBox title={t('name.covered')} reveal={reveal} className="py-3" />
  );
}

/** By each who calls them something. */
function Shown({ names, onHide }: { names: RevealedName; onHide: () => void }) {
  const { t } = useTranslation('removals-desk');
  const { t: contacts } = useTranslation('contacts');
  const lines = [
    [t('name.given'), names.givenName],
    [contacts('address-book-name'), names.addressBookName],
    [contacts('profile-name'), names.profileName],
    [contacts('username'), names.username && `@${names.username}`],
  ].filter(([, value]) => value);
  return (
    <div className="flex flex-col gap-3 px-3 py-1" data-testid="revealed">
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 max-md:grid-cols-1">
        {lines.map(([label, value]) => (
          <div key={label} className="contents">
            <dt className="text-preview text-ink-faint">{label}</dt>
            <dd className="min-w-0 break-words">{value}</dd>
          </div>
        ))}
      </dl>
      <HideButton onHide={onHide} />
    </div>
  );
}

const isUnexplained = (choice: Choice, { keepReason }: Decision['draft']): boolean =>
  choice === 'keep' && keepReason === null;

function useDeciding(request: RemovalRequest, decision: Decision, choice: Choice | null) {
  const { t } = useTranslation('removals-desk');
  const { draft, clear } = decision;
  const decide = useDecideName(request.id);
  const tellWire = useTellWire();
  const confirming = useConfirming({
    isIncomplete: choice === null || isBlockIncomplete(draft) || isUnexplained(choice, draft),
    isRemoving: choice === 'remove',
    decide,
    send: (onDone) =>
      choice !== null &&
      decide.mutate(
        { decision: choice, ...reasonFor(choice, request, draft), ...saidBeside(draft) },
        {
          onSuccess: ({ number, name, stillOnWire, blockedBefore }) => {
            onDone();
            clear();
            tellWire(stillOnWire);
            if (blockedBefore) showToast(t('block.before'));
            showToast(t(`name.toast-${name?.state ?? 'open'}`, { number }));
          },
        },
      ),
  });
  return { decide, confirming };
}

function NameDecision({ request, name }: { request: RemovalRequest; name: Name }) {
  const { t } = useTranslation('removals-desk');
  const decision = useUnlessBlocked(useDecision(), request);
  const { draft } = decision;
  const [choice, setChoice] = useState<Choice | null>(null);
  const { decide, confirming } = useDeciding(request, decision, choice);
  const isProposal = request.needsTwo && name.proposedBy === null;
  const step = isProposal ? 'propose' : 'remove';
  const missing = () => {
    if (choice === null) return t('name.nothing-chosen');
    return isBlockIncomplete(draft) ? t('decide.block-incomplete') : null;
  };
  return (
    <DecisionCard
      {...{ request, decision, confirming, decide }}
      missing={missing()}
      removes={choice === 'remove'}
      keeps={choice === 'keep'}
      question={
        <ConfirmDialog
          title={t(`name.${step}-title`)}
          body={t(`name.${step}-body`)}
          isProposal={isProposal}
          lines={
            draft.wantsBlock
              ? [t('confirm.blocks', { name: contactTitle(request.contactName) })]
              : []
          }
          decide={decide}
          onConfirm={confirming.confirm}
          onClose={confirming.close}
        />
      }
    >
      <RemoveOrKeep
        legend={t('name.choice')}
        request={request}
        proposedBy={name.proposedBy}
        value={choice}
        onChange={setChoice}
      />
    </DecisionCard>
  );
}
