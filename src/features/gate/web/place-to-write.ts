/**
 * Where the hand goes on when what had the focus is gone: an unblocked conversation has its composer again, which
 * belongs to a later feature and is only known by where it is.
 */
export const placeToWrite = (): HTMLElement | null =>
  document.querySelector<HTMLElement>('main textarea') ?? document.querySelector('main');
