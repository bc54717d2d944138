import { forgetDrafts } from './drafts.ts';
import { forgetLocalFiles } from './local-files.ts';
import { forgetOutgoing } from './outgoing.ts';
import { forgetRevealed } from './revealed.ts';
import { forgetTrays } from './trays.ts';

/** After signing out: what the person typed and has not sent is gone with them. */
export function forgetTyped(): void {
  forgetDrafts();
  forgetOutgoing();
  forgetTrays();
  forgetLocalFiles();
  forgetRevealed();
}
