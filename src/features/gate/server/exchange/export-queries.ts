/** What the edge may read of exports. */
export { everyEntry, findExport, findExports } from './export-store.ts';
