import { randomUUID } from 'node:crypto';

/** An answer the Graph keeps back while the caller waits. */
export interface HeldAnswer {
  readonly id: string;
  readonly since: number;
  readonly accepted: boolean;
  readonly messageId: string | null;
  readonly callbackData: string | null;
  release: () => void;
}

export class HeldAnswers {
  #held = new Map<string, HeldAnswer>();

  list(): Omit<HeldAnswer, 'release'>[] {
    return [...this.#held.values()].map(({ release: _, ...rest }) => rest);
  }

  /** Waits for a release, for the time given, or for the caller to hang up. */
  hold(
    about: Pick<HeldAnswer, 'accepted' | 'messageId' | 'callbackData'>,
    forMs: number | undefined,
    onHangUp: (listener: () => void) => void,
  ): Promise<void> {
    return new Promise((resolve) => {
      const id = randomUUID();
      let timer: NodeJS.Timeout | undefined;
      const release = () => {
        clearTimeout(timer);
        this.#held.delete(id);
        resolve();
      };
      if (forMs !== undefined) timer = setTimeout(release, forMs);
      this.#held.set(id, { ...about, id, since: Date.now(), release });
      onHangUp(release);
    });
  }

  /** Lets one answer go, or all of them; says how many. */
  release(id?: string): number {
    const chosen = [...this.#held.values()].filter((one) => id === undefined || one.id === id);
    for (const one of chosen) one.release();
    return chosen.length;
  }
}
