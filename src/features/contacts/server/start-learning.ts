import type { Tx } from '#platform/server/deps.ts';
import { insertUnknown, type Unknown } from './address-book-store.ts';
import type { Holder } from './assign-identity.ts';
import { type MatchKey, matchKeysOf, type PersonRef } from './normalize-identity.ts';
import type { Resolution } from './resolve-contacts.ts';
import { learnIdentities, respellIdentity, retireIdentities } from './store.ts';

/** What was resolved before a batch, and what the batch has taught since: the next item knows what the last one told. */
export interface Learning {
  /** Has or had one of this person's identities by now. */
  holdersOf(workspaceId: string, person: PersonRef): readonly Holder[];
  /** Gives these identities to the contact. @param toldAt when that was sent, in whole seconds by WhatsApp's clock */
  learn(
    workspaceId: string,
    contactId: string,
    keys: readonly MatchKey[],
    toldAt: number | null,
  ): Promise<void>;
  /**
   * Whoever has one of this person's identities has it as it is spelt here, and of the portfolio told here; most often that is known
   * already.
   */
  respell(workspaceId: string, person: PersonRef): Promise<void>;
  /** Makes a contact for each of these people, set-wise; nobody has, or had, anything of theirs. */
  make(people: readonly Unknown[]): Promise<void>;
  /** These leave their identities behind. */
  retire(workspaceId: string, holders: readonly Holder[]): Promise<void>;
}

/** Writes at once what it learns. The contacts are locked, or made in this transaction. */
export const startLearning = (tx: Tx, resolution: Resolution): Learning => {
  const changed = new Map<string, Holder[]>();
  const nameOf = (workspaceId: string, key: string): string => `${workspaceId}/${key}`;
  const ofKey = (workspaceId: string, key: string): readonly Holder[] =>
    changed.get(nameOf(workspaceId, key)) ?? resolution.holdersOfKey(workspaceId, key);
  const change = (workspaceId: string, holder: Holder): void => {
    const others = ofKey(workspaceId, holder.matchKey).filter(
      (known) => known.contactId !== holder.contactId,
    );
    changed.set(nameOf(workspaceId, holder.matchKey), [...others, holder]);
  };
  return {
    holdersOf: (workspaceId, person) =>
      changed.size === 0
        ? resolution.holdersOf(workspaceId, person)
        : matchKeysOf(person).flatMap(({ key }) => ofKey(workspaceId, key)),
    learn: async (workspaceId, contactId, keys, toldAt) => {
      for (const holder of await learnIdentities(tx, workspaceId, contactId, keys, toldAt)) {
        change(workspaceId, holder);
      }
    },
    respell: async (workspaceId, person) => {
      for (const key of matchKeysOf(person)) {
        const holder = ofKey(workspaceId, key.key).find((one) => !one.isFormer);
        if (holder === undefined) continue;
        const { value, portfolioId = holder.portfolioId } = key;
        if (holder.value !== value || holder.portfolioId !== portfolioId) {
          await respellIdentity(tx, workspaceId, holder.contactId, key);
          change(workspaceId, { ...holder, value, portfolioId });
        }
      }
    },
    make: async (people) => {
      for (const { workspaceId, holder } of await insertUnknown(tx, people)) {
        change(workspaceId, holder);
      }
    },
    retire: async (workspaceId, holders) => {
      await retireIdentities(tx, workspaceId, holders);
      for (const holder of holders) {
        change(workspaceId, { ...holder, isFormer: true });
      }
    },
  };
};
