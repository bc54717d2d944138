/** Backup and restore of a whole installation over SQL: the embedded database brings no pg_dump. */
export { withConnection } from './connect.ts';
export { isEmptyDatabase } from './database-shape.ts';
export { loadDatabase } from './load-database.ts';
export { loadFiles } from './load-files.ts';
export { type Manifest, readManifest } from './manifest.ts';
export { type Say, saveDatabase } from './save-database.ts';
export type { StoredFiles } from './stored-files.ts';
export { endUnfinished, markUnfinished } from './unfinished-mark.ts';
