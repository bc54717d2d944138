import type { World } from '../state/world.ts';
import { shakeHands } from './handshake.ts';

const FIRST_MS = 500;
const LONGEST_MS = 5_000;

/** Verifies every channel's webhook as soon as somebody answers there. */
export function keepShakingHands(world: World, changed: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  let wait = FIRST_MS;
  let isOver = false;
  const round = async () => {
    for (const channel of world.channels.values()) {
      const { webhookUrl: url, verifyToken, handshake } = channel;
      if (url === null || handshake !== 'pending') continue;
      const result = await shakeHands(
        { url, verifyToken, channel },
        world.webhooks.pool,
        world.log,
      );
      if (isOver) return;
      if (result === 'unreachable') continue;
      channel.handshake = result;
      changed();
    }
    if (isOver) return;
    timer = setTimeout(() => void round(), wait);
    wait = Math.min(LONGEST_MS, wait * 1.5);
  };
  void round();
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}
