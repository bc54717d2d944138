/** Where the product under test and its surroundings are; the same for every story of a run. */
export interface World {
  /** Two processes of the built server on one database. */
  readonly servers: readonly [string, string];
  readonly simulator: string;
  readonly databaseUrl: string;
  /** Of the database server itself, for a story that needs an installation of its own. */
  readonly adminUrl: string;
  readonly secret: string;
  readonly password: string;
  readonly passwordHash: string;
}

const variable = 'GUARITA_STORY_WORLD';

/** Tells the workers, which inherit the environment of the set-up. */
export const publishWorld = (world: World): void => {
  process.env[variable] = JSON.stringify(world);
};

export const readWorld = (): World => {
  const text = process.env[variable];
  if (!text) throw new Error('the stories are started by Playwright, which starts their world');
  return JSON.parse(text) as World;
};
