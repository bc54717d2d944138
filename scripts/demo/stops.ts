/** A signal came while things were still being started. */
export class StopRequested extends Error {
  override readonly name = 'StopRequested';
}

const PATIENCE_MS = 4_500;
const LOOK_EVERY_MS = 1_000;

/** What was started, to be stopped in the opposite order, once. */
export class Stops {
  #steps: (() => Promise<unknown>)[] = [];
  #isRequested = false;
  #isStarting = true;

  /** Starts a part. When a stop was asked for meanwhile, the start ends here. */
  async start<T>(work: () => Promise<T>, stop: (part: T) => Promise<unknown>): Promise<T> {
    const part = await work();
    this.#steps.push(() => stop(part));
    this.check();
    return part;
  }

  /** @throws StopRequested */
  check(): void {
    if (this.#isRequested) throw new StopRequested('stopped while starting');
  }

  /** From now on a signal stops at once. */
  started(): void {
    this.check();
    this.#isStarting = false;
  }

  async runAll(): Promise<void> {
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      // A part that does not stop must not keep the next one up; the exit ends it.
      await step().catch(() => {});
    }
  }

  /** npm and the terminal both hand on a Ctrl-C, so a second signal means nothing. */
  onSignals(): void {
    const request = (): void => {
      if (this.#isRequested) return;
      this.#isRequested = true;
      setTimeout(() => {
        process.stderr.write('Some parts did not stop in time and were ended.\n');
        process.exit(1);
      }, PATIENCE_MS).unref();
      if (!this.#isStarting) void this.runAll().then(() => process.exit(0));
    };
    process.on('SIGINT', request).on('SIGTERM', request).on('SIGHUP', request);
    this.#stopWithNpm(request);
  }

  /** A killed npm hands on nothing, and would leave us behind without a terminal. */
  #stopWithNpm(request: () => void): void {
    if (process.env['npm_lifecycle_event'] === undefined) return;
    const parent = process.ppid;
    setInterval(() => {
      if (process.ppid !== parent) request();
    }, LOOK_EVERY_MS).unref();
  }
}
