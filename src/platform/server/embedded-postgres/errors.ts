/** What went wrong, for programs. */
export type EmbeddedPostgresErrorCode =
  | 'unsupported-platform'
  | 'binaries-broken'
  | 'cannot-drop-privileges'
  | 'already-running'
  | 'wrong-major'
  | 'port-in-use'
  | 'data-unreachable'
  | 'data-missing'
  | 'data-damaged'
  | 'data-in-use'
  | 'password-refused'
  | 'init-failed'
  | 'start-failed'
  | 'stopped';

/** A failure of the embedded database. The message says what to do, for the person who reads it. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
  readonly code: EmbeddedPostgresErrorCode;

  constructor(code: EmbeddedPostgresErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** The system's error code (`ENOENT`, `EACCES`, ...) of anything thrown, or an empty string. */
export function systemCode(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}
