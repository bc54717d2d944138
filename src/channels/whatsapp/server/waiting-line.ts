import { matchKeysOf } from '#features/contacts/server/index.ts';
import { assertNever } from '#platform/shared/assert-never.ts';
import type { InboundItem, PersonRef } from '../../channel.ts';

const personNames = (workspaceId: string, person: PersonRef): string[] =>
  matchKeysOf(person).map(({ key }) => `${workspaceId}/${key}`);

/** What an item is about: of two with a name in common the later one is stored after the earlier. */
const namesOf = (item: InboundItem): string[] => {
  switch (item.type) {
    case 'message':
    case 'action':
    case 'contact-sync':
      return personNames(item.workspaceId, item.person);
    case 'identity-change':
      return [item.person, item.next].flatMap((who) => personNames(item.workspaceId, who));
    case 'status':
      return [`${item.channelId}/${item.externalId}`];
    case 'template-change':
    case 'counted':
      return [item.workspaceId];
    default:
      return assertNever(item);
  }
};

/** What waits to be stored. */
export interface Entry {
  readonly items: readonly InboundItem[];
}

/** Entries that are stored in one transaction. */
export interface Batch<E extends Entry> {
  readonly entries: readonly E[];
  /** They are stored, or given up: others who are about the same people may go. */
  end(): void;
}

/** First come, first served, but for whoever is about somebody whose items are being stored this moment. */
export interface WaitingLine<E extends Entry> {
  add(entry: E): void;
  /** @returns undefined when nobody waits who may go now */
  take(): Batch<E> | undefined;
}

/** @param mostItems in one batch, unless one entry alone has more */
export const createWaitingLine = <E extends Entry>(mostItems: number): WaitingLine<E> => {
  let waiting: { readonly entry: E; readonly names: readonly string[] }[] = [];
  const underWay = new Set<string>();
  return {
    add: (entry) => {
      waiting.push({ entry, names: [...new Set(entry.items.flatMap(namesOf))] });
    },
    take: () => {
      const mayNot = new Set(underWay);
      const taken: typeof waiting = [];
      const left: typeof waiting = [];
      let count = 0;
      for (const one of waiting) {
        const isTogether = taken.length > 0;
        const isTooMuch = isTogether && count + one.entry.items.length > mostItems;
        if (isTooMuch || one.names.some((name) => mayNot.has(name))) {
          left.push(one);
          for (const name of one.names) {
            mayNot.add(name);
          }
        } else {
          taken.push(one);
          count += one.entry.items.length;
        }
      }
      if (taken.length === 0) {
        return undefined;
      }
      waiting = left;
      const names = taken.flatMap((one) => one.names);
      for (const name of names) {
        underWay.add(name);
      }
      return {
        entries: taken.map(({ entry }) => entry),
        end: () => {
          for (const name of names) {
            underWay.delete(name);
          }
        },
      };
    },
  };
};
