/** The door of removals: all that others may use. */
export { decideRequest } from './decide-request.ts';
export { doAgain } from './erasure/do-again.ts';
export { erasePerson } from './erasure/erase-person.ts';
export { removalUpkeepJob, tidyTablesJob } from './job-names.ts';
export { openRequest, suggestRemoval } from './open-request.ts';
export { removalJobs } from './removal.job.ts';
export { removalRoutes } from './routes.ts';
