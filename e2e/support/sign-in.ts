import { type BrowserContext, expect, type Page } from '@playwright/test';
import type { Member } from './team.ts';

/** Gives the browser a session, without the page: the page has stories of its own. */
export const signIn = async (
  context: BrowserContext,
  server: string,
  member: Pick<Member, 'email'>,
  password: string,
): Promise<void> => {
  const answer = await context.request.post(`${server}/api/auth/sign-in/email`, {
    data: { email: member.email, password },
  });
  expect(answer.status(), 'the answer to the sign-in').toBe(200);
};

/** Fills the sign-in page, as a person does. */
export const fillSignIn = async (page: Page, email: string, password: string): Promise<void> => {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Senha', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Entrar' }).click();
};
