import { type BrowserContext, expect } from '@playwright/test';

/** What went wrong inside the pages of one browser: errors in its console, violations of the policy. */
export interface Faults {
  /** Says beforehand which error belongs to the story; it is matched with the line and its address. */
  allow(pattern: RegExp): void;
  /** Fails the story when something was not allowed. */
  assertNone(): void;
}

/** Listens to every page of the browser, also to those that open later. */
export const watchFaults = (context: BrowserContext): Faults => {
  const seen: string[] = [];
  const allowed: RegExp[] = [];
  context.on('console', (message) => {
    if (message.type() !== 'error') return;
    seen.push(`${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => {
    seen.push(`uncaught: ${error.error().stack ?? error.error().message}`);
  });
  return {
    allow: (pattern) => {
      allowed.push(pattern);
    },
    assertNone: () => {
      const faults = seen.filter((line) => !allowed.some((pattern) => pattern.test(line)));
      expect(faults, 'errors in the console of the browser').toEqual([]);
    },
  };
};

/** The browser's own words when the network is away, and when it refuses to go there. */
export const networkAway = /net::ERR_|ERR_INTERNET_DISCONNECTED|WebSocket connection to/;
