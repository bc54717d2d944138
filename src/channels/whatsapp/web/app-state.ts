import type { WhatsAppNumber } from '../contract.ts';

export interface AppState {
  readonly history: 'never' | 'asked' | 'running' | 'done' | 'declined';
  readonly contacts: 'never' | 'asked' | 'contacts-came';
}

const isAfter = (at: string | null, other: string | null): boolean =>
  at !== null && (other === null || at > other);

/** How far what was asked of the Business app is: whatever was asked after the last news still waits. */
export const appStateOf = ({
  appSync,
  historyImport,
}: Pick<WhatsAppNumber, 'appSync' | 'historyImport'>): AppState => {
  const { historyAskedAt, contactsAskedAt, contactsAt } = appSync;
  const isHistoryAwaited = isAfter(historyAskedAt, historyImport?.at ?? null);
  const areContactsAwaited = isAfter(contactsAskedAt, contactsAt);
  return {
    history: isHistoryAwaited ? 'asked' : (historyImport?.state ?? 'never'),
    contacts: areContactsAwaited ? 'asked' : contactsAt === null ? 'never' : 'contacts-came',
  };
};
