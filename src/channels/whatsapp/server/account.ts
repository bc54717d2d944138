import type { AccountSecrets } from './account-secrets.ts';

/** A number of ours and what is needed to speak, and be spoken to, as it. Stored, its secrets are sealed. */
export interface Account extends AccountSecrets {
  readonly workspaceId: string;
  readonly channelId: string;
  readonly phoneNumberId: string;
  readonly wabaId: string;
  /** The business portfolio that the account is of, which tells whose ids of people are the same; null: not known. */
  readonly portfolioId: string | null;
}
