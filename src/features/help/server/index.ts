/** The door of help: all that others may use. */
export { helpRoutes } from './routes.ts';
