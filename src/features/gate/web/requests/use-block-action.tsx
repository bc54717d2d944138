import { ShieldBan, ShieldCheck, ShieldQuestionMark } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCanAsk, useCanBlock } from '../can-block.ts';
import type { GateContact } from '../gate-contact.ts';
import {
  useOpenBlockDialog,
  useOpenRequestDialog,
  useOpenUnblockDialog,
} from '../gate-dialogs-provider.tsx';
import { useOwnRequests } from './api.ts';

/** What this person can do about a contact: block or unblock it, ask for a block, or see why not. */
export interface BlockAction {
  label: string;
  icon: ReactNode;
  isDisabled: boolean;
  /** Why it is disabled, or what it means; undefined where the label says it all. */
  hint: string | undefined;
  run: (contact: GateContact) => void;
}

export function useBlockAction(contactId: string, isBlocked: boolean): BlockAction {
  const { t } = useTranslation('gate');
  const { t: words } = useTranslation('requests');
  const canBlock = useCanBlock();
  const canAsk = useCanAsk();
  const openBlock = useOpenBlockDialog();
  const openUnblock = useOpenUnblockDialog();
  const openRequest = useOpenRequestDialog();
  const own = useOwnRequests(canAsk && !canBlock).data;
  const isAsked = own?.some((each) => each.contactId === contactId && each.state === 'open');
  if (isBlocked) {
    return {
      label: t('action.unblock'),
      icon: <ShieldCheck />,
      isDisabled: !canBlock,
      hint: canBlock ? undefined : t('only-administration-unblocks'),
      run: openUnblock,
    };
  }
  if (canBlock) {
    const label = t('action.block');
    return { label, icon: <ShieldBan />, isDisabled: false, hint: undefined, run: openBlock };
  }
  return {
    label: words('ask'),
    icon: <ShieldQuestionMark />,
    isDisabled: !canAsk || isAsked === true,
    hint: isAsked ? words('sent') : t('only-administration'),
    run: openRequest,
  };
}
