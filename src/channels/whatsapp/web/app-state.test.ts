import { expect, it } from 'vitest';
import { appStateOf } from './app-state.ts';

const early = '2026-11-26T05:00:00.000Z';
const late = '2026-11-26T06:00:00.000Z';
const never = { historyAskedAt: null, contactsAskedAt: null, contactsAt: null };

it('offers what nobody asked for', () => {
  const state = appStateOf({ appSync: never, historyImport: null });
  expect(state).toEqual({ history: 'never', contacts: 'never' });
});

it('waits for what was asked after the last news', () => {
  const appSync = { historyAskedAt: late, contactsAskedAt: late, contactsAt: early };
  const declined = { state: 'declined', phase: null, progress: null, at: early } as const;
  const state = appStateOf({ appSync, historyImport: declined });
  expect(state).toEqual({ history: 'asked', contacts: 'asked' });
});

it('tells what came, asked for here or elsewhere', () => {
  const running = { state: 'running', phase: 1, progress: 40, at: late } as const;
  const appSync = { historyAskedAt: early, contactsAskedAt: null, contactsAt: early };
  const state = appStateOf({ appSync, historyImport: running });
  expect(state).toEqual({ history: 'running', contacts: 'contacts-came' });
});
