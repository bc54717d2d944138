import type { Page } from '@playwright/test';
import type { Person } from './person.ts';
import { expect } from './story.ts';

/** Asks the API as whoever is signed in there. */
export const call = async (
  page: Page,
  method: string,
  path: string,
  data?: unknown,
): Promise<unknown> => {
  const answer = await page.request.fetch(`/api/v1/${path}`, {
    method,
    headers: { origin: new URL(page.url()).origin },
    ...(data !== undefined && { data }),
  });
  expect([path, Math.floor(answer.status() / 100)]).toEqual([path, 2]);
  return answer.json();
};

const firstOf = async (page: Page, path: string, { name }: Person): Promise<string> => {
  const search = encodeURIComponent(name);
  const found = (await call(page, 'GET', `${path}search=${search}`)) as {
    items: { id: string }[];
  };
  return found.items[0]?.id ?? '';
};

/** The ids of a person's contact, and of their conversation. */
export const contactOf = (page: Page, person: Person): Promise<string> =>
  firstOf(page, 'contacts?', person);
export const conversationOf = (page: Page, person: Person): Promise<string> =>
  firstOf(page, 'conversations?view=all&', person);
