import type { Ending, Talk, TalkTurn } from './talk.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** The shop's clock; Brazil has known no summer time since 2019. */
const behindUtc = 3 * hour;

const endOf = (ends: Ending, now: number): number => {
  if ('minutesAgo' in ends) {
    return now - ends.minutesAgo * minute;
  }
  const [hours = 0, minutes = 0] = ends.at.split(':').map(Number);
  const today = Math.floor((now - behindUtc) / day) * day;
  return today - ends.daysAgo * day + hours * hour + minutes * minute + behindUtc;
};

/** Nobody writes at the full minute. */
const secondsOf = (place: number): number => ((place * 37) % 55) * 1_000;

/** Each turn of a talk with its moment, in order. */
export const placeInTime = (
  talk: Talk,
  now: number,
): { readonly turn: TalkTurn; readonly at: Date }[] => {
  const length = talk.turns.slice(1).reduce((sum, turn) => sum + turn.after, 0);
  let at = Math.floor(endOf(talk.ends, now) / minute) * minute - length * minute;
  let previous = 0;
  return talk.turns.map((turn, place) => {
    at += place === 0 ? 0 : turn.after * minute;
    // Turns of one minute keep their order.
    previous = Math.max(at + secondsOf(place), previous + 1_000);
    return { turn, at: new Date(previous) };
  });
};
