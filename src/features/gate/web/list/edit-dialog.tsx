import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import { isProblem } from '#platform/web/http.ts';
import { personTitle } from '#platform/web/phone.ts';
import { Button } from '#platform/web/ui/button.tsx';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { Block } from '../../contract.ts';
import { useBlockContact } from '../api.ts';
import { BlockFormFields } from '../block-fields.tsx';
import { useBlockForm } from '../block-form.ts';

/** Reason, note, end and WhatsApp's layer of a block that holds; what is not touched stays as it was, to the second. */
export function EditBlockDialog({ block, onClose }: { block: Block; onClose: () => void }) {
  const { t } = useTranslation('blocks-desk');
  const { t: gate } = useTranslation('gate');
  const { t: platform } = useTranslation('platform');
  const format = useFormat();
  const cancel = useRef<HTMLButtonElement>(null);
  const before = {
    reason: block.reason,
    note: block.note ?? '',
    duration: block.expiresAt ? ('date' as const) : ('endless' as const),
    lastDay: block.expiresAt ? format.dayKey(new Date(block.expiresAt)) : '',
    upstream: block.wantsUpstream,
  };
  const form = useBlockForm(before);
  const { draft } = form;
  const save = useBlockContact();
  /** It cannot be saved any more: what was written stays to be read, and copied. */
  const isOver = isProblem(save.error, 'block-changed');
  const close = () => {
    if (!save.isPending) onClose();
  };
  const submit = () => {
    const input = form.check();
    if (input === null || save.isPending || isOver) return;
    const isEndKept = draft.duration === before.duration && draft.lastDay === before.lastDay;
    save.mutate(
      {
        contactId: block.contactId,
        blockId: block.id,
        ...input,
        ...(isEndKept && block.expiresAt && { expiresAt: block.expiresAt }),
      },
      {
        onSuccess: () => {
          onClose();
          showToast(t('edit.saved'));
        },
      },
    );
  };
  const name = personTitle(block.contactName, block.contactPhone);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={t('edit.title', { name })}
      description={t('edit.body')}
      onSubmit={submit}
      footer={
        <>
          <Button ref={cancel} onClick={close} aria-disabled={save.isPending}>
            {isOver ? platform('close') : gate('action.cancel')}
          </Button>
          {!isOver && (
            <Button type="submit" variant="primary" isBusy={save.isPending}>
              {t('edit.save')}
            </Button>
          )}
        </>
      }
    >
      <div className="flex flex-col gap-5 py-1">
        <BlockFormFields form={form} />
        <ProblemLine error={save.error} />
      </div>
    </Dialog>
  );
}
