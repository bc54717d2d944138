import type { RefObject } from 'react';

/** The little that a dialog of the gate needs to know of a contact. */
export interface GateContact {
  id: string;
  name: string;
  /** Of whom no conversation is left. */
  isErased?: boolean;
}

export interface GateDialogProps {
  contact: GateContact;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  finalFocus: RefObject<HTMLElement | null>;
  onUnblocked?: (contact: GateContact) => void;
}
