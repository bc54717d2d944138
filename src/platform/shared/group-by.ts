/** By their keys, in the order in which these come first, each group in the order it had (`Map.groupBy`, which Node 20 has not). */
export const groupBy = <T, Key>(all: readonly T[], keyOf: (one: T) => Key): Map<Key, T[]> => {
  const groups = new Map<Key, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, [one]);
    } else {
      group.push(one);
    }
  }
  return groups;
};
