import { useSyncExternalStore } from 'react';
import type { Channel, LogEntry, Phone, Snapshot } from './wire-types.ts';

/** Everything the page shows, and whether the simulator is there. */
export interface LiveState extends Snapshot {
  isConnected: boolean;
  isReady: boolean;
}

const LOG_KEPT = 300;

let state: LiveState = {
  phones: [],
  others: [],
  channels: [],
  settings: {
    window: 'sync',
    limits: { pairBurst: 45, numberPerSecond: 80 },
    statuses: { sentMs: 10, deliveredMs: 20, readMs: 30 },
    webhooks: { paused: false },
  },
  log: [],
  scenarios: [],
  isConnected: true,
  isReady: false,
};
const listeners = new Set<() => void>();

function put(patch: Partial<LiveState>): void {
  state = { ...state, ...patch };
  for (const listener of listeners) listener();
}

function mergePhones(changed: readonly Phone[]): Phone[] {
  const byId = new Map(changed.map((phone) => [phone.id, phone]));
  const standing = state.phones.map((phone) => byId.get(phone.id) ?? phone);
  const known = new Set(standing.map(({ id }) => id));
  return [...standing, ...changed.filter(({ id }) => !known.has(id))];
}

function mergeLog(changed: readonly LogEntry[]): LogEntry[] {
  const byId = new Map(state.log.map((entry) => [entry.id, entry]));
  for (const entry of changed) byId.set(entry.id, entry);
  return [...byId.values()].sort((a, b) => a.id - b.id).slice(-LOG_KEPT);
}

function dataOf(event: Event): unknown {
  return JSON.parse((event as MessageEvent<string>).data);
}

/** Listens to the simulator for as long as the page lives. */
export function connect(): void {
  const source = new EventSource('/_sim/events');
  source.addEventListener('snapshot', (event) => {
    put({ ...(dataOf(event) as Snapshot), isConnected: true, isReady: true });
  });
  source.addEventListener('phones', (event) => {
    put({ phones: mergePhones(dataOf(event) as Phone[]) });
  });
  source.addEventListener('channels', (event) => {
    put({ channels: dataOf(event) as Channel[] });
  });
  source.addEventListener('log', (event) => {
    put({ log: mergeLog(dataOf(event) as LogEntry[]) });
  });
  source.addEventListener('error', () => put({ isConnected: false }));
}

export function useLiveState(): LiveState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
  );
}
