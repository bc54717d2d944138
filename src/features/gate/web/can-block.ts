import { useRight } from '#features/accounts/web/index.ts';

/** Only administrators block and unblock (docs/promises.md). For drawing: the server asks again. */
export const useCanBlock = (): boolean => useRight('block.manage');

/** Whoever cannot block asks those who can. */
export const useCanAsk = (): boolean => useRight('block.request');

/** Approves and refuses what others ask for. */
export const useDecidesRequests = (): boolean => useRight('block.decide');

/** Who, why, since when, attempts: moderators and administrators. */
export const useSeesBlockDetails = (): boolean => useRight('block.see-details');
