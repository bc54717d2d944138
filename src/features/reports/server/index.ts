/** The door of reports: all that others may use. */
export { reportRoutes } from './routes.ts';
