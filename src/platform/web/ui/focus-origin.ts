/**
 * Where focus goes back to when a dialog that opens now is closed. A menu is gone by then, so the button that opened
 * the menu stands for its item.
 */
export const focusOrigin = (): HTMLElement | null => {
  const active = document.activeElement;
  const menu = active?.closest('[role="menu"]');
  const trigger = menu && document.getElementById(menu.getAttribute('aria-labelledby') ?? '');
  return trigger ?? (active instanceof HTMLElement ? active : null);
};
