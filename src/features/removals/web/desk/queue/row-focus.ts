/** Back from a request to its row. @returns whether there is one that can be seen */
export function focusRemovalRow(requestId: string | null): boolean {
  const row = document.querySelector<HTMLElement>(`[data-request="${requestId}"] a`);
  if (!row?.checkVisibility()) return false;
  row.focus();
  return true;
}
