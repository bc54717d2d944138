import { useSyncExternalStore } from 'react';
import { io, type Socket } from 'socket.io-client';

/** `lost` only after a connection stood or was refused; before the first answer it is `connecting`. */
export type ConnectionState = 'connecting' | 'open' | 'lost';

let socket: Socket | undefined;
let state: ConnectionState = 'connecting';
const stateListeners = new Set<() => void>();
const reconnectListeners = new Set<() => void>();
const turnedAwayListeners = new Set<() => void>();

/** The server said no, or closed on purpose because rights changed or a session ended: ask again, do not give up. */
const turnedAway = (from: Socket, retryAfter: number): void => {
  for (const listener of turnedAwayListeners) listener();
  setTimeout(() => {
    if (socket === from && !from.connected) from.connect();
  }, retryAfter);
};

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
    reconnectionDelay: 500,
    reconnectionDelayMax: 8000,
    randomizationFactor: 0.5,
  });
  socket = opened;
  let stoodBefore = false;
  opened.on('connect', () => {
    become('open');
    if (stoodBefore) for (const listener of reconnectListeners) listener();
    stoodBefore = true;
  });
  opened.on('disconnect', (reason) => {
    become('lost');
    if (reason === 'io server disconnect') turnedAway(opened, 1000);
  });
  opened.on('connect_error', () => {
    become('lost');
    // Where the server cannot be reached the socket tries again by itself; after a refusal it does not.
    if (!opened.active) turnedAway(opened, 5000);
  });
  window.addEventListener('online', reconnectNow);
  window.addEventListener('offline', loseNow);
}

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
  socket?.removeAllListeners();
  socket?.disconnect();
  socket = undefined;
  become('connecting');
}

export function onLiveEvent<T>(event: string, listener: (payload: T) => void): () => void {
  socket?.on(event, listener);
  return () => socket?.off(event, listener);
}

export const onReconnect = (listener: () => void): (() => void) => {
  reconnectListeners.add(listener);
  return () => reconnectListeners.delete(listener);
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
