import { type DesktopNotification, isSameNotification } from './notification-of.ts';

/** The desktop of one browser, which all of its tabs share. */
export interface Desktop {
  /** What stands there already, of this tab, of another one, or of a page that was left. */
  readonly list: () => Promise<DesktopNotification[]>;
  /** In the place of what stood there for the same conversation. */
  readonly show: (notification: DesktopNotification) => Promise<void>;
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
export function createBoard(desktop: Desktop, alreadyThere: readonly DesktopNotification[]) {
  const standing = new Map(
    alreadyThere.map((notification) => [notification.conversationId, notification]),
  );
  const close = async (conversationId: string): Promise<void> => {
    if (standing.delete(conversationId)) await desktop.close(conversationId);
  };
  const closeThose = async (
    isMeant: (notification: DesktopNotification) => boolean,
  ): Promise<void> => {
    for (const notification of [...standing.values()]) {
      if (isMeant(notification)) await close(notification.conversationId);
    }
  };
  return {
    standing: (): readonly DesktopNotification[] => [...standing.values()],
    show: async (notification: DesktopNotification): Promise<void> => {
      standing.set(notification.conversationId, notification);
      if (!(await desktop.claim(notification.messageId))) return;
      if (await desktop.isLookedAt(notification.conversationId)) return;
      await desktop.show(notification);
    },
    /** @param now what is to be said of the conversation as it is */
    keepTrue: async (conversationId: string, now: DesktopNotification | null): Promise<void> => {
      const before = standing.get(conversationId);
      if (before && !isSameNotification(before, now)) await close(conversationId);
    },
    /** The same after asking the server, unless something newer was told while it answered. */
    correct: async (asked: DesktopNotification, now: DesktopNotification | null): Promise<void> => {
      if (standing.get(asked.conversationId) !== asked || isSameNotification(asked, now)) return;
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
