/** The door of conversations: all that others may use. */
export { countOnChannels } from './channel-counter-store.ts';
export { deliveryJobs } from './deliver-message.job.ts';
export { indexMessagesJob, sweepJob } from './delivery-jobs.ts';
export { doubtWaiting } from './doubt-waiting.ts';
export { type ErasedHistory, eraseHistory } from './erase/erase-history.ts';
export { findPeopleOfCopies } from './erase/erase-store.ts';
export { impactRoute } from './impact/impact.route.ts';
export { indexJobs } from './index-messages.job.ts';
export { linkCardJobs } from './link-card/make-link-card.job.ts';
export { mergeRoute } from './merge.route.ts';
export { messageRoutes } from './message.routes.ts';
export { findMessages, readCovered } from './message-queries.ts';
export { peopleActionRoutes } from './people.routes.ts';
export { prepareItems } from './prepare-items.ts';
export { purgeMessages } from './purge-messages.ts';
export { purgeJobs, purgeOldJob } from './purge-old.job.ts';
export { rememberRemoved } from './purge-store.ts';
export { receiveItems } from './receive-messages.ts';
export { requestMessagesRoute } from './request-messages.route.ts';
export { retentionRoutes } from './retention.routes.ts';
export { conversationRoutes } from './routes.ts';
export { upkeepJobs } from './stop-queued.job.ts';
export { stoppedRoutes } from './stopped/stopped.routes.ts';
export { viewChanges } from './views.ts';
export {
  type CoverInput,
  coverMessages,
  insertCoverReveal,
  restoreMessages,
} from './withhold/cover-messages.ts';
export { findRemovable, type Removable } from './withhold/find-removable.ts';
export { type Removed, type RemoveInput, removeMessages } from './withhold/remove-messages.ts';
export {
  countCopies,
  countSameBytes,
  listSameBytes,
  type SameBytes,
} from './withhold/same-bytes-queries.ts';
