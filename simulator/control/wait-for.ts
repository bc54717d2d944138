import type { Track } from '../webhooks/track.ts';

export interface Awaiting {
  wait: boolean | 'delivered';
  waitMs: number;
}

/** Waits as a request of the control API asked to. */
export async function waitFor(tracks: readonly Track[], { wait, waitMs }: Awaiting): Promise<void> {
  if (wait === false) return;
  const enough = (track: Track) =>
    track.isOver || track.state === 'held' || (wait === true && track.lastStatus !== null);
  await Promise.all(tracks.map((track) => track.until(enough, waitMs)));
}
