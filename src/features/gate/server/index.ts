/** The door of the gate: all that others may use. */

export { bulkContactsSchema } from '../bulk/contract.ts';
export {
  type BlockImpact,
  type BulkImpact,
  blockImpactSchema,
  bulkImpactSchema,
  type IdentityTest,
} from '../explain/contract.ts';
export { type WayToSend, waysToSend } from '../ways-to-send/contract.ts';
export { gateJobs } from './announce-end.job.ts';
export { awaitWire } from './await-wire.ts';
export { blockContact } from './block-contact.ts';
export {
  assertPassed,
  checkGateInbound,
  checkGateOutbound,
  checkGateStored,
  type Judged,
  type ReadSpans,
  readSpans,
} from './check-gate.ts';
export { Claim, ClaimExpiredError, openClaim } from './claim.ts';
export { endClaim, endClaimsOfMessages, endExpiredReadClaims } from './claim-store.ts';
export type { InboundVerdict, OutboundVerdict, Passed } from './decide.ts';
export { eraseFromGate } from './erased/erase-from-gate.ts';
export { isKeptOut, keepOut, type Move } from './erased/keep-out.ts';
export { blockListed } from './exchange/block-listed.ts';
export { findKeysInUse } from './exchange/list-store.ts';
export { LookupNeededError, type NumberInWorkspace, prepareLookups } from './exchange/lookups.ts';
export { extendBlock, mergeBlocks } from './extend-block.ts';
export { findDropped } from './find-dropped.ts';
export { forgetImportNames } from './imports/forget-names.ts';
export {
  blockedContactPayload,
  forgetTracesJob,
  noteBlockEndedJob,
  stopQueuedJob,
} from './job-names.ts';
export { findOnWire } from './queries.ts';
export { approveBlockRequest } from './requests/decide-request.ts';
export { contactsAskedAbout, isBlockRequested } from './requests/open-requests-queries.ts';
export { requestBlock } from './requests/request-block.ts';
export { findBlockRequest } from './requests/request-queries.ts';
export { type RestoredBlocks, restoreBlocks } from './restore-blocks.ts';
export type { JournaledBlock } from './restore-store.ts';
export { gateRoutes } from './routes.ts';
export {
  awaitQuiet,
  type Division,
  divideBlock,
  giveClaims,
  isOnWire,
} from './split/divide-block.ts';
export { unblockContact } from './unblock-contact.ts';
export { askUpstream } from './upstream/ask-upstream.ts';
export { noteIdentities } from './upstream/heal-store.ts';
export { checkAllListsJob, enqueueCheck, healUpstreamJob } from './upstream/job-names.ts';
export { noteListed } from './upstream/note-listed.ts';
export { isListFull } from './upstream/outcome-store.ts';
export { speaksHere } from './upstream/row-store.ts';
export { upstreamJobs } from './upstream/upstream.job.ts';
