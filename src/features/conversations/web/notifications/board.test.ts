import { describe, expect, it } from 'vitest';
import { createBoard, type Desktop } from './board.ts';
import type { DesktopNotification } from './notification-of.ts';

const aNotification = (change: Partial<DesktopNotification> = {}): DesktopNotification => ({
  conversationId: 'c-1',
  contactId: 'p-1',
  messageId: 'm-1',
  title: 'Ana',
  body: 'Oi',
  ...change,
});

/** A desktop that several tabs share, as those of one browser do. */
const aDesktop = () => {
  const shown = new Map<string, DesktopNotification>();
  const told = new Set<string>();
  const lookedAt = new Set<string>();
  let timesShown = 0;
  const desktop: Desktop = {
    list: () => Promise.resolve([...shown.values()]),
    show: async (notification) => {
      timesShown += 1;
      shown.set(notification.conversationId, notification);
    },
    close: async (id) => {
      shown.delete(id);
    },
    closeAll: async () => shown.clear(),
    claim: async (id) => {
      const isFirst = !told.has(id);
      told.add(id);
      return isFirst;
    },
    isLookedAt: async (id) => lookedAt.has(id),
  };
  const bodies = () => [...shown.values()].map(({ body }) => body);
  return { desktop, bodies, lookedAt, times: () => timesShown };
};

describe('the notifications of several tabs', () => {
  it('are one for a message, in the place of the one before', async () => {
    const { desktop, bodies, times } = aDesktop();
    const [one, other] = [createBoard(desktop, []), createBoard(desktop, [])];
    for (const board of [one, other]) await board.show(aNotification());
    expect([bodies(), times()]).toEqual([['Oi'], 1]);
    for (const board of [other, one])
      await board.show(aNotification({ messageId: 'm-2', body: 'Ei' }));
    expect([bodies(), times()]).toEqual([['Ei'], 2]);
  });

  it('are taken back by a tab that has shown none of them', async () => {
    const { desktop, bodies } = aDesktop();
    const [one, other] = [createBoard(desktop, []), createBoard(desktop, [])];
    for (const board of [one, other]) await board.show(aNotification());
    await other.takeBack(new Set(['m-1']));
    expect(bodies()).toEqual([]);
  });

  it('are not shown while another tab looks at the conversation', async () => {
    const { desktop, bodies, lookedAt } = aDesktop();
    lookedAt.add('c-1');
    await createBoard(desktop, []).show(aNotification());
    expect(bodies()).toEqual([]);
  });

  it('include what an earlier page left', async () => {
    const { desktop, bodies } = aDesktop();
    await createBoard(desktop, []).show(aNotification());
    const later = createBoard(desktop, await desktop.list());
    expect(later.standing()).toEqual([aNotification()]);
    await later.closeOf(new Set(['p-1']));
    expect(bodies()).toEqual([]);
  });
});

describe('a notification that stands', () => {
  const standing = async () => {
    const given = aDesktop();
    const board = createBoard(given.desktop, []);
    await board.show(aNotification());
    return { ...given, board };
  };

  it('stays while the same is to be said, and goes when it is not', async () => {
    const { board, bodies } = await standing();
    await board.keepTrue('c-1', aNotification());
    await board.keepTrue('c-2', null);
    expect(bodies()).toEqual(['Oi']);
    await board.keepTrue('c-1', null);
    expect(bodies()).toEqual([]);
  });

  it('goes when the name or the words have become others', async () => {
    for (const change of [{ title: '+55 11 9••••-5678' }, { body: 'Olá' }, { messageId: 'm-2' }]) {
      const { board, bodies } = await standing();
      await board.keepTrue('c-1', aNotification(change));
      expect(bodies()).toEqual([]);
    }
  });

  it('is not taken back for an older one that was asked about', async () => {
    const { board, bodies } = await standing();
    const [asked] = board.standing();
    await board.show(aNotification({ messageId: 'm-2', body: 'Ei' }));
    if (asked) await board.correct(asked, null);
    expect(bodies()).toEqual(['Ei']);
    const [now] = board.standing();
    if (now) await board.correct(now, null);
    expect(bodies()).toEqual([]);
  });

  it('goes with all others at the end of a session, also one that this tab never heard of', async () => {
    const { board, desktop, bodies } = await standing();
    await desktop.show(aNotification({ conversationId: 'c-9' }));
    await board.closeAll();
    expect([bodies(), board.standing()]).toEqual([[], []]);
  });
});
