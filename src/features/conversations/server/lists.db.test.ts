import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { assignConversation, setConversationStatus } from './assign-conversation.ts';
import { type ConversationListQuery, listConversations } from './conversation-queries.ts';
import { aChannel, aPhone, aThread } from './testing.ts';

let deps: TestDeps;
let agent: Actor;
const threads: Record<string, string> = {};

beforeAll(async () => {
  deps = await openTestDeps();
  const workspaceId = await aWorkspace(deps.db);
  const place = await aChannel(deps.db, workspaceId);
  agent = await aMember(deps.db, workspaceId, 'agent');
  for (const name of ['mine', 'mine resolved', 'queue', 'queue resolved']) {
    const { conversationId } = await aThread(deps, place, { phone: aPhone() });
    threads[conversationId] = name;
    await inTx(deps, agent, async (ctx) => {
      await assignConversation(ctx, conversationId, name.startsWith('mine') ? agent.id : null);
      await setConversationStatus(ctx, conversationId, /resolved/.test(name) ? 'resolved' : 'open');
    });
  }
});
afterAll(() => deps.close());

const listed = async (query: Omit<ConversationListQuery, 'limit'>) => {
  const { items } = await listConversations(deps.db, agent, { ...query, limit: 10 });
  return items.map(({ id }) => threads[id]).sort();
};

describe('the status of listed conversations', () => {
  it.each(['mine', 'queue'] as const)('of the view %s is open unless asked for', async (view) => {
    expect(await listed({ view })).toEqual([view]);
    expect(await listed({ view, status: 'open' })).toEqual([view]);
    expect(await listed({ view, status: 'resolved' })).toEqual([`${view} resolved`]);
  });

  it('of the view all is any', async () => {
    expect(await listed({ view: 'all' })).toHaveLength(4);
    expect(await listed({ view: 'all', status: 'resolved' })).toHaveLength(2);
  });
});
