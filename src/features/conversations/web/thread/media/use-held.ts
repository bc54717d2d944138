import { useDecidesRequests } from '#features/gate/web/index.ts';
import type { Conversation } from '../../../contract.ts';

/** Whether what the contact sent is withheld from this person, because a block request is open that they do not decide. */
export const useIsHeld = ({ isBlockRequested }: Conversation): boolean => {
  const decides = useDecidesRequests();
  return isBlockRequested && !decides;
};
