const reasons = new Set<string>();
const ask = (event: BeforeUnloadEvent): void => event.preventDefault();

/** Files of this computer cannot be kept over a reload: the browser asks before one throws them away. */
export function warnBeforeLeaving(reason: string, isWanted: boolean): void {
  if (isWanted) reasons.add(reason);
  else reasons.delete(reason);
  // Asking for nothing would cost the browser's cache of the page.
  if (reasons.size > 0) window.addEventListener('beforeunload', ask);
  else window.removeEventListener('beforeunload', ask);
}
