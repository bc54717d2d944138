/** Where the lines of the journal lie. Nothing in it is ever changed. */
export interface JournalPlace {
  /** For people: a path, or a bucket. */
  readonly name: string;
  /** Whether all of it is read in a moment, so that every start can compare every line. */
  readonly isNear: boolean;
  /** The lines from this one on, in order; none when there are no more, or no journal at all. */
  read(from: number): AsyncIterable<string>;
  /**
   * Adds lines, which are there for good once this has answered. One process does so at a time.
   * @param seq of the first of them
   */
  append(seq: number, lines: readonly string[]): Promise<void>;
  /** Keeps what is there under another name, so that a new journal can begin. @returns that name */
  setAside(): Promise<string>;
}
