import { isSameNotice, type Notice } from './notice-of.ts';

/** The desktop of one browser, which all of its tabs share. */
export interface Desktop {
  /** What stands there already, of this tab, of another one, or of a page that was left. */
  readonly list: () => Promise<Notice[]>;
  /** In the place of what stood there for the same conversation. */
  readonly show: (notice: Notice) => Promise<void>;
  readonly close: (conversationId: string) => Promise<void>;
  readonly closeAll: () => Promise<void>;
  /** Of several tabs that hear of a message one tells of it. */
  readonly claim: (messageId: string) => Promise<boolean>;
  /** Somebody is looking at the conversation, in whichever tab. */
  readonly isLookedAt: (conversationId: string) => Promise<boolean>;
}

/**
 * What stands on the desktop, as far as this tab has heard: also what another tab has shown. Each tab takes back what it hears is to
 * go; who comes second finds nothing.
 */
export function createBoard(desktop: Desktop, alreadyThere: readonly Notice[]) {
  const standing = new Map(alreadyThere.map((notice) => [notice.conversationId, notice]));
  const close = async (conversationId: string): Promise<void> => {
    if (standing.delete(conversationId)) await desktop.close(conversationId);
  };
  const closeThose = async (isMeant: (notice: Notice) => boolean): Promise<void> => {
    for (const notice of [...standing.values()]) {
      if (isMeant(notice)) await close(notice.conversationId);
    }
  };
  return {
    standing: (): readonly Notice[] => [...standing.values()],
    show: async (notice: Notice): Promise<void> => {
      standing.set(notice.conversationId, notice);
      if (!(await desktop.claim(notice.messageId))) return;
      if (await desktop.isLookedAt(notice.conversationId)) return;
      await desktop.show(notice);
    },
    /** @param now what is to be said of the conversation as it is */
    keepTrue: async (conversationId: string, now: Notice | null): Promise<void> => {
      const before = standing.get(conversationId);
      if (before && !isSameNotice(before, now)) await close(conversationId);
    },
    /** The same after asking the server, unless something newer was told while it answered. */
    correct: async (asked: Notice, now: Notice | null): Promise<void> => {
      if (standing.get(asked.conversationId) !== asked || isSameNotice(asked, now)) return;
      await close(asked.conversationId);
    },
    takeBack: (messageIds: ReadonlySet<string>): Promise<void> =>
      closeThose(({ messageId }) => messageIds.has(messageId)),
    closeOf: (contactIds: ReadonlySet<string>): Promise<void> =>
      closeThose(({ contactId }) => contactIds.has(contactId)),
    closeAll: async (): Promise<void> => {
      standing.clear();
      await desktop.closeAll();
    },
  };
}

export type Board = ReturnType<typeof createBoard>;
