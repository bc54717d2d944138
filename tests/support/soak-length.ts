import { parseArgs } from 'node:util';

/** How long the long run goes on: until either is reached. */
export interface SoakLength {
  readonly operations: number;
  readonly seconds: number;
}

const positive = (name: string, text: string): number => {
  const value = Number(text);
  if (!(value > 0)) {
    throw new Error(`--${name} is a number above 0, not ${text}`);
  }
  return value;
};

export interface SoakOptions extends SoakLength {
  readonly seed: number;
  readonly clients: number;
}

/** What `npm run test:soak -- …` was told; without a length 100,000 operations. @throws Error in words for what cannot be read */
export const readSoakOptions = (args: readonly string[]): SoakOptions => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
      operations: { type: 'string' },
      seconds: { type: 'string' },
      minutes: { type: 'string' },
      clients: { type: 'string', default: '12' },
    },
  });
  const { operations, seconds, minutes } = values;
  if (seconds !== undefined && minutes !== undefined) {
    throw new Error('--seconds or --minutes, not both');
  }
  const isTimed = seconds !== undefined || minutes !== undefined;
  const unlessTold = isTimed ? Number.POSITIVE_INFINITY : 100_000;
  return {
    seed: Number(values.seed),
    clients: positive('clients', values.clients),
    operations: operations === undefined ? unlessTold : positive('operations', operations),
    seconds: isTimed
      ? positive('seconds', seconds ?? '1') *
        positive('minutes', minutes ?? '1') *
        (minutes === undefined ? 1 : 60)
      : Number.POSITIVE_INFINITY,
  };
};

const lapSeconds = 180;

/** How long the next lap takes. A rest that is too short to prove anything goes with the lap before it. @returns 0: it is over */
export const nextLap = (length: SoakLength, done: SoakLength): number => {
  const left = Math.ceil(length.seconds - done.seconds);
  if (done.operations >= length.operations || left <= 0) {
    return 0;
  }
  return left < lapSeconds * 1.5 ? left : lapSeconds;
};
