import type { ConflictOutcome } from '../../people/contract.ts';

export interface ConflictState {
  readonly isContactBlocked: boolean;
  /** Undefined where the new account is nobody's. */
  readonly isOtherBlocked: boolean | undefined;
  /** Who has, or had, what both claim; undefined when neither does any more. */
  readonly sharedIsWith: 'contact' | 'other' | undefined;
  /** The contact has other identities than that one. */
  readonly holderHasMore: boolean;
}

/**
 * What a person can decide, pure. Whoever is not blocked may be blocked with the other, or be given what both claim when
 * the blocked one has it; an account that nobody has joins the contact (`merged`) or becomes one of its own (`released`).
 */
export const outcomesOf = (state: ConflictState): ConflictOutcome[] => {
  const { isContactBlocked, isOtherBlocked, sharedIsWith, holderHasMore } = state;
  if (isOtherBlocked === undefined) {
    const canRelease = sharedIsWith === 'contact' && holderHasMore;
    return ['apart', 'merged', ...(canRelease ? (['released'] as const) : [])];
  }
  if (isContactBlocked === isOtherBlocked) {
    return ['apart', 'merged'];
  }
  const isWithBlocked = sharedIsWith === (isContactBlocked ? 'contact' : 'other');
  const canRelease = isWithBlocked && holderHasMore;
  return ['apart', 'merged', 'blocked', ...(canRelease ? (['released'] as const) : [])];
};
