import { forgetDrafts } from './drafts.ts';
import { forgetOutgoing } from './outgoing.ts';

/** After signing out: what the person typed and has not sent is gone with them. */
export function forgetTyped(): void {
  forgetDrafts();
  forgetOutgoing();
}
