import { useState } from 'react';

interface Confirming {
  /** Something is missing before it can be decided. */
  isIncomplete: boolean;
  /** Something goes, or is proposed to go. */
  isRemoving: boolean;
  decide: { readonly isPending: boolean; readonly reset: () => void };
  /** Sends the decision; once it is taken, `onDone`. */
  send: (onDone: () => void) => void;
}

/** Keeping is done at once, since it can be asked for again; removing is asked about first. */
export function useConfirming({ isIncomplete, isRemoving, decide, send }: Confirming) {
  const [wasTried, setTried] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const confirm = () => {
    if (decide.isPending) return;
    send(() => {
      setAsking(false);
      setTried(false);
    });
  };
  const submit = () => {
    setTried(true);
    if (isIncomplete || decide.isPending) return;
    decide.reset();
    if (isRemoving) setAsking(true);
    else confirm();
  };
  const close = () => {
    setAsking(false);
    decide.reset();
  };
  return { wasTried, isAsking, confirm, submit, close };
}
