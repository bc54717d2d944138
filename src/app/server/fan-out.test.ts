import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Changes } from '#features/conversations/contract.ts';
import type { ChangeNotice } from '#platform/server/announce.ts';
import { createFanOut, longestWaitMs } from './fan-out.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const workspaceId = '01900000-0000-7000-8000-000000000000';

const noticeOf = (messageIds: string[], rest: Partial<ChangeNotice> = {}): ChangeNotice => ({
  workspaceId,
  conversationIds: [],
  messageIds,
  contactIds: [],
  memberIds: [],
  removalIds: [],
  refetch: false,
  ...rest,
});

const changesOf = ({ contactIds, refetch }: ChangeNotice): Changes => ({
  conversations: [],
  messages: [],
  contactIds: [...contactIds],
  membersChanged: false,
  removalIds: [],
  refetch,
});

const readingMs = 4;

const stage = () => {
  const read: (readonly string[])[] = [];
  const told: number[] = [];
  let listens = true;
  const begun = performance.now();
  const fanOut = createFanOut({
    hasListeners: () => listens,
    view: async (notice) => {
      read.push(notice.messageIds);
      await new Promise((resolve) => setTimeout(resolve, readingMs));
      return changesOf(notice);
    },
    emit: () => told.push(performance.now() - begun),
  });
  return {
    ...{ fanOut, read, told },
    own: (id: string) => fanOut.hear(noticeOf([id]), true),
    foreign: (id: string, rest?: Partial<ChangeNotice>) => fanOut.hear(noticeOf([id], rest), false),
    leave: () => {
      listens = false;
    },
  };
};

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('what another process commits', () => {
  it('is read at once when nothing was read lately', async () => {
    const { foreign, told } = stage();
    foreign('a');
    await pass(readingMs);
    expect(told).toEqual([readingMs]);
    await pass(longestWaitMs);
    foreign('b');
    await pass(readingMs);
    expect(told).toHaveLength(2);
  });

  it('is read with what this process commits meanwhile', async () => {
    const { own, foreign, read } = stage();
    own('a');
    await pass(10);
    foreign('b');
    foreign('c');
    await pass(10);
    expect(read).toEqual([['a']]);
    own('d');
    await pass(longestWaitMs * 2);
    expect(read).toEqual([['a'], ['b', 'c', 'd']]);
  });

  it('waits no longer than it may, counted from the reading before', async () => {
    const { foreign, read, told } = stage();
    for (let n = 0; n < 20; n += 1) {
      foreign(`${n}`);
      await pass(5);
    }
    await pass(longestWaitMs * 2);
    expect(read.flat()).toEqual(Array.from({ length: 20 }, (_, n) => `${n}`));
    expect(told).toEqual([0, 1, 2].map((n) => n * longestWaitMs + readingMs));
  });

  it('does not wait when it is of a person or a member, or too much already', async () => {
    const { own, foreign, told } = stage();
    const much = Array.from({ length: 160 }, (_, n) => `conversation ${n}`);
    for (const urgent of [{ contactIds: ['p'] }, { memberIds: ['u'] }, { conversationIds: much }]) {
      own('a');
      await pass(10);
      foreign('b', urgent);
      await pass(readingMs);
    }
    expect(told).toHaveLength(6);
  });

  it('takes with it what waited, in one reading', async () => {
    const { own, foreign, read } = stage();
    own('a');
    await pass(10);
    foreign('b');
    foreign('c', { contactIds: ['p'] });
    await pass(longestWaitMs * 2);
    expect(read).toEqual([['a'], ['b', 'c']]);
  });
});

describe('what this process commits', () => {
  it('is read at once, and joined while something is being read', async () => {
    const { own, read, told } = stage();
    own('a');
    await pass(1);
    own('b');
    own('c');
    await pass(longestWaitMs);
    expect(read).toEqual([['a'], ['b', 'c']]);
    expect(told).toEqual([readingMs, 2 * readingMs]);
  });
});

describe('nobody', () => {
  it('is read for when no screen shows the workspace, or after the end', async () => {
    const { own, foreign, fanOut, leave, read } = stage();
    own('a');
    await pass(10);
    foreign('b');
    leave();
    await pass(longestWaitMs);
    own('c');
    await pass(longestWaitMs);
    expect(read).toEqual([['a']]);
    const other = stage();
    other.own('d');
    await pass(10);
    other.foreign('e');
    fanOut.close();
    other.fanOut.close();
    await pass(longestWaitMs);
    expect(other.read).toEqual([['d']]);
  });
});
