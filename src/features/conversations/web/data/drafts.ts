import type { Message } from '../../contract.ts';
import { keptInTab } from './kept-in-tab.ts';
import { type WithheldIds, withholdMessage, withoutContent } from './withheld.ts';

/** What is typed and not sent, per conversation. */
export interface Draft {
  text: string;
  replyTo: Message | null;
}

type Drafts = Readonly<Record<string, Draft>>;

/** What the reply answers is read from its thread again, after a reload or a gap, if it may be read then. */
const withoutQuoted = ({ text, replyTo }: Draft): Draft => ({
  text,
  replyTo: replyTo && { ...withoutContent(replyTo, 'covered'), withheld: replyTo.withheld },
});

const isNothing = (part: unknown): boolean => part === null;

/** Of what the reply answers nothing is left to take away. */
const isWithoutQuoted = ({ replyTo: said }: Draft): boolean =>
  said === null ||
  (said.error === undefined &&
    said.reactions.length === 0 &&
    [said.text, said.summary, said.replyTo, said.media, said.content].every(isNothing) &&
    [said.referral, said.linkCard, said.template].every(isNothing));

const empty: Draft = { text: '', replyTo: null };
const kept = keptInTab<Drafts>(
  'drafts',
  {},
  (stored) => typeof stored === 'object' && stored !== null && !Array.isArray(stored),
  (drafts) =>
    Object.fromEntries(Object.entries(drafts).map(([id, draft]) => [id, withoutQuoted(draft)])),
);

export const getDraft = (conversationId: string): Draft => kept.get()[conversationId] ?? empty;

export function setDraft(conversationId: string, change: Partial<Draft>): void {
  const next = { ...getDraft(conversationId), ...change };
  const { [conversationId]: _before, ...others } = kept.get();
  kept.set(next.text === '' && !next.replyTo ? others : { ...others, [conversationId]: next });
}

/** Something of what replies answer may have been withheld while nobody told. Drafts of which nothing goes stay as they are. */
export function forgetQuotedInDrafts(): void {
  const drafts = Object.entries(kept.get());
  if (drafts.every(([, draft]) => isWithoutQuoted(draft))) return;
  kept.set(
    Object.fromEntries(
      drafts.map(([id, draft]) => [id, isWithoutQuoted(draft) ? draft : withoutQuoted(draft)]),
    ),
  );
}

export const forgetDrafts = kept.forget;

export const useDraft = (conversationId: string): Draft =>
  kept.use((drafts) => drafts[conversationId] ?? empty);

/** A reply to what is withheld goes on without its words. */
export function withholdDrafts(ids: WithheldIds): void {
  const drafts = Object.entries(kept.get());
  const next = drafts.map(([id, draft]) => {
    const replyTo = draft.replyTo && withholdMessage(draft.replyTo, ids);
    return [id, replyTo === draft.replyTo ? draft : { ...draft, replyTo }] as const;
  });
  if (next.some(([, draft], at) => draft !== drafts[at]?.[1])) kept.set(Object.fromEntries(next));
}
