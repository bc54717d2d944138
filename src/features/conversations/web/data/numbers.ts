import { useMemo } from 'react';
import { formatPhone } from '#platform/web/phone.ts';
import type { Channel } from '../../contract.ts';
import { useChannels } from './queries.ts';

export interface OurNumber {
  id: string;
  /** Two may bear the same name: then each is called by its number. */
  name: string;
}

const none: readonly Channel[] = [];

/**
 * Our numbers as they have to be told apart: none where only one is connected. One that is disconnected is among them, for its
 * conversations stay.
 */
export const numbersToTellApart = (channels: readonly Channel[]): OurNumber[] => {
  if (channels.filter(({ isConnected }) => isConnected).length < 2) return [];
  return channels.map(({ id, name, displayNumber }) => {
    const isShared = channels.some((other) => other.id !== id && other.name === name);
    return { id, name: isShared ? formatPhone(displayNumber) : name };
  });
};

export function useNumbers() {
  const { data, isPending } = useChannels(true);
  const channels = data?.items ?? none;
  const numbers = useMemo(() => numbersToTellApart(channels), [channels]);
  return { numbers, isPending };
}

export const nameOfNumber = (numbers: readonly OurNumber[], id: string): string | null =>
  numbers.find((number) => number.id === id)?.name ?? null;
