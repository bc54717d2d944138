import { expect, type Locator, type Page } from '@playwright/test';
import type { Message } from '../../src/features/conversations/contract.ts';
import type { RemovalRequest } from '../../src/features/removals/contract.ts';
import type { Seat } from './story.ts';

const messagesOf = async ({ context, server }: Seat, conversationId: string) => {
  const answer = await context.request.get(
    `${server}/api/v1/conversations/${conversationId}/messages?limit=100`,
  );
  return ((await answer.json()) as { items: Message[] }).items;
};

/** Asks, without the page, for messages of a conversation: by their words, a file by its kind. */
export const askRemoval = async (
  seat: Seat,
  conversationId: string,
  wanted: readonly string[],
  words: { reason: RemovalRequest['askers'][number]['reason']; note?: string },
): Promise<RemovalRequest> => {
  const messages = await messagesOf(seat, conversationId);
  const messageIds = wanted.map((each) => {
    const found = messages.find(({ text, type }) => text === each || type === each);
    if (!found) throw new Error(`nothing in the conversation is ${each}`);
    return found.id;
  });
  const answer = await seat.context.request.post(
    `${seat.server}/api/v1/messages/removal-requests`,
    { data: { messageIds, ...words } },
  );
  expect(answer.status(), await answer.text()).toBe(201);
  const { requests } = (await answer.json()) as { requests: RemovalRequest[] };
  const [request] = requests;
  if (!request) throw new Error('no request was opened');
  return request;
};

/** Decides, without the page, that everything of a request stays. */
export const keepAll = async (seat: Seat, { id, items }: RemovalRequest): Promise<void> => {
  const decided = items.map(({ messageId }) => ({
    messageId,
    decision: 'keep',
    reason: 'by-mistake',
  }));
  const answer = await seat.context.request.post(
    `${seat.server}/api/v1/removal-requests/${id}/decisions`,
    { data: { items: decided } },
  );
  expect(answer.status(), await answer.text()).toBe(200);
};

/** The rows of the page Solicitações. */
export const removalRows = (page: Page): Locator => page.getByTestId('removal-row');

export const removalRow = (page: Page, { number }: RemovalRequest): Locator =>
  removalRows(page).filter({ hasText: `Nº ${number} ` });

/** The open request. */
export const removalView = (page: Page, { number }: RemovalRequest): Locator =>
  page.getByRole('region', { name: `Nº ${number}`, exact: true });

export const openRemoval = async (page: Page, request: RemovalRequest): Promise<Locator> => {
  await removalRow(page, request).getByRole('link').click();
  const view = removalView(page, request);
  const name = `Solicitação nº ${request.number}`;
  await expect(view.getByRole('heading', { name, exact: true })).toBeVisible();
  return view;
};

/** The boxes of the messages that are asked to go, in reading order. */
export const removalItems = (view: Locator): Locator => view.getByTestId('removal-item');

export const removalDialog = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('alertdialog', { name });
