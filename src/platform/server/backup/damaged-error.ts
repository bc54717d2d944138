/** A part of a backup is not what its manifest says. */
export class DamagedError extends Error {
  override readonly name = 'DamagedError';

  constructor(what: string) {
    super(`the backup is damaged: ${what} is not what the manifest says. Nothing was restored.`);
  }
}
