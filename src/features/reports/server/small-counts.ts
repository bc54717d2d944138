/** Below this a figure could tell who it was. */
export const fewest = 5;

export interface Counted<T> {
  readonly of: T;
  readonly count: number;
}

/**
 * Those of which there are enough by their names, and the others as one line without a name (null, last). Where the others
 * together are still too few, the smallest of the named ones joins them: else they could be told by what is missing.
 */
export const joinSmall = <T>(counts: readonly Counted<T>[]): Counted<T | null>[] => {
  const falling = [...counts].sort((a, b) => b.count - a.count);
  const named = falling.filter(({ count }) => count >= fewest);
  const others = falling.slice(named.length);
  const sum = () => others.reduce((all, { count }) => all + count, 0);
  if (others.length > 0 && sum() < fewest) {
    others.push(...named.splice(-1));
  }
  return others.length === 0 ? named : [...named, { of: null, count: sum() }];
};

/** What a few cases took would be what one person took. */
export const unlessFew = <T>(count: number, value: T): T | null => (count < fewest ? null : value);
