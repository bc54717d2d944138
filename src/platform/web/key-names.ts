export const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** How the keys are called on the keyboard at hand. */
export const commandKey = isMac ? '⌘K' : 'Ctrl+K';
/** With Ctrl, or Command on a Mac: `B`, or `Shift+X`. */
export const controlKey = (key: string): string =>
  isMac ? `⌘${key.replace('Shift+', '⇧')}` : `Ctrl+${key}`;
export const altKey = (letter: string): string => (isMac ? `⌥${letter}` : `Alt+${letter}`);
