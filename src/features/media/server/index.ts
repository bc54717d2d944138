/** The door of media: all that others may use. */
export { chooseFile, type FileChoice, type FileToSend, nameFile } from './choose-file.ts';
export {
  flagForRemoval,
  mergeRules,
  splitRule,
} from './covers/contact-rule.ts';
export { coversAll } from './covers/cover-queries.ts';
export { shownTo, type Viewer } from './covers/shown-queries.ts';
export { fetchJobs } from './fetch-media.job.ts';
export { findFilmTools } from './film-tools.ts';
export { sweepMediaJob, sweepOrphansJob } from './job-names.ts';
export { requestMedia } from './judge-media.ts';
export { dropFile } from './keep-files.ts';
export { namedFilesQuery } from './named-files-queries.ts';
export {
  findFileToSend,
  forgetChannelFile,
  type OutboundFile,
  rememberChannelFile,
} from './outbound-store.ts';
export { findRepeat } from './prints/find-repeat.ts';
export {
  deleteMatch,
  lockMatch,
  type RepeatMatch,
  repeatReason,
  setMatchRequest,
} from './prints/match-store.ts';
export {
  keepRemovedPrints,
  printRemoved,
  retirePrint,
  retirePrintsOf,
} from './prints/print-removed.ts';
export type { PrintKind, RemovedPrint } from './prints/print-store.ts';
export { suggestRemovalJob } from './prints/suggestion-job.ts';
export { mediaOfMessage } from './queries.ts';
export { eraseMedia, forgetMedia, forgetUploadsOf, recordMedia } from './record-media.ts';
export { revealMedia } from './reveal-media.ts';
export { mediaRoutes } from './routes.ts';
export { mediaUpkeepJobs } from './sweep-media.job.ts';
