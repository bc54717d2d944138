/** The door of removals: all that others may use. */
export { decideRequest } from './decide-request.ts';
export { removalUpkeepJob, tidyTablesJob } from './job-names.ts';
export { openRequest, suggestRemoval } from './open-request.ts';
export { removalJobs } from './removal.job.ts';
export { removeAgain } from './remove-again.ts';
export { removalRoutes } from './routes.ts';
