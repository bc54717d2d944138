import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { BulkAnswer, BulkBlockAnswer } from '../../bulk/contract.ts';
import { BlockFormDialog } from '../block-form-dialog.tsx';
import { BulkImpact } from '../explain/bulk-impact.tsx';
import { useTellWire } from '../tell-blocked.ts';
import { useBulkBlock } from './api.ts';
import { PeopleMeant } from './people-meant.tsx';

export interface BulkBlockButtonProps {
  /** Of those who are ticked, by contact. */
  names: ReadonlyMap<string, string>;
  /** They are not selected any more. */
  onDone: () => void;
}

interface BulkBlockDialogProps extends BulkBlockButtonProps {
  onClose: () => void;
}

/** One reason and one end for all of them; what was not done is told afterwards, and why. */
export function BulkBlockDialog(props: BulkBlockDialogProps) {
  const [failed, setFailed] = useState<BulkAnswer['failed'] | null>(null);
  return failed ? (
    <NotDone failed={failed} names={props.names} onClose={props.onClose} />
  ) : (
    <Ask {...props} onFailed={setFailed} />
  );
}

function Ask({
  names,
  onDone,
  onClose,
  onFailed,
}: BulkBlockDialogProps & { onFailed: (failed: BulkAnswer['failed']) => void }) {
  const { t } = useTranslation('bulk-block');
  const block = useBulkBlock();
  const tellWire = useTellWire();
  const contactIds = useMemo(() => [...names.keys()], [names]);
  const tell = ({ done, failed, stillOnWire }: BulkBlockAnswer) => {
    showToast(t('done', { count: done }));
    tellWire(stillOnWire);
    onDone();
    if (failed.length > 0) onFailed(failed);
    else onClose();
  };
  return (
    <BlockFormDialog
      onClose={onClose}
      title={t('title', { count: contactIds.length })}
      body={t('body')}
      impact={
        <>
          <PeopleMeant label={t('meant')} names={names} />
          <BulkImpact contactIds={contactIds} />
        </>
      }
      confirm={t('button')}
      waiting={t('waiting')}
      isPending={block.isPending}
      error={block.error}
      onBlock={(input) => block.mutate({ contactIds, ...input }, { onSuccess: tell })}
    />
  );
}

const worded = ['contact-not-found', 'contact-already-blocked', 'block-end-in-the-past'] as const;

function NotDone({
  failed,
  names,
  onClose,
}: Pick<BulkBlockDialogProps, 'names' | 'onClose'> & { failed: BulkAnswer['failed'] }) {
  const { t } = useTranslation('bulk-block');
  const causes = new Map<(typeof worded)[number] | 'other', Map<string, string>>();
  for (const { contactId, code } of failed) {
    const cause = worded.find((each) => each === code) ?? 'other';
    const people = causes.get(cause) ?? new Map<string, string>();
    causes.set(cause, people.set(contactId, names.get(contactId) ?? contactId));
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('not-done')}
      footer={<Button onClick={onClose}>{t('close')}</Button>}
    >
      <ul className="space-y-2 py-1">
        {[...causes].map(([cause, people]) => (
          <li key={cause}>
            {t(`failed.${cause}`, { count: people.size })}
            <PeopleMeant label={t('meant')} names={people} />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
