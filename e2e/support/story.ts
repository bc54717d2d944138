import { type BrowserContext, test as base, type Page } from '@playwright/test';
import type { Deps } from '../../src/platform/server/deps.ts';
import { openDoors } from './doors.ts';
import { type Faults, watchFaults } from './faults.ts';
import { signIn } from './sign-in.ts';
import { type Sim, simFor } from './sim.ts';
import { aTeam, type Member, type Team } from './team.ts';
import { readWorld, type World } from './world.ts';

/** A browser of one person. */
export interface Seat {
  readonly context: BrowserContext;
  readonly page: Page;
  /** The server process that it talks to. */
  readonly server: string;
  readonly faults: Faults;
}

interface SeatOptions {
  /** Which of the two processes. */
  readonly server?: 0 | 1;
  /** Another address than theirs. */
  readonly at?: string;
  readonly path?: string;
  readonly colorScheme?: 'light' | 'dark';
}

/** Opens a browser; signed in when a member is given. */
export type TakeSeat = (member: Member | null, options?: SeatOptions) => Promise<Seat>;

interface StoryFixtures {
  readonly team: Team;
  readonly sim: Sim;
  readonly seat: TakeSeat;
}

interface WorkerFixtures {
  readonly world: World;
  readonly doors: Deps;
}

/** Counts the notes that are played when a message arrives, which nobody here can hear. */
const countNotes = (): void => {
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function count(when?: number) {
    const root = document.documentElement;
    root.dataset['notes'] = String(Number(root.dataset['notes'] ?? '0') + 1);
    start.call(this, when);
  };
};

export const test = base.extend<StoryFixtures, WorkerFixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what is needed from the pattern
  world: [async ({}, use) => use(readWorld()), { scope: 'worker' }],
  doors: [
    async ({ world }, use) => {
      const deps = await openDoors(world);
      await use(deps);
      await deps.pool.end();
    },
    { scope: 'worker' },
  ],
  team: async ({ doors, world }, use) => use(await aTeam(doors, world)),
  sim: async ({ team, world }, use) => use(simFor(world.simulator, team.phoneNumberId)),
  // Without a team the installation would be a fresh one, whose pages all lead to its set-up.
  seat: async ({ browser, world, team: _team }, use) => {
    const seats: Seat[] = [];
    await use(async (member, options = {}) => {
      const server = options.at ?? world.servers[options.server ?? 0];
      const context = await browser.newContext({
        baseURL: server,
        colorScheme: options.colorScheme ?? 'light',
      });
      const faults = watchFaults(context);
      await context.addInitScript(countNotes);
      if (member) await signIn(context, server, member, world.password);
      const page = await context.newPage();
      const seat = { context, page, server, faults };
      seats.push(seat);
      await page.goto(options.path ?? '/conversas');
      return seat;
    });
    for (const { faults } of seats) faults.assertNone();
    for (const { context } of seats) await context.close();
  },
});

export { expect } from '@playwright/test';
