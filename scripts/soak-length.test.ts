import { describe, expect, it } from 'vitest';
import { nextLap, readSoakOptions } from '../tests/support/soak-length.ts';

const forever = Number.POSITIVE_INFINITY;

describe('how long the soak goes on', () => {
  it('is 100,000 operations, or as many, or as long, as told', () => {
    const lengthOf = (...args: string[]) => {
      const { operations, seconds } = readSoakOptions(args);
      return [operations, seconds];
    };
    expect(lengthOf()).toEqual([100_000, forever]);
    expect(lengthOf('--operations', '300')).toEqual([300, forever]);
    expect(lengthOf('--seconds', '90')).toEqual([forever, 90]);
    expect(lengthOf('--minutes', '2.5')).toEqual([forever, 150]);
    expect(lengthOf('--minutes', '10', '--operations', '5000')).toEqual([5000, 600]);
  });

  it('is refused in words when it cannot be read', () => {
    expect(() => readSoakOptions(['--minutes', 'ten'])).toThrow(
      '--minutes is a number above 0, not ten',
    );
    expect(() => readSoakOptions(['--seconds', '0'])).toThrow('--seconds');
    expect(() => readSoakOptions(['--seconds', '5', '--minutes', '5'])).toThrow('not both');
  });

  it('goes in laps, none of which is too short to prove anything', () => {
    const lapsOf = (seconds: number): number[] => {
      const laps: number[] = [];
      const sum = () => laps.reduce((all, one) => all + one, 0);
      for (
        let lap = nextLap({ operations: forever, seconds }, { operations: 0, seconds: 0 });
        lap > 0;
        lap = nextLap({ operations: forever, seconds }, { operations: 0, seconds: sum() })
      ) {
        laps.push(lap);
      }
      return laps;
    };
    expect(lapsOf(60)).toEqual([60]);
    expect(lapsOf(200)).toEqual([200]);
    expect(lapsOf(400)).toEqual([180, 220]);
    expect(lapsOf(600)).toEqual([180, 180, 240]);
  });

  it('ends with the operations as well', () => {
    const length = { operations: 100, seconds: forever };
    expect(nextLap(length, { operations: 99, seconds: 5000 })).toBe(180);
    expect(nextLap(length, { operations: 100, seconds: 1 })).toBe(0);
  });
});
