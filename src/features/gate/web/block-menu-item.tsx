import { ShieldBan, ShieldCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { MenuItem } from '#platform/web/ui/menu.tsx';
import { useCanBlock } from './can-block.ts';
import type { GateContact } from './gate-contact.ts';
import { useOpenBlockDialog, useOpenUnblockDialog } from './gate-dialogs-provider.tsx';

/** *Bloquear contato* or *Desbloquear contato* in the ⋮ menu; without the right it stays, disabled, and says why. */
export function BlockMenuItem({ contact }: { contact: GateContact & { isBlocked: boolean } }) {
  const { t } = useTranslation('gate');
  const canBlock = useCanBlock();
  const openBlock = useOpenBlockDialog();
  const openUnblock = useOpenUnblockDialog();
  return (
    <MenuItem
      icon={contact.isBlocked ? <ShieldCheck /> : <ShieldBan />}
      label={t(contact.isBlocked ? 'action.unblock' : 'action.block')}
      disabled={!canBlock}
      {...(!canBlock && {
        hint: t(contact.isBlocked ? 'only-administration-unblocks' : 'only-administration'),
      })}
      onSelect={() => (contact.isBlocked ? openUnblock : openBlock)(contact)}
    />
  );
}
