const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** How the keys are called on the keyboard at hand. */
export const commandKey = isMac ? '⌘K' : 'Ctrl+K';
export const altKey = (letter: string): string => (isMac ? `⌥${letter}` : `Alt+${letter}`);
