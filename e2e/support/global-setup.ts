import { unpackBrowser } from './browser.ts';
import { startWorld } from './start-world.ts';
import { publishWorld } from './world.ts';

/** Before the workers start: the browser, which they would unpack over each other, and the world. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  unpackBrowser();
  const { world, stop } = await startWorld();
  publishWorld(world);
  return stop;
}
