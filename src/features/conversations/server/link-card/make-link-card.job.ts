import { type Deps, systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { type AnyJob, forList } from '#platform/server/jobs.ts';
import { fetchPage, type PageRules } from './fetch-page.ts';
import { judgeLink, keepLinkCard } from './judge-link.ts';
import { type LinkCardPayload, linkCardJob, linkCardPayload } from './link-card-jobs.ts';
import { readCard } from './read-card.ts';

/** The gate before the page is asked for, no transaction while it comes, the gate again before its card stays. */
const makeLinkCard = async (
  deps: Deps,
  { workspaceId, messageId }: LinkCardPayload,
  rules: PageRules,
): Promise<void> => {
  if (!deps.config.hasLinkCards) {
    return;
  }
  const actor = systemActor(workspaceId);
  const judged = await inTx(deps, actor, (ctx) => judgeLink(ctx, messageId));
  if (judged === undefined) {
    return;
  }
  const page = await fetchPage(judged.link, rules);
  const card = page === undefined ? undefined : readCard(judged.link, page);
  if (card !== undefined) {
    await inTx(deps, actor, (ctx) => keepLinkCard(ctx, messageId, card));
  }
};

/** Slow: they wait for pages of strangers. @param rules for tests */
export const linkCardJobs = (rules: PageRules = {}): AnyJob[] => [
  forList({
    ...linkCardJob,
    payload: linkCardPayload,
    run: (payload, { deps }) => makeLinkCard(deps, payload, rules),
  }),
];
