/** The door of reports: all that others may use. */
export { readProtection } from './read-protection.ts';
export { reportRoutes } from './routes.ts';
