import { io } from 'socket.io-client';

/** An open screen behind the balancer, which connects again when its node goes. */
export interface NodeScreen {
  /** How often it was told of each message that nobody changed since: once. */
  timesHeard(messageId: string): number;
  /** Whether it was told to read everything anew since then (performance.now()). */
  connectedSince(): number;
  isConnected(): boolean;
  close(): void;
}

interface Changes {
  readonly messages: readonly { readonly id: string }[];
}

export const openNodeScreen = async (url: string, cookie: string): Promise<NodeScreen> => {
  const heard = new Map<string, number>();
  let since = Number.NaN;
  const socket = io(url, {
    transports: ['websocket'],
    extraHeaders: { cookie },
    forceNew: true,
    reconnectionDelay: 200,
    reconnectionDelayMax: 500,
  });
  socket.on('connect', () => {
    since = performance.now();
  });
  socket.on('changes', (changes: Changes) => {
    for (const { id } of changes.messages) {
      heard.set(id, (heard.get(id) ?? 0) + 1);
    }
  });
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  return {
    timesHeard: (id) => heard.get(id) ?? 0,
    connectedSince: () => since,
    isConnected: () => socket.connected,
    close: () => {
      socket.close();
    },
  };
};
