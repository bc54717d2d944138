import type { InboundItem, PersonRef } from '../../channel.ts';

/**
 * Says of everybody whom items name which portfolio their ids are of: numbers of another one are told other ids of the same person.
 * Pure.
 * @param portfolioId of the number that the items came to; null: not known
 */
export const inPortfolio = (
  items: readonly InboundItem[],
  portfolioId: string | null,
): readonly InboundItem[] => {
  if (portfolioId === null) {
    return items;
  }
  const placed = (person: PersonRef): PersonRef =>
    person.bsuid === undefined ? person : { ...person, portfolioId };
  return items.map((item) => {
    if (item.type === 'identity-change') {
      return { ...item, person: placed(item.person), next: placed(item.next) };
    }
    return 'person' in item ? { ...item, person: placed(item.person) } : item;
  });
};
