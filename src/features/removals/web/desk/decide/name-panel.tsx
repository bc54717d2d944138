import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '#features/accounts/web/index.ts';
import { Button } from '#platform/web/ui/button.tsx';
import { Segmented } from '#platform/web/ui/choices.tsx';
import { TextArea } from '#platform/web/ui/field.tsx';
import { Card } from '#platform/web/ui/page.tsx';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { RemovalRequest } from '../../../contract.ts';
import { useDecideName } from '../api.ts';
import { contactTitle, isWaiting } from '../request-facts.tsx';
import { BlockPart } from './block-part.tsx';
import { ConfirmNameDialog } from './confirm-name-dialog.tsx';
import { Decided } from './item-box.tsx';
import { type Choice, type Decision, useDecision } from './use-decision.ts';
import { useNameReveal } from './use-name-reveal.ts';

type Name = NonNullable<RemovalRequest['name']>;

/** The name of a contact that is asked to go: covered, looked at, decided. */
export function NamePanel({ request, name }: { request: RemovalRequest; name: Name }) {
  const { t } = useTranslation('removals-desk');
  return (
    <>
      <Card title={t('name.title')}>
        <div data-testid="removal-name" data-state={name.state} className="-mx-3">
          {name.state === 'open' ? (
            <Covered requestId={request.id} />
          ) : (
            <Decided item={name} of="name" />
          )}
        </div>
      </Card>
      {isWaiting(request.state) && <NameDecision request={request} name={name} />}
    </>
  );
}

/** Nothing of it is on this computer until *Mostrar* is pressed, and the press says that it is recorded. */
function Covered({ requestId }: { requestId: string }) {
  const { t } = useTranslation('removals-desk');
  const { t: contacts } = useTranslation('contacts');
  const { names, isAsking, error, show, hide } = useNameReveal(requestId);
  if (names) {
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
        <Button
          size="sm"
          className="self-start"
          icon={<EyeOff className="size-4" />}
          onClick={hide}
        >
          {t('item.hide')}
        </Button>
      </div>
    );
  }
  return (
    <div className="flex flex-col items-center gap-2 px-4 py-3 text-center">
      <EyeOff aria-hidden="true" className="text-ink-faint" />
      <p className="font-medium">{t('name.covered')}</p>
      <Button size="sm" icon={<Eye className="size-4" />} isBusy={isAsking} onClick={show}>
        {t('item.show')}
      </Button>
      <p className="text-meta text-ink-soft">{t('item.recorded')}</p>
      <ProblemLine error={error} />
    </div>
  );
}

/** Keeping is done at once, since it can be asked for again; removing is asked about first. */
function useDeciding(request: RemovalRequest, decision: Decision, choice: Choice | null) {
  const { t } = useTranslation('removals-desk');
  const { draft, clear } = decision;
  const [wasTried, setTried] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const decide = useDecideName(request.id);
  const isIncomplete = draft.wantsBlock && draft.block === null;
  const confirm = () => {
    if (choice === null || decide.isPending) return;
    const answer = draft.answer.trim();
    const said = {
      decision: choice,
      ...(answer !== '' && { answer }),
      ...(draft.wantsBlock && draft.block && { block: draft.block }),
    };
    decide.mutate(said, {
      onSuccess: ({ number, name }) => {
        setAsking(false);
        setTried(false);
        clear();
        const state = name?.state ?? 'open';
        showToast(t(`name.toast-${state}`, { number }));
      },
    });
  };
  const submit = () => {
    setTried(true);
    if (choice === null || isIncomplete) return;
    decide.reset();
    if (choice === 'remove') setAsking(true);
    else confirm();
  };
  const close = () => {
    setAsking(false);
    decide.reset();
  };
  return { decide, wasTried, isAsking, isIncomplete, confirm, submit, close };
}

function NameDecision({ request, name }: { request: RemovalRequest; name: Name }) {
  const { t } = useTranslation('removals-desk');
  const { memberId } = useMe();
  const decision = useDecision();
  const { draft, change } = decision;
  const [choice, setChoice] = useState<Choice | null>(null);
  const deciding = useDeciding(request, decision, choice);
  const { decide, wasTried, isAsking, isIncomplete } = deciding;
  const isMine = name.proposedBy !== null && name.proposedBy.id === memberId;
  const isFirst = request.needsTwo && name.proposedBy === null;
  const missing = choice === null ? 'name.nothing-chosen' : 'decide.block-incomplete';
  return (
    <Card title={t('decide.title')}>
      <div className="flex flex-col gap-5">
        {name.proposedBy && (
          <p className="text-preview">
            {isMine ? t('two.mine') : t('two.proposed-by', { name: name.proposedBy.name })}
          </p>
        )}
        <div className="w-64 max-w-full">
          <Segmented<Choice>
            legend={<span className="sr-only">{t('name.choice')}</span>}
            value={choice}
            onChange={setChoice}
            options={[
              { value: 'remove', label: t('choice.remove'), disabled: isMine && request.needsTwo },
              { value: 'keep', label: t('choice.keep') },
            ]}
          />
        </div>
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
        <div>
          <Button
            variant="primary"
            onClick={deciding.submit}
            isBusy={decide.isPending && !isAsking}
          >
            {t('decide.action')}
          </Button>
        </div>
        {wasTried && (choice === null || isIncomplete) && (
          <p role="alert" className="text-preview text-red">
            {t(missing)}
          </p>
        )}
        {!isAsking && <ProblemLine error={decide.error} />}
      </div>
      {isAsking && (
        <ConfirmNameDialog
          isProposal={isFirst}
          blocks={draft.wantsBlock ? contactTitle(request.contactName) : null}
          isBusy={decide.isPending}
          error={decide.error}
          onConfirm={deciding.confirm}
          onClose={deciding.close}
        />
      )}
    </Card>
  );
}
