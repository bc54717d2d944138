import { useSyncExternalStore } from 'react';
import { io, type Socket } from 'socket.io-client';

/** `lost` only after a connection stood or was refused; before the first answer it is `connecting`. */
export type ConnectionState = 'connecting' | 'open' | 'lost';

let socket: Socket | undefined;
let state: ConnectionState = 'connecting';
const stateListeners = new Set<() => void>();
const connectListeners = new Set<() => void>();
const turnedAwayListeners = new Set<() => void>();
let againTimer: ReturnType<typeof setTimeout> | undefined;
let timesTurnedAway = 0;

const become = (next: ConnectionState): void => {
  if (next === state) return;
  state = next;
  for (const listener of stateListeners) listener();
};

/** Opens the one socket of the page. Coming back tells whoever asked, because what was missed is not sent again. */
export function connectLive(): void {
  if (socket) return;
  const opened = io({
    transports: ['websocket'],
    // A blip heals before anybody is told of it.
    reconnectionDelay: 200,
    reconnectionDelayMax: 8000,
    randomizationFactor: 0.5,
  });
  socket = opened;
  opened.on('connect', () => {
    become('open');
    timesTurnedAway = 0;
    // The first time too: what was read before the door stood open may have changed meanwhile.
    for (const listener of connectListeners) listener();
  });
  opened.on('disconnect', () => lose(opened));
  opened.on('connect_error', () => lose(opened));
  window.addEventListener('online', reconnectNow);
  window.addEventListener('offline', loseNow);
}

/** After a no of the server (a session that ended, another role) the client does not try again by itself. */
const lose = (opened: Socket): void => {
  become('lost');
  if (opened.active) return;
  for (const listener of turnedAwayListeners) listener();
  clearTimeout(againTimer);
  againTimer = setTimeout(() => opened.connect(), Math.min(200 * 3 ** timesTurnedAway, 8000));
  timesTurnedAway += 1;
};

const reconnectNow = (): void => {
  if (socket && !socket.connected) socket.disconnect().connect();
};

const loseNow = (): void => {
  // The browser knows before the heartbeat does.
  socket?.io.engine?.close();
};

/** After signing out. */
export function disconnectLive(): void {
  window.removeEventListener('online', reconnectNow);
  window.removeEventListener('offline', loseNow);
  clearTimeout(againTimer);
  socket?.removeAllListeners();
  socket?.disconnect();
  socket = undefined;
  become('connecting');
}

export function onLiveEvent<T>(event: string, listener: (payload: T) => void): () => void {
  socket?.on(event, listener);
  return () => socket?.off(event, listener);
}

/** Tells of every connection, the first one too: what is on the screen is to be read again. */
export const onConnect = (listener: () => void): (() => void) => {
  connectListeners.add(listener);
  return () => connectListeners.delete(listener);
};

/** Tells when the server itself ended or refused the connection: the session may be over. */
export const onTurnedAway = (listener: () => void): (() => void) => {
  turnedAwayListeners.add(listener);
  return () => turnedAwayListeners.delete(listener);
};

const subscribe = (listener: () => void) => {
  stateListeners.add(listener);
  return () => stateListeners.delete(listener);
};

export const useConnectionState = (): ConnectionState =>
  useSyncExternalStore(subscribe, () => state);
