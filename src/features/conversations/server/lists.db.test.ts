import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { newId } from '#platform/shared/ids.ts';
import { assignConversation, setConversationStatus } from './assign-conversation.ts';
import { type ConversationListQuery, listConversations } from './conversation-queries.ts';
import { createCounts } from './count-queries.ts';
import { indexMessages } from './index-messages.ts';
import { searchMessages } from './message-search-queries.ts';
import { aChannel, aPhone, aText, aThread, type Place, receive } from './testing.ts';

let deps: TestDeps;
let agent: Actor;
let place: Place;
const threads: Record<string, string> = {};

beforeAll(async () => {
  deps = await openTestDeps();
  const workspaceId = await aWorkspace(deps.db);
  place = await aChannel(deps.db, workspaceId);
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

describe('of several numbers', () => {
  const person = { phone: aPhone() };
  let second: Place;
  let onSecond: string;

  beforeAll(async () => {
    second = await aChannel(deps.db, place.workspaceId);
    const said = (text: string) => ({ content: { kind: 'text', text } as const });
    onSecond = (await aThread(deps, second, person)).conversationId;
    await receive(deps, aText(place, person, said('Orçamento da loja')));
    await receive(deps, aText(second, person, said('Orçamento do suporte')));
    await inTx(deps, systemActor(place.workspaceId), indexMessages);
  });
  const of = async (channelId: string, more: Partial<ConversationListQuery> = {}) => {
    const query = { view: 'all', limit: 10, channelId, ...more } as const;
    const { items } = await listConversations(deps.db, agent, query);
    return items.map(({ id, channel }) => ({ id, channel: channel.id }));
  };

  it('gives what goes through one of them', async () => {
    expect(await of(second.channelId)).toEqual([{ id: onSecond, channel: second.channelId }]);
    const first = await of(place.channelId);
    expect(first).toHaveLength(5);
    expect(first.every(({ channel }) => channel === place.channelId)).toBe(true);
  });

  it('with a search, a view and a page', async () => {
    const search = person.phone;
    expect(await of(second.channelId, { search, view: 'queue' })).toHaveLength(1);
    expect(await of(second.channelId, { search: 'Ninguém' })).toEqual([]);
    expect(await of(second.channelId, { view: 'mine' })).toEqual([]);
    const query = { view: 'all', limit: 3, channelId: place.channelId } as const;
    const page = await listConversations(deps.db, agent, query);
    const cursor = page.nextCursor ?? '';
    expect((await listConversations(deps.db, agent, { ...query, cursor })).items).toHaveLength(2);
  });

  it('gives nothing of a number that is not of this workspace', async () => {
    const other = await aChannel(deps.db, await aWorkspace(deps.db));
    expect(await of(other.channelId)).toEqual([]);
  });

  it('counts what goes through one of them, and all of it', async () => {
    const count = createCounts(deps.db);
    const open = async (channelId?: string) => {
      const { mine, queue, all } = await count(agent, channelId);
      return [mine.open, queue.open, all.open];
    };
    expect(await open()).toEqual([1, 3, 4]);
    expect(await open(place.channelId)).toEqual([1, 2, 3]);
    expect(await open(second.channelId)).toEqual([0, 1, 1]);
    expect(await open(newId())).toEqual([0, 0, 0]);
  });

  it('finds the words that went through one of them', async () => {
    const query = { query: 'orçamento', channelId: second.channelId, limit: 10 };
    const { items } = await searchMessages(deps.db, agent, query);
    expect(items.map(({ conversationId }) => conversationId)).toEqual([onSecond]);
  });
});
