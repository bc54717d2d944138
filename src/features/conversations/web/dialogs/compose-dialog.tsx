import { Plus, X } from 'lucide-react';
import { type ReactNode, type Ref, useState } from 'react';
import { Button } from '#platform/web/ui/button.tsx';
import { IconButton } from '#platform/web/ui/icon-button.tsx';
import type { SendMessage } from '../../contract.ts';
import type { Around, Faults } from '../data/compose-drafts.ts';
import { ComposeFrame } from './compose-frame.tsx';
import { useComposeWords } from './compose-words.ts';

/** Of every dialog that puts a message together. */
export interface ComposeDialogProps {
  conversationId: string;
  onClose: () => void;
}

interface ComposeDialogKind<D extends Around> extends ComposeDialogProps {
  kind: 'buttons' | 'list';
  empty: () => D;
  faultsOf: (draft: D) => Faults;
  read: (draft: D) => SendMessage | undefined;
  /** Draws what is pressed. */
  children: (draft: D, faults: Faults, onDraft: (draft: D) => void) => ReactNode;
}

/** Holds what is put together, once its words are here. */
export function ComposeDialog<D extends Around>(props: ComposeDialogKind<D>) {
  const { kind, conversationId, onClose, empty, faultsOf, read, children } = props;
  const words = useComposeWords();
  const [draft, setDraft] = useState<D>(empty);
  if (words.state === 'failed') throw new Error('the words of this dialog could not be fetched');
  if (words.state === 'loading') return null;
  return (
    <ComposeFrame
      conversationId={conversationId}
      onClose={onClose}
      kind={kind}
      draft={draft}
      onDraft={setDraft}
      faults={faultsOf(draft)}
      read={() => read(draft)}
    >
      {(faults) => children(draft, faults, setDraft)}
    </ComposeFrame>
  );
}

/** Adds one more at the end of what it stands under. */
export const AddButton = (props: {
  ref: Ref<HTMLButtonElement>;
  onClick: () => void;
  children: ReactNode;
}) => (
  <div>
    <Button size="sm" variant="quiet" icon={<Plus className="size-4" />} {...props} />
  </div>
);

/** In its place when there is no room for more. */
export const FullLine = ({ children }: { children: ReactNode }) => (
  <p className="flex h-8 items-center text-preview text-ink-soft">{children}</p>
);

/** Fields with a button that takes them away again, where that is possible. */
export const Removable = ({
  label,
  onRemove,
  children,
}: {
  label: string;
  onRemove: (() => void) | undefined;
  children: ReactNode;
}) => (
  <div className="flex items-start gap-1">
    {children}
    {onRemove && <IconButton className="mt-7" label={label} icon={<X />} onClick={onRemove} />}
  </div>
);
