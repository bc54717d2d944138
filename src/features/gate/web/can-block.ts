import { useRight } from '#features/accounts/web/index.ts';

/** Only administrators block and unblock (docs/promises.md). For drawing: the server asks again. */
export const useCanBlock = (): boolean => useRight('block.manage');

/** Who, why, since when, attempts: moderators and administrators. */
export const useSeesBlockDetails = (): boolean => useRight('block.see-details');
