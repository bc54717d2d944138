import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemText } from '#platform/web/i18n/problem-text.ts';
import { dismissToast, showToast } from '#platform/web/ui/toast.tsx';
import { type BlockAnswer, useUnblockContact } from './api.ts';
import type { GateContact } from './gate-contact.ts';

const undoFor = 6_000;
const wireNoticeFor = 15_000;

let offered: { contactId: string; toast: number } | null = null;

/** An unblock by its dialog leaves nothing to undo. */
export function withdrawUndo(contactId: string): void {
  if (offered?.contactId !== contactId) return;
  dismissToast(offered.toast);
  offered = null;
}

/** Messages whose end on the wire is not known may have reached the person: said wherever a block is made. */
export function useTellWire(): (stillOnWire: readonly string[]) => void {
  const { t } = useTranslation('gate');
  return ({ length: count }) => {
    if (count > 0) showToast(t('toast.still-on-wire', { count }), { milliseconds: wireNoticeFor });
  };
}

/**
 * Says that the block holds and offers *Desfazer* for 6 s: the one unblock without a dialog, and of the block just made alone.
 * Somebody else's that was there already, or has taken its place meanwhile, is left as it is. Messages whose end on the
 * wire is not known are named, because they may have reached the person.
 */
export function useTellBlocked(): (
  contact: GateContact,
  answer: BlockAnswer,
  returnFocus: RefObject<HTMLElement | null>,
) => void {
  const { t } = useTranslation('gate');
  const problemText = useProblemText();
  const { mutateAsync: unblock } = useUnblockContact();
  const tellWire = useTellWire();
  const undo = async (contactId: string, blockId: string) => {
    try {
      const { block } = await unblock({ contactId, blockId });
      showToast(t(block === null ? 'toast.undone-elsewhere' : 'toast.undone'));
    } catch (error) {
      showToast(`${t('toast.undo-failed')} ${problemText(error).text}`, { milliseconds: 10_000 });
    }
  };
  return (contact, { block, isNew, stillOnWire }, returnFocus) => {
    tellWire(stillOnWire);
    if (!isNew) {
      showToast(t('toast.blocked-before', { name: contact.name }));
      return;
    }
    const toast = showToast(
      `${t('toast.blocked', { name: contact.name })}. ${t('toast.undo-cost')}`,
      {
        action: {
          label: t('toast.undo'),
          onAct: () => {
            // The button goes with its toast.
            returnFocus.current?.focus();
            void undo(contact.id, block.id);
          },
        },
        milliseconds: undoFor,
      },
    );
    offered = { contactId: contact.id, toast };
  };
}
