import { useSyncExternalStore } from 'react';
import type { MediaKind } from '#features/media/contract.ts';
import { warnBeforeLeaving } from './warn-before-leaving.ts';

/** A file that was attached and not yet sent. */
export interface TrayItem {
  key: string;
  file: File;
  kind: MediaKind;
  caption: string;
  /** Of its bytes on this computer. */
  url: string;
  width: number | null;
  height: number | null;
  durationSeconds: number | null;
}

/** Why a file was not attached. */
export interface Refusal {
  key: string;
  name: string;
  why: 'empty' | 'too-large' | 'type';
  kind: MediaKind | null;
  sizeBytes: number;
  maxBytes: number;
}

export interface Tray {
  items: readonly TrayItem[];
  refusals: readonly Refusal[];
  /** More were chosen than go at once. */
  isOverfull: boolean;
}

export const longestTray = 30;
export const longestCaption = 1024;

const empty: Tray = { items: [], refusals: [], isOverfull: false };
const trays = new Map<string, Tray>();
const listeners = new Set<() => void>();

export const getTray = (conversationId: string): Tray => trays.get(conversationId) ?? empty;

export const isTrayEmpty = ({ items, refusals, isOverfull }: Tray): boolean =>
  items.length === 0 && refusals.length === 0 && !isOverfull;

export function setTray(conversationId: string, change: Partial<Tray>): void {
  const next = { ...getTray(conversationId), ...change };
  if (isTrayEmpty(next)) trays.delete(conversationId);
  else trays.set(conversationId, next);
  warnBeforeLeaving(
    'trays',
    [...trays.values()].some(({ items }) => items.length > 0),
  );
  for (const listener of listeners) listener();
}

export function removeFromTray(conversationId: string, key: string): void {
  const { items } = getTray(conversationId);
  const gone = items.find((item) => item.key === key);
  if (gone) URL.revokeObjectURL(gone.url);
  setTray(conversationId, { items: items.filter((item) => item.key !== key) });
}

export function emptyTray(conversationId: string): void {
  for (const { url } of getTray(conversationId).items) URL.revokeObjectURL(url);
  setTray(conversationId, empty);
}

export function setCaption(conversationId: string, key: string, caption: string): void {
  const items = getTray(conversationId).items.map((item) =>
    item.key === key ? { ...item, caption } : item,
  );
  setTray(conversationId, { items });
}

export function forgetTrays(): void {
  for (const conversationId of [...trays.keys()]) emptyTray(conversationId);
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useTray = (conversationId: string): Tray =>
  useSyncExternalStore(subscribe, () => getTray(conversationId));
