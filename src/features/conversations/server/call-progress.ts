import type { ContentOf } from '../contract.ts';
import { numberOf, type Payload } from './read-payload.ts';

/** How far a call is once this was told of it; whatever is not known here comes before all else. */
const ranks: Readonly<Record<string, number>> = { accepted: 1, rejected: 2, terminate: 3 };
const rankOf = (payload: Payload): number => ranks[String(payload['event'])] ?? 0;

const isTold = (event: 'accepted' | 'rejected', ...told: readonly Payload[]): boolean =>
  told.some((one) => one['event'] === event || one[event] === true);

/**
 * What is known of a call once more is told of it. The same whatever comes first and however often it comes, so nothing
 * has to arrive in order.
 */
export const joinCall = (known: Payload, told: Payload): Payload => {
  const [less, more] = rankOf(told) > rankOf(known) ? [known, told] : [told, known];
  return {
    ...less,
    ...more,
    ...(isTold('accepted', known, told) ? { accepted: true } : {}),
    ...(isTold('rejected', known, told) ? { rejected: true } : {}),
  };
};

const stateOf = (payload: Payload): ContentOf<'call'>['state'] => {
  const rank = rankOf(payload);
  if (rank >= 2) {
    return 'ended';
  }
  return rank === 1 ? 'under-way' : 'ringing';
};

const outcomeOf = (payload: Payload): ContentOf<'call'>['outcome'] => {
  const duration = numberOf(payload['durationSeconds']);
  if (payload['callStatus'] === 'rejected' || isTold('rejected', payload)) {
    return 'rejected';
  }
  if (payload['callStatus'] === 'completed' || (duration !== null && duration > 0)) {
    return duration === 0 ? 'missed' : 'answered';
  }
  return payload['event'] === 'terminate' ? 'missed' : null;
};

/** What a stored call shows. */
export const callOf = (payload: Payload): ContentOf<'call'> => ({
  kind: 'call',
  state: stateOf(payload),
  outcome: outcomeOf(payload),
  durationSeconds: numberOf(payload['durationSeconds']),
});
