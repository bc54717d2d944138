import {
  createContext,
  type ReactNode,
  type RefObject,
  useCallback,
  useContext,
  useMemo,
  useRef,
  useState,
} from 'react';
import { focusOrigin } from '#platform/web/ui/focus-origin.ts';
import type { GateContact } from './gate-contact.ts';
import { BlockDialog, RequestDialog, UnblockDialog } from './lazy-dialogs.ts';
import { placeToWrite } from './place-to-write.ts';

interface GateDialogs {
  openBlock: (contact: GateContact) => void;
  openUnblock: (contact: GateContact) => void;
  openRequest: (contact: GateContact) => void;
}

const Context = createContext<GateDialogs | null>(null);

interface Opened {
  kind: 'block' | 'unblock' | 'request';
  contact: GateContact;
  /** Each opening starts with an empty form. */
  visit: number;
}

const dialogOf = { block: BlockDialog, unblock: UnblockDialog, request: RequestDialog };

/** Back to what was pressed, unless the change that was just made took it off the screen. */
const focusAfter = (origin: RefObject<HTMLElement | null>): RefObject<HTMLElement | null> => ({
  get current() {
    return origin.current?.isConnected ? origin.current : placeToWrite();
  },
});

/** Holds the dialogs for every button and menu item of the gate. Mounted once, by the shell. */
export function GateDialogsProvider({
  children,
  onUnblocked,
}: {
  children: ReactNode;
  /** What follows an unblock by its dialog; the page knows it, the gate does not. */
  onUnblocked?: (contact: GateContact) => void;
}) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const [isOpen, setOpen] = useState(false);
  const origin = useRef<HTMLElement | null>(null);
  const finalFocus = useMemo(() => focusAfter(origin), []);

  const open = useCallback((kind: Opened['kind'], contact: GateContact) => {
    origin.current = focusOrigin();
    setOpened((before) => ({ kind, contact, visit: (before?.visit ?? 0) + 1 }));
    setOpen(true);
  }, []);

  const dialogs = useMemo<GateDialogs>(
    () => ({
      openBlock: (contact) => open('block', contact),
      openUnblock: (contact) => open('unblock', contact),
      openRequest: (contact) => open('request', contact),
    }),
    [open],
  );

  const Dialog = dialogOf[opened?.kind ?? 'block'];
  return (
    <Context value={dialogs}>
      {children}
      {opened && (
        <Dialog
          key={opened.visit}
          contact={opened.contact}
          open={isOpen}
          onOpenChange={setOpen}
          onFailed={() => setOpened(null)}
          finalFocus={finalFocus}
          {...(onUnblocked && { onUnblocked })}
        />
      )}
    </Context>
  );
}

function useGateDialogs(): GateDialogs {
  const dialogs = useContext(Context);
  if (!dialogs) throw new Error('GateDialogsProvider is missing');
  return dialogs;
}

/** Opens *Bloquear contato?* for a contact. Draw its button only when `useCanBlock()`. */
export const useOpenBlockDialog = () => useGateDialogs().openBlock;

/** Opens *Desbloquear contato?* for a contact. Draw its button only when `useCanBlock()`. */
export const useOpenUnblockDialog = () => useGateDialogs().openUnblock;

/** Opens *Pedir bloqueio* for a contact. Draw its button only when `useCanAsk()`. */
export const useOpenRequestDialog = () => useGateDialogs().openRequest;
