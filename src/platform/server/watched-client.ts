import type { Socket } from 'node:net';
import pg from 'pg';
import { noteTimeOut } from './database-time-outs.ts';

type Done = (error: unknown, ...rest: unknown[]) => void;

/** Something that sends itself, as copies do. */
const sendsItself = (asked: unknown): boolean =>
  typeof asked === 'object' && asked !== null && 'submit' in asked;

/** The types of pg do not tell of it. */
const lineOf = (client: pg.Client): Socket =>
  (client as unknown as { readonly connection: { readonly stream: Socket } }).connection.stream;

/**
 * A connection that is not used again once an answer did not come in time: it may come later, as if it were the next
 * one's.
 *
 * Promises and timers are made here and not by pg (`query_timeout`): what pg makes for a query keeps its answer until the old space is
 * collected, so that collecting the young one took several times as long (decision 0068).
 */
export class WatchedClient extends pg.Client {
  /** After how many milliseconds an answer is given up; 0: never. */
  protected readonly answerMs: number = 0;

  #watching(done: Done): Done {
    let isOver = false;
    const answered: Done = (error, ...rest) => {
      // What comes after all is nobody's.
      if (!isOver) {
        isOver = true;
        clearTimeout(timer);
        noteTimeOut(error);
        done(error, ...rest);
      }
    };
    const silent = (): void => {
      answered(new Error('Query read timeout'));
      // Said before the line is cut, so that it is no surprise; alone it would wait for the answers that do not come.
      void this.end().catch(() => undefined);
      lineOf(this).destroy();
    };
    const timer = this.answerMs > 0 ? setTimeout(silent, this.answerMs) : undefined;
    return answered;
  }

  // The overloads of pg cannot be named here.
  // biome-ignore lint/suspicious/noExplicitAny: the signature of pg's own implementation
  override query(...args: any[]): any {
    const done: unknown = args.at(-1);
    if (sendsItself(args[0])) {
      return super.query(...(args as [string]));
    }
    if (typeof done === 'function') {
      return super.query(
        ...([...args.slice(0, -1), this.#watching(done as Done)] as unknown as [string]),
      );
    }
    const answer = new Promise((resolve, reject) => {
      const settle: Done = (error, result) => (error ? reject(error) : resolve(result));
      super.query(...([args[0], args[1], this.#watching(settle)] as unknown as [string]));
    });
    return answer.catch((error: unknown) => {
      if (error instanceof Error) {
        // As pg does: one that leads back to who asked instead of to the socket.
        Error.captureStackTrace(error);
      }
      throw error;
    });
  }
}

/** @param answerMs until an answer is given up, in milliseconds; 0 is never */
export const clientThatWaits = (answerMs: number): typeof WatchedClient =>
  class extends WatchedClient {
    protected override readonly answerMs = answerMs;
  };
