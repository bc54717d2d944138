import { MenuItem } from '#platform/web/ui/menu.tsx';
import type { GateContact } from './gate-contact.ts';
import { useBlockAction } from './requests/use-block-action.tsx';

/** *Bloquear contato*, *Desbloquear contato* or *Pedir bloqueio* in the ⋮ menu; what cannot be done stays and says why. */
export function BlockMenuItem({ contact }: { contact: GateContact & { isBlocked: boolean } }) {
  const { label, icon, isDisabled, hint, run } = useBlockAction(contact.id, contact.isBlocked);
  return (
    <MenuItem
      icon={icon}
      label={label}
      disabled={isDisabled}
      {...(hint && { hint })}
      onSelect={() => run(contact)}
    />
  );
}
