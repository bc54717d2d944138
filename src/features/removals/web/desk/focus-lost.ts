/** What had the focus has left the screen. */
export const isFocusLost = (): boolean =>
  document.activeElement === null || document.activeElement === document.body;
