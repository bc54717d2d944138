import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatPhone, personTitle } from '#platform/web/phone.ts';
import { Avatar } from '#platform/web/ui/avatar.tsx';
import { Button } from '#platform/web/ui/button.tsx';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { TextField } from '#platform/web/ui/field.tsx';
import { Delayed, Skeleton } from '#platform/web/ui/skeleton.tsx';
import { ErrorState, ProblemLine } from '#platform/web/ui/states.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';
import { useSettled } from '#platform/web/use-settled.ts';
import { useContactSearch } from '../api.ts';
import { useFacts, useMerge } from './api.ts';
import { KeepBlock } from './keep-block.tsx';
import { SideFacts } from './side-facts.tsx';
import { useTellWire } from './use-tell-wire.ts';
import { WithPeopleWords } from './with-people-words.tsx';

export interface PersonDialogProps {
  contactId: string;
  onClose: () => void;
  /** The contact that is there now. */
  onDone?: (contactId: string) => void;
}

interface MergeDialogProps extends PersonDialogProps {
  /** What a block of a contact will stop: of the gate, which the page hands in. */
  blockImpact: (contactId: string) => ReactNode;
}

/** *Juntar contatos*: the other one is looked for, then both sides are shown with what follows for a block. */
export function MergeDialog(props: MergeDialogProps) {
  const [otherId, setOtherId] = useState<string | null>(null);
  return (
    <WithPeopleWords>
      {otherId === null ? (
        <Choose {...props} onChoose={setOtherId} />
      ) : (
        <Confirm {...props} otherId={otherId} onBack={() => setOtherId(null)} />
      )}
    </WithPeopleWords>
  );
}

function Choose({
  contactId,
  onClose,
  onChoose,
}: MergeDialogProps & { onChoose: (id: string) => void }) {
  const { t } = useTranslation('people');
  const [typed, setTyped] = useState('');
  const search = useSettled(typed.trim());
  const isWanted = search.length >= 2;
  const { data, isFetched } = useContactSearch(search, isWanted);
  const found = (isWanted ? (data?.items ?? []) : []).filter(({ id }) => id !== contactId);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('merge.title')}
      description={t('merge.description')}
    >
      <TextField
        label={t('merge.search')}
        value={typed}
        autoComplete="off"
        onChange={(event) => setTyped(event.target.value)}
      />
      <ul aria-label={t('title')} className="mt-2 h-64 overflow-y-auto pb-4">
        {found.slice(0, 30).map(({ id, name, phone, isBlocked }) => (
          <li key={id}>
            <button
              type="button"
              className="flex w-full items-center gap-3 rounded-control px-2 py-1.5 text-left hover:bg-hover"
              onClick={() => onChoose(id)}
            >
              <Avatar name={name} size="sm" isDimmed={isBlocked} />
              <span className="min-w-0 flex-1 truncate">{personTitle(name, phone)}</span>
              <span className="shrink-0 text-preview text-ink-soft tabular-nums">
                {isBlocked
                  ? t('list.blocked')
                  : phone === null
                    ? t('list.number-hidden')
                    : name !== phone && formatPhone(phone)}
              </span>
            </button>
          </li>
        ))}
        {isWanted && isFetched && found.length === 0 && (
          <li className="px-2 py-3 text-preview text-ink-soft">{t('merge.nobody')}</li>
        )}
      </ul>
    </Dialog>
  );
}

function Confirm({
  contactId,
  otherId,
  blockImpact,
  onBack,
  onClose,
  onDone,
}: MergeDialogProps & { otherId: string; onBack: () => void }) {
  const { t } = useTranslation('people');
  const one = useFacts(contactId);
  const other = useFacts(otherId);
  const merge = useMerge();
  const tellWire = useTellWire();
  const [keepBlock, setKeepBlock] = useState(true);
  const back = useRef<HTMLButtonElement>(null);
  const sides = [one.data, other.data].flatMap((side) => side ?? []);
  const error = one.error ?? other.error;
  const isOneBlocked = sides.filter((side) => side.isBlocked).length === 1;
  const shutOut = isOneBlocked && keepBlock && sides.find((side) => !side.isBlocked);
  const submit = () =>
    merge.mutate(
      { id: contactId, otherContactId: otherId, keepBlock },
      {
        onSuccess: (kept) => {
          showToast(t('merge.done'));
          tellWire(kept.stillOnWire);
          onClose();
          onDone?.(kept.id);
        },
      },
    );
  return (
    <Dialog
      open
      size="lg"
      role="alertdialog"
      initialFocus={back}
      onOpenChange={(open) => !open && !merge.isPending && onClose()}
      title={t('merge.confirm-title')}
      description={t('merge.confirm-body')}
      onSubmit={submit}
      footer={
        <>
          <Button ref={back} onClick={onBack}>
            {t('merge.back')}
          </Button>
          <Button
            type="submit"
            variant="primary"
            isBusy={merge.isPending}
            disabled={sides.length < 2}
          >
            {t('merge.submit')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 py-1">
        {error ? (
          <ErrorState title={t('detail.failed')} error={error} />
        ) : sides.length < 2 ? (
          <Delayed>
            <Skeleton className="h-56 w-full rounded-card" />
          </Delayed>
        ) : (
          <div className="flex gap-3 max-md:flex-col">
            {sides.map((side) => (
              <SideFacts key={side.id} facts={side} />
            ))}
          </div>
        )}
        <Consequence
          names={sides.filter((side) => side.isBlocked).map((side) => side.name)}
          keepBlock={keepBlock}
          onChange={setKeepBlock}
        />
        {shutOut && (
          <div key={shutOut.id} className="max-md:order-first">
            {blockImpact(shutOut.id)}
          </div>
        )}
        <ProblemLine error={merge.error} />
      </div>
    </Dialog>
  );
}

function Consequence({
  names,
  keepBlock,
  onChange,
}: {
  names: readonly string[];
  keepBlock: boolean;
  onChange: (keep: boolean) => void;
}) {
  const { t } = useTranslation('people');
  const [name] = names;
  // Who is not blocked any more leaves no choice behind.
  useEffect(() => {
    if (name === undefined) onChange(true);
  }, [name, onChange]);
  if (name === undefined) return null;
  return (
    <div className="flex flex-col gap-3 rounded-card bg-amber-tint p-4 max-md:order-first">
      <p role="status">
        {names.length > 1 ? t('merge.both-blocked') : t('merge.one-blocked', { name })}
      </p>
      <KeepBlock
        legend={t('merge.block')}
        keep={t('merge.keep')}
        lift={t('merge.lift')}
        hint={keepBlock ? null : t('merge.lift-hint')}
        value={keepBlock}
        onChange={onChange}
      />
    </div>
  );
}
