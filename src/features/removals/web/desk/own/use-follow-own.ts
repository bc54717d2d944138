import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { RemovalRequest, RemovalState } from '../../../contract.ts';
import { useAsksRemovals, useOwnRemovals, useReviewsRemovals } from '../api.ts';

const decidedFor = 12_000;

const isDecided = (state: RemovalState): boolean =>
  state === 'removing' || state === 'removed' || state === 'refused';

/** Which of one's own requests were decided and not read yet. */
export function useUnreadDecisions(): ReadonlySet<string> {
  const { data = [] } = useOwnRemovals(useAsksRemovals());
  return new Set(data.filter(({ state }) => isDecided(state)).map(({ id }) => id));
}

/** "removed" also while its files are still being cleared: for whoever asked that is the same. */
const outcomeOf = ({ items, name }: RemovalRequest): 'removed' | 'refused' | 'partly' => {
  if (name) return name.state === 'removed' ? 'removed' : 'refused';
  const removed = items.filter(({ state }) => state === 'removed').length;
  if (removed === 0) return 'refused';
  return removed === items.length ? 'removed' : 'partly';
};

/**
 * Says once a visit what was decided of what this person asked for, wherever they are in the product, also while they
 * were away: one sentence, however much it is, because it stands over the thread. Mounted once, by the shell.
 * @param onOpen null: all of them
 */
export function useFollowOwnRemovals(onOpen: (requestId: string | null) => void): void {
  const { t } = useTranslation('removals-notice');
  const isAsker = useAsksRemovals();
  const reviews = useReviewsRemovals();
  const { data: own } = useOwnRemovals(isAsker);
  const told = useRef(new Set<string>());
  const latest = useRef(onOpen);
  latest.current = onOpen;
  useEffect(() => {
    const decided = (own ?? []).filter(
      ({ id, state }) => isDecided(state) && !told.current.has(id),
    );
    for (const { id } of decided) told.current.add(id);
    // Whoever removed at sight, or decided it themselves a moment ago, knows.
    const news = decided.filter(
      ({ id, isAtSight }) => !(isAtSight || (reviews && location.pathname.endsWith(id))),
    );
    const [first] = news;
    if (!first) return;
    const only = news.length === 1 ? first : null;
    const said = only
      ? t(`toast.${outcomeOf(only)}`, { number: only.number })
      : t('toast.several', { number: news.length });
    showToast(said, {
      milliseconds: decidedFor,
      action: { label: t('open'), onAct: () => latest.current(only?.id ?? null) },
    });
  }, [own, reviews, t]);
}
