import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '#platform/web/ui/confirm-dialog.tsx';
import { TextField } from '#platform/web/ui/field.tsx';
import { Problem } from '#platform/web/ui/problem.tsx';
import { Delayed, Skeleton } from '#platform/web/ui/skeleton.tsx';
import { ErrorState } from '#platform/web/ui/states.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { ContactFacts, Identity } from '../../people/contract.ts';
import { useFacts, useSplit } from './api.ts';
import { IdentityLine } from './identity-lines.tsx';
import { KeepBlock } from './keep-block.tsx';
import type { PersonDialogProps } from './merge-dialog.tsx';
import { goesBackTo, isSplit } from './split-choice.ts';
import { WithPeopleWords } from './with-people-words.tsx';

/** *Dividir contato*: which identities are another person's, and what follows from it. */
export function SplitDialog(props: PersonDialogProps) {
  return (
    <WithPeopleWords>
      <Split {...props} />
    </WithPeopleWords>
  );
}

function Split({ contactId, onClose, onDone }: PersonDialogProps) {
  const { t } = useTranslation('people');
  const { data: facts, error } = useFacts(contactId);
  const split = useSplit();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [name, setName] = useState('');
  const [keepBlock, setKeepBlock] = useState(true);
  const [wasTried, setTried] = useState(false);
  const identities = facts?.identities ?? [];
  const canSplit = isSplit(identities, chosen);
  const back = goesBackTo(identities, chosen);
  const submit = () => {
    setTried(true);
    if (!canSplit) return;
    const givenName = back === null && name.trim() !== '' ? { givenName: name.trim() } : {};
    split.mutate(
      { id: contactId, identityIds: [...chosen], keepBlock, ...givenName },
      {
        onSuccess: (made) => {
          showToast(t('split.done'));
          onClose();
          onDone?.(made.id);
        },
      },
    );
  };
  return (
    <ConfirmDialog
      open
      size="md"
      onOpenChange={onClose}
      title={t('split.title')}
      body={t('split.description')}
      submit={t('split.submit')}
      isBusy={split.isPending}
      isReady={facts !== undefined}
      error={split.error}
      onConfirm={submit}
    >
      {error && <ErrorState title={t('detail.failed')} error={error} />}
      {!facts && !error && (
        <Delayed>
          <Skeleton className="h-40 w-full rounded-card" />
        </Delayed>
      )}
      {facts && (
        <>
          <Choice identities={identities} chosen={chosen} onChange={setChosen} />
          {wasTried && !canSplit && <Problem>{t('split.needs-both')}</Problem>}
          <Consequences facts={facts} back={back?.name ?? null} isReady={canSplit} />
          {back === null && (
            <TextField
              label={t('split.name')}
              value={name}
              maxLength={200}
              autoComplete="off"
              onChange={(event) => setName(event.target.value)}
            />
          )}
          {facts.isBlocked && (
            <KeepBlock
              legend={t('split.block')}
              keep={t('split.keep')}
              lift={t('split.lift')}
              hint={t(keepBlock ? 'split.keep-hint' : 'split.lift-hint')}
              value={keepBlock}
              onChange={setKeepBlock}
            />
          )}
        </>
      )}
    </ConfirmDialog>
  );
}

function Choice({
  identities,
  chosen,
  onChange,
}: {
  identities: readonly Identity[];
  chosen: ReadonlySet<string>;
  onChange: (chosen: ReadonlySet<string>) => void;
}) {
  const { t } = useTranslation('people');
  const toggle = (id: string, isChosen: boolean) => {
    const next = new Set(chosen);
    if (isChosen) next.add(id);
    else next.delete(id);
    onChange(next);
  };
  return (
    <fieldset>
      <legend className="mb-2 text-body font-medium">{t('split.choose')}</legend>
      <ul className="divide-y divide-hairline rounded-card border border-hairline">
        {identities.map((identity) => (
          <li key={identity.id}>
            <label className="flex cursor-pointer items-start gap-3 px-3 py-2.5 hover:bg-hover">
              <input
                type="checkbox"
                className="mt-0.5 size-[18px] shrink-0"
                checked={chosen.has(identity.id)}
                onChange={(event) => toggle(identity.id, event.target.checked)}
              />
              <IdentityLine identity={identity} />
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

function Consequences({
  facts,
  back,
  isReady,
}: {
  facts: ContactFacts;
  back: string | null;
  isReady: boolean;
}) {
  const { t } = useTranslation('people');
  return (
    <ul className="list-disc space-y-1 pl-5 text-preview text-ink-soft">
      {isReady && (
        <li>
          {back === null
            ? t('split.stays', { name: facts.name })
            : t('split.goes-back', { name: back })}
        </li>
      )}
      <li>{t('split.queued')}</li>
      <li>{t('split.together')}</li>
    </ul>
  );
}
