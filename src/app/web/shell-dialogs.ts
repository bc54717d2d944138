import { useSyncExternalStore } from 'react';
import { focusOrigin } from '#platform/web/ui/focus-origin.ts';

export type ShellDialog = 'commands' | 'keys' | 'new-conversation';

let current: ShellDialog | null = null;
/** Where the focus goes back to: the dialogs below are fetched when first opened, and by then it may have moved. */
export const shellDialogOrigin: { current: HTMLElement | null } = { current: null };
const listeners = new Set<() => void>();

/** The dialogs that any page, key or command may open. */
export function openShellDialog(dialog: ShellDialog | null): void {
  if (dialog && current === null) shellDialogOrigin.current = focusOrigin();
  current = dialog;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useShellDialog = (): ShellDialog | null =>
  useSyncExternalStore(subscribe, () => current);
