import { createHash } from 'node:crypto';
import pg from 'pg';

/** Of one connection; the texts of a program are far fewer. Beyond it, statements are planned each time, as ever. */
const mostStatements = 400;

/** One name for each text, computed once a process. */
const names = new Map<string, string>();

const nameOf = (text: string): string | undefined => {
  const known = names.get(text);
  if (known !== undefined || names.size >= mostStatements) {
    return known;
  }
  const name = `g${createHash('sha256').update(text).digest('base64url').slice(0, 22)}`;
  names.set(text, name);
  return name;
};

type Done = (error: unknown, ...rest: unknown[]) => void;

/**
 * A connection that prepares every statement with parameters by its text, so that PostgreSQL parses and plans it once:
 * the pages and the ingest are short statements of many joins, whose planning costs as much as their work. Kysely sends
 * unnamed statements and has no setting for it.
 */
export class PreparedClient extends pg.Client {
  /** An answer that did not come in time may come later, as if it were the next one's: the connection is not used again. */
  #endAfterSilence(error: unknown): void {
    if (error instanceof Error && error.message === 'Query read timeout') {
      void this.end().catch(() => undefined);
    }
  }

  #watching(done: unknown): unknown {
    if (typeof done !== 'function') {
      return done;
    }
    const watched: Done = (error, ...rest) => {
      this.#endAfterSilence(error);
      done(error, ...rest);
    };
    return watched;
  }

  // The overloads of pg cannot be named here; Kysely and this product call `query(text, values)`.
  // biome-ignore lint/suspicious/noExplicitAny: the signature of pg's own implementation
  override query(...args: any[]): any {
    const [text, values, ...others] = args.map((arg) => this.#watching(arg));
    const name =
      typeof text === 'string' && Array.isArray(values) && values.length > 0
        ? nameOf(text)
        : undefined;
    const answer: unknown =
      name === undefined
        ? super.query(...([text, values, ...others] as unknown as [string]))
        : super.query({ name, text: text as string, values: values as [] }, ...(others as []));
    return answer instanceof Promise
      ? answer.catch((error: unknown) => {
          this.#endAfterSilence(error);
          throw error;
        })
      : answer;
  }
}
