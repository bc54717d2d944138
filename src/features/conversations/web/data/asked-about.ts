import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { queryKeys } from './query-keys.ts';

/** For whom this person asked for a block and waits: out of their lists and without a sound until it is decided. */
let contacts: ReadonlySet<string> = new Set();

export const hasAskedAbout = (contactId: string): boolean => contacts.has(contactId);

const isSame = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
  one.size === other.size && [...one].every((id) => other.has(id));

/** Takes the contacts' conversations out of the lists, and puts back those that are decided. */
export function useHideAskedAbout(): (contactIds: ReadonlySet<string>) => void {
  const client = useQueryClient();
  return useCallback(
    (next) => {
      if (isSame(contacts, next)) return;
      contacts = next;
      void client.invalidateQueries({ queryKey: queryKeys.lists });
      void client.invalidateQueries({ queryKey: queryKeys.counts });
    },
    [client],
  );
}
