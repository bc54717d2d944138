/**
 * Where the hand goes on when what had the focus is gone: an unblocked conversation has its composer again, a blocked
 * one the bar in its place. Both belong to a later feature and are only known by where they are.
 */
export const placeToWrite = (): HTMLElement | null =>
  document.querySelector<HTMLElement>('main textarea') ??
  document.querySelector<HTMLElement>('main [data-quiet-keys]') ??
  document.querySelector('main');
