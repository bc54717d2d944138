import type { World } from '../state/world.ts';
import { Track } from '../webhooks/track.ts';

/** News of an account rather than of a conversation: no number's metadata stands beside it. */
export function tellAccount(
  world: World,
  wabaId: string,
  news: { field: string; value: Record<string, unknown>; title: string },
): Track {
  const track = new Track();
  const channel = [...world.channels.values()].find((one) => one.wabaId === wabaId);
  if (channel === undefined) {
    track.move('dropped', 'no-such-account');
    return track;
  }
  world.webhooks.send([
    { ...news, channel, lane: `account ${wabaId}`, track, isAccountNews: true },
  ]);
  return track;
}
