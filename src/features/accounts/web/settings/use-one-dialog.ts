import { useRef, useState } from 'react';
import type { DialogControl } from '#platform/web/ui/confirm-dialog.tsx';
import { focusOrigin } from '#platform/web/ui/focus-origin.ts';

/** One dialog for any row of a list. The subject stays while the dialog fades out; each visit starts afresh. */
export function useOneDialog<Subject>() {
  const [subject, setSubject] = useState<Subject | null>(null);
  const [isOpen, setOpen] = useState(false);
  const [visit, setVisit] = useState(0);
  const finalFocus = useRef<HTMLElement | null>(null);
  const open = (next: Subject) => {
    finalFocus.current = focusOrigin();
    setSubject(next);
    setVisit((before) => before + 1);
    setOpen(true);
  };
  const control: Required<DialogControl> = { open: isOpen, onOpenChange: setOpen, finalFocus };
  return { subject, visit, open, control };
}
