import { ShieldCheck } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import { Button } from '#platform/web/ui/button.tsx';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import type { BlockImport, BlockImportUndoPreview } from '../../imports/contract.ts';
import { useRunImport, useUndoPreview } from './api.ts';

interface UndoDialogProps {
  of: BlockImport;
  onClose: () => void;
}

/** Says who is unblocked and who stays as they are, by what holds now, and has it done by the server. */
export function UndoDialog({ of, onClose }: UndoDialogProps) {
  const { t } = useTranslation('block-lists');
  const { t: gate } = useTranslation('gate');
  const format = useFormat();
  const undo = useRunImport('undo');
  const cancel = useRef<HTMLButtonElement>(null);
  const { data: preview } = useUndoPreview(of);
  const count = preview?.standing ?? 0;
  const close = () => {
    if (!undo.isPending) onClose();
  };
  const submit = () => {
    if (count > 0 && !undo.isPending) undo.mutate(of.id, { onSuccess: onClose });
  };
  return (
    <Dialog
      open
      role="alertdialog"
      onOpenChange={(open) => !open && close()}
      initialFocus={cancel}
      title={t(count === 0 ? 'undo.title_zero' : 'undo.title', { count, n: format.number(count) })}
      description={count === 0 ? undefined : t('undo.body')}
      onSubmit={submit}
      footer={
        <>
          <Button ref={cancel} onClick={close} aria-disabled={undo.isPending}>
            {gate('action.cancel')}
          </Button>
          <Button
            type="submit"
            variant="primary"
            icon={<ShieldCheck />}
            disabled={count === 0}
            isBusy={undo.isPending}
          >
            {t('undo.action')}
          </Button>
        </>
      }
    >
      {preview && <Stays of={of} preview={preview} />}
      <ProblemLine error={undo.error} />
    </Dialog>
  );
}

function Stays({ of, preview }: { of: BlockImport; preview: BlockImportUndoPreview }) {
  const { t } = useTranslation('block-lists');
  const format = useFormat();
  const counts = {
    unchanged: of.done.unchanged,
    edited: of.done.edited,
    confirmed: preview.confirmed,
    ended: preview.ended,
  };
  const kinds = (['unchanged', 'edited', 'confirmed', 'ended'] as const).filter(
    (kind) => counts[kind] > 0,
  );
  if (kinds.length === 0) return null;
  return (
    <div className="py-1 text-preview">
      <p className="font-medium">{t('undo.stays')}</p>
      <ul className="mt-1 list-disc pl-5">
        {kinds.map((kind) => (
          <li key={kind}>
            {t(`undo.stays-${kind}`, { count: counts[kind], n: format.number(counts[kind]) })}
          </li>
        ))}
      </ul>
    </div>
  );
}
