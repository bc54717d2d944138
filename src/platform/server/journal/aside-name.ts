/** How what was there before is called from now on. */
export const asideName = (name: string): string =>
  `${name}.before-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
