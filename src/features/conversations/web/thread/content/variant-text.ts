import { useTranslation } from 'react-i18next';
import type { LastMessage } from '../../../contract.ts';
import { useCallText } from './call-text.ts';
import { useMissingText } from './missing.ts';

type Described = Pick<LastMessage, 'type'> &
  Partial<Pick<LastMessage, 'direction' | 'variant' | 'at'>>;

const outcomes = ['answered', 'missed', 'rejected'] as const;
const states = ['ringing', 'under-way'] as const;
const reasons = ['unknown-type', 'malformed'] as const;
const permissions = ['accept', 'reject', 'unknown'] as const;

/** The words of a sort within a kind, for a list or a quotation; nothing where the kind's own are all there are. */
export function useVariantText(): (message: Described) => string | undefined {
  const { t } = useTranslation('content');
  const callText = useCallText();
  const missingText = useMissingText();
  return ({ type, variant = null, direction = 'in', at }) => {
    if (variant === null) return undefined;
    switch (type) {
      case 'call': {
        const outcome = outcomes.find((one) => one === variant) ?? null;
        const state = states.find((one) => one === variant) ?? 'ended';
        // Without a time it is not known to ring now.
        const of = { direction, at: at ?? new Date(0).toISOString() };
        return callText({ state, outcome, durationSeconds: null }, of);
      }
      case 'interactive': {
        const answer = permissions.find((one) => variant === `call-permission-${one}`);
        return answer && t(`reply.permission.${answer}`);
      }
      case 'unsupported': {
        const reason = reasons.find((one) => one === variant);
        return reason
          ? t(`unsupported.${reason}`)
          : missingText({ type: variant, code: null })?.what;
      }
      default:
        return undefined;
    }
  };
}
