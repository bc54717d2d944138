import type { MatchKey } from './normalize-identity.ts';

/** A business-scoped id of somebody, as a match key. */
export interface AccountKey {
  readonly matchKey: string;
  /** The portfolio whose numbers see it; null: not known. */
  readonly portfolioId: string | null;
}

/**
 * Whether no one person has both: WhatsApp gives each person one id in a portfolio (docs/whatsapp-cloud-api.md 6), so that ids of
 * two portfolios may well be one's. Of those whose portfolio is not known it is taken that they are of one. Pure.
 */
export const areApart = (one: AccountKey, other: AccountKey): boolean =>
  one.matchKey !== other.matchKey &&
  (one.portfolioId === null || other.portfolioId === null || one.portfolioId === other.portfolioId);

/** The account among the names of a person, if there is one. Pure. */
export const accountAmong = (keys: readonly MatchKey[]): AccountKey | undefined => {
  const account = keys.find(({ kind }) => kind === 'bsuid');
  return account && { matchKey: account.key, portfolioId: account.portfolioId ?? null };
};
