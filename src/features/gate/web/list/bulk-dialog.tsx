import { RotateCw, ShieldCheck } from 'lucide-react';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import type { BulkAnswer } from '../../bulk/contract.ts';
import { useBulkRetry, useBulkUnblock } from '../bulk/api.ts';
import { PeopleMeant } from '../bulk/people-meant.tsx';

export type BulkAct = 'unblock' | 'retry';

export type AfterUnblock = (contacts: ReadonlyMap<string, string>) => ReactNode;

interface BulkDialogProps {
  act: BulkAct;
  /** Names by contact: a failure is told by name. */
  names: ReadonlyMap<string, string>;
  /** What follows an unblock of these contacts, by name; the page knows it, the gate does not. */
  afterUnblock: AfterUnblock;
  onClose: (isDone: boolean) => void;
}

/** Says what will happen, does it, and names those for whom it was not done. */
export function BulkDialog({ act, names, afterUnblock, onClose }: BulkDialogProps) {
  const { t } = useTranslation('blocks-desk');
  const { t: gate } = useTranslation('gate');
  const cancel = useRef<HTMLButtonElement>(null);
  const [asked, setAsked] = useState(0);
  const unblock = useBulkUnblock();
  const retry = useBulkRetry();
  const mutation = act === 'unblock' ? unblock : retry;
  const { data: answer, isPending, error } = mutation;
  const close = () => {
    if (!isPending) onClose(answer !== undefined);
  };
  const submit = () => {
    if (answer) close();
    else if (!isPending) mutation.mutate({ contactIds: [...names.keys()], onPart: setAsked });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      role="alertdialog"
      initialFocus={cancel}
      title={t(`bulk.${act}-title`, { count: names.size })}
      description={answer ? undefined : t(`bulk.${act}-body`)}
      onSubmit={submit}
      footer={
        answer ? (
          <Button type="submit" variant="primary">
            {t('bulk.done')}
          </Button>
        ) : (
          <>
            {isPending && asked > 0 && (
              <p role="status" className="w-full text-preview text-ink-soft tabular-nums">
                {t('bulk.progress', { asked, count: names.size })}
              </p>
            )}
            <Button ref={cancel} onClick={close} aria-disabled={isPending}>
              {gate('action.cancel')}
            </Button>
            <Button
              type="submit"
              variant="primary"
              icon={act === 'unblock' ? <ShieldCheck /> : <RotateCw className="size-4" />}
              isBusy={isPending}
            >
              {t(`bulk.${act}-confirm`)}
            </Button>
          </>
        )
      }
    >
      {answer ? (
        <>
          <Result act={act} answer={answer} names={names} />
          {act === 'unblock' && answer.done > 0 && (
            <Unblocked answer={answer} names={names} afterUnblock={afterUnblock} />
          )}
        </>
      ) : (
        <PeopleMeant label={t('bulk.meant')} names={names} />
      )}
      {error && <ProblemLine error={error} />}
    </Dialog>
  );
}

interface ResultProps extends Pick<BulkDialogProps, 'act' | 'names' | 'afterUnblock'> {
  answer: BulkAnswer;
}

/** Those for whom it was done. */
function Unblocked({ answer, names, afterUnblock }: Omit<ResultProps, 'act'>) {
  const contacts = useMemo(() => {
    const failed = new Set(answer.failed.map(({ contactId }) => contactId));
    return new Map([...names].filter(([contactId]) => !failed.has(contactId)));
  }, [answer, names]);
  return afterUnblock(contacts);
}

function Result({ act, answer, names }: Omit<ResultProps, 'afterUnblock'>) {
  const { t } = useTranslation('blocks-desk');
  return (
    <div role="status" aria-label={t('bulk.result')}>
      <p>{t(act === 'unblock' ? 'bulk.unblocked' : 'bulk.retried', { count: answer.done })}</p>
      {answer.failed.length > 0 && (
        <>
          <p className="mt-3 font-medium">{t('bulk.failed', { count: answer.failed.length })}</p>
          <ul className="mt-1 flex max-h-60 flex-col gap-1 overflow-y-auto text-preview text-ink-soft">
            {answer.failed.map(({ contactId, code }) => (
              <li key={contactId}>
                <span className="text-ink">{names.get(contactId) ?? contactId}</span>:{' '}
                {t(`codes.${code}`)}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
