/** Where the launcher tells what it does; a pino logger fits. */
export interface LauncherLog {
  info(o: object, m: string): void;
  warn(o: object, m: string): void;
  error(o: object, m: string): void;
}
