import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Account } from './account.ts';
import { createAccountDirectory } from './account-directory.ts';

const accountOf = (phoneNumberId: string): Account => ({
  workspaceId: 'w',
  channelId: `channel-${phoneNumberId}`,
  phoneNumberId,
  wabaId: '1',
  portfolioId: null,
  accessToken: 't',
  appSecret: 's',
  verifyToken: 'v',
});

/** Numbers that can be connected meanwhile, and how often they were read. */
const aDatabase = (readMs = 0) => {
  const rows: Account[] = [accountOf('1')];
  const state = { reads: 0, atOnce: 0, mostAtOnce: 0 };
  const read = async (): Promise<readonly Account[]> => {
    state.reads += 1;
    state.atOnce += 1;
    state.mostAtOnce = Math.max(state.mostAtOnce, state.atOnce);
    const seen = [...rows];
    await sleep(readMs);
    state.atOnce -= 1;
    return seen;
  };
  return { rows, state, directory: createAccountDirectory(read) };
};

describe('a number that the last read did not find', () => {
  it('is found when it was connected right after that read', async () => {
    const { rows, directory } = aDatabase();
    expect(await directory.byChannel('channel-2')).toBeUndefined();
    rows.push(accountOf('2'));
    expect((await directory.byChannel('channel-2'))?.phoneNumberId).toBe('2');
  });

  it('is not answered by a read that had already begun', async () => {
    const { rows, directory } = aDatabase(50);
    const early = directory.byChannel('channel-1');
    await sleep(10);
    rows.push(accountOf('2'));
    expect((await directory.byNumberIds(new Set(['2']))).get('2')?.channelId).toBe('channel-2');
    expect((await early)?.phoneNumberId).toBe('1');
  });

  it('costs one read for all who ask, one at a time, and few reads in all', async () => {
    const { state, directory } = aDatabase(5);
    const until = performance.now() + 1_200;
    while (performance.now() < until) {
      await Promise.all([1, 2, 3].map((n) => directory.byChannel(`nobody-${n}`)));
    }
    expect(state.mostAtOnce).toBe(1);
    expect(state.reads).toBeLessThanOrEqual(5);
  });

  it('holds up only so many: the others are answered by what is known', async () => {
    const { directory } = aDatabase();
    await directory.byChannel('nobody');
    const began = performance.now();
    const waits = await Promise.all(
      Array.from({ length: 80 }, async () => {
        await directory.byChannel('nobody');
        return performance.now() - began;
      }),
    );
    expect(waits.filter((ms) => ms < 200)).toHaveLength(80 - 64);
  });

  it('is told of a read that failed, and asked again the next time', async () => {
    let isAway = true;
    const directory = createAccountDirectory(async () => {
      if (isAway) {
        throw new Error('away');
      }
      return [accountOf('1')];
    });
    await expect(directory.byChannel('channel-1')).rejects.toThrow('away');
    isAway = false;
    expect((await directory.byChannel('channel-1'))?.phoneNumberId).toBe('1');
  });
});
