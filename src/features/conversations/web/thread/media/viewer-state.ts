import { createContext, useContext, useSyncExternalStore } from 'react';

/** Which messages the arrows lead through: those of the thread, or those of *Mídia* in the contact panel. */
export type ViewerPlace = 'thread' | 'panel';

export const ViewerPlaceContext = createContext<ViewerPlace>('thread');

/** Which picture or film is looked at, large. */
let viewed: { readonly id: string; readonly place: ViewerPlace } | null = null;
const listeners = new Set<() => void>();

const set = (next: typeof viewed): void => {
  viewed = next;
  for (const listener of listeners) listener();
};

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Opens a picture or film among those of the place where it was pressed. */
export const useOpenViewer = (): ((messageId: string) => void) => {
  const place = useContext(ViewerPlaceContext);
  return (id) => set({ id, place });
};

/** On to another one of the same place. */
export const moveViewer = (id: string): void => {
  if (viewed) set({ ...viewed, id });
};

export const closeViewer = (): void => set(null);

/** When a place goes, what was opened from it goes too. */
export const closeViewerOf = (place: ViewerPlace): void => {
  if (viewed?.place === place) closeViewer();
};

export const useViewedId = (place: ViewerPlace): string | null =>
  useSyncExternalStore(subscribe, () => (viewed?.place === place ? viewed.id : null));
