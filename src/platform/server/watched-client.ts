import pg from 'pg';
import { noteTimeOut } from './database-time-outs.ts';

type Done = (error: unknown, ...rest: unknown[]) => void;

/**
 * A connection that is not used again once an answer did not come in time: it may come later, as if it were the next
 * one's.
 */
export class WatchedClient extends pg.Client {
  #endAfterSilence(error: unknown): void {
    noteTimeOut(error);
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

  // The overloads of pg cannot be named here.
  // biome-ignore lint/suspicious/noExplicitAny: the signature of pg's own implementation
  override query(...args: any[]): any {
    const watched = args.map((arg) => this.#watching(arg));
    const answer: unknown = super.query(...(watched as [string]));
    return answer instanceof Promise
      ? answer.catch((error: unknown) => {
          this.#endAfterSilence(error);
          throw error;
        })
      : answer;
  }
}
