import { io, type Socket } from 'socket.io-client';

/** A screen that listens: everything it hears, as it comes. */
export interface LiveClient {
  /** The text of every event so far, of any name. */
  readonly heard: readonly string[];
  /** Why the server ended it, once it has. */
  readonly ended: Promise<string>;
  readonly isConnected: () => boolean;
  /** Resolves with the first event, past or to come, whose text holds this. */
  hear(text: string): Promise<string>;
  close(): void;
}

/** What a browser with this cookie gets at the door: a socket, or the reason of the refusal. */
export const connectLive = (
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<LiveClient> => {
  const socket: Socket = io(url, {
    transports: ['websocket'],
    extraHeaders: { ...headers },
    reconnection: false,
    forceNew: true,
  });
  const heard: string[] = [];
  const waiting = new Set<() => void>();
  socket.onAny((...event: unknown[]) => {
    heard.push(JSON.stringify(event));
    for (const look of waiting) {
      look();
    }
  });
  const ended = new Promise<string>((resolve) => socket.once('disconnect', resolve));
  const hear = (text: string): Promise<string> =>
    new Promise((resolve) => {
      const look = () => {
        const found = heard.find((event) => event.includes(text));
        if (found !== undefined) {
          waiting.delete(look);
          resolve(found);
        }
      };
      waiting.add(look);
      look();
    });
  return new Promise((resolve, reject) => {
    socket.once('connect', () =>
      resolve({
        heard,
        ended,
        hear,
        isConnected: () => socket.connected,
        close: () => {
          socket.disconnect();
        },
      }),
    );
    socket.once('connect_error', (error) => {
      socket.disconnect();
      reject(error);
    });
  });
};
