import { z } from 'zod';

/** Why content should go (product.md, section 4). */
export const removalReasons = [
  'sexual',
  'offense',
  'discrimination',
  'personal-data',
  'fraud',
  'other',
] as const;
export const removalReasonSchema = z.enum(removalReasons);
export type RemovalReason = z.infer<typeof removalReasonSchema>;

/**
 * Why something stays. no-breach: it is within the rules · needed: as evidence or for the work · by-mistake: another message was
 * meant · not-the-same: the repeat guard was wrong.
 */
export const keepReasons = ['no-breach', 'needed', 'by-mistake', 'not-the-same', 'other'] as const;
export const decisionReasonSchema = z.enum([
  ...removalReasons,
  ...(['no-breach', 'needed', 'by-mistake', 'not-the-same'] as const),
]);
export type DecisionReason = z.infer<typeof decisionReasonSchema>;

/** What somebody decides, and why: of what goes a reason of those who ask, of what stays one of its own. */
export const decisionFields = {
  decision: z.enum(['remove', 'keep']),
  /** Not given: as it was asked for, or `other`. */
  reason: decisionReasonSchema.optional(),
};

/** Of a name: no repeat guard covers names, so none of them was covered in error by it. */
export const nameDecisionFields = {
  ...decisionFields,
  reason: decisionReasonSchema.exclude(['not-the-same']).optional(),
};

interface Reasoned {
  readonly decision: 'remove' | 'keep';
  readonly reason?: DecisionReason | undefined;
}
const ofKeeping: readonly DecisionReason[] = keepReasons;
const ofRemoving: readonly DecisionReason[] = removalReasons;

/** Whether the reason is one of that decision. */
export const fits = ({ decision, reason }: Reasoned): boolean =>
  reason === undefined || (decision === 'keep' ? ofKeeping : ofRemoving).includes(reason);
export const doesNotFit = { message: 'this is no reason for that decision', path: ['reason'] };
