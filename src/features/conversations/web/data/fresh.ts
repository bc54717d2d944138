const fadesFor = 1000;
const fresh = new Set<string>();

/** Has just arrived while somebody was looking: it fades in, and only then. */
export function markFresh(id: string): void {
  fresh.add(id);
  setTimeout(() => fresh.delete(id), fadesFor);
}

export const isFresh = (id: string): boolean => fresh.has(id);
