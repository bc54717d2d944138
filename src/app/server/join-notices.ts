import type { ChangeNotice } from '#platform/server/announce.ts';

/** Above so many rows the screens read again by themselves, which is cheaper than being told. */
const mostRows = 300;

const rowsOf = ({ conversationIds, messageIds, contactIds }: ChangeNotice): number =>
  conversationIds.length + messageIds.length + contactIds.length;

/** With as much again it would be too much to tell. */
export const isMuch = (notice: ChangeNotice): boolean => rowsOf(notice) * 2 > mostRows;

const union = (a: readonly string[], b: readonly string[]): string[] => [...new Set([...a, ...b])];

/** Two notices of one workspace as one. */
export const joinNotices = (a: ChangeNotice, b: ChangeNotice): ChangeNotice => {
  const joined: ChangeNotice = {
    workspaceId: a.workspaceId,
    conversationIds: union(a.conversationIds, b.conversationIds),
    messageIds: union(a.messageIds, b.messageIds),
    contactIds: union(a.contactIds, b.contactIds),
    memberIds: union(a.memberIds, b.memberIds),
    removalIds: union(a.removalIds, b.removalIds),
    refetch: a.refetch || b.refetch,
  };
  return rowsOf(joined) <= mostRows
    ? joined
    : { ...joined, conversationIds: [], messageIds: [], contactIds: [], refetch: true };
};
