import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { queryKeys } from './query-keys.ts';

/** For whom this person asked for a block and waits: out of their lists and without a sound until it is decided. */
let contacts: ReadonlySet<string> = new Set();

const listeners = new Set<(contactIds: ReadonlySet<string>) => void>();

export const hasAskedAbout = (contactId: string): boolean => contacts.has(contactId);

const isSame = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
  one.size === other.size && [...one].every((id) => other.has(id));

/** Tells whenever it is somebody else. */
export const onAskedAbout = (listener: (contactIds: ReadonlySet<string>) => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** @returns whether it is anything new */
export function setAskedAbout(next: ReadonlySet<string>): boolean {
  if (isSame(contacts, next)) return false;
  contacts = next;
  for (const listener of listeners) listener(next);
  return true;
}

/** Takes the contacts' conversations out of the lists, and puts back those that are decided. */
export function useHideAskedAbout(): (contactIds: ReadonlySet<string>) => void {
  const client = useQueryClient();
  return useCallback(
    (next) => {
      if (!setAskedAbout(next)) return;
      void client.invalidateQueries({ queryKey: queryKeys.lists });
      void client.invalidateQueries({ queryKey: queryKeys.counts });
    },
    [client],
  );
}
