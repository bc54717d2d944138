import { describe, expect, it } from 'vitest';
import type { ChangeNotice } from './announce.ts';
import { createOwnCommits } from './own-commits.ts';

const noticeOf = (id: string | undefined): ChangeNotice => ({
  id,
  workspaceId: '01900000-0000-7000-8000-000000000000',
  conversationIds: [],
  messageIds: [],
  contactIds: [],
  memberIds: [],
  removalIds: [],
  refetch: false,
});

const listening = () => {
  const own = createOwnCommits();
  const heard: (string | undefined)[] = [];
  return { own, heard, hear: own.listen((notice) => heard.push(notice.id)) };
};

describe('what this process commits', () => {
  it('is heard once, when it is told first', () => {
    const { own, heard, hear } = listening();
    const notice = noticeOf(own.newId());
    own.tell(notice);
    hear(notice);
    expect(heard).toEqual([notice.id]);
  });

  it('is heard once, when the database is quicker', () => {
    const { own, heard, hear } = listening();
    const notice = noticeOf(own.newId());
    hear(notice);
    own.tell(notice);
    expect(heard).toEqual([notice.id]);
  });

  it('is heard of the database when the answer to the commit was lost', () => {
    const { own, heard, hear } = listening();
    const [lost, kept] = [noticeOf(own.newId()), noticeOf(own.newId())];
    hear(lost);
    own.tell(kept);
    hear(kept);
    expect(heard).toEqual([lost.id, kept.id]);
  });
});

describe('what others commit', () => {
  it('is heard each time it comes', () => {
    const { heard, hear } = listening();
    const foreign = noticeOf(createOwnCommits().newId());
    hear(foreign);
    hear(foreign);
    hear(noticeOf(undefined));
    expect(heard).toEqual([foreign.id, foreign.id, undefined]);
  });
});
