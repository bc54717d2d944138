/** The door of the audit log: all that others may use. What is written into it goes through platform/server/audit.ts. */
export { headsFileOf, type KeptHeads, readHeads, setHeadsAside } from './heads-file.ts';
export { auditJobs, keepHeadsJob } from './keep-heads.job.ts';
export { auditRoutes } from './routes.ts';
export { sealEvents } from './seal-events.ts';
export { type Fault, type Verdict, verifySeals } from './verify-seals.ts';
