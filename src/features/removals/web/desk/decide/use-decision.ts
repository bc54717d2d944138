import { useState } from 'react';
import type { BlockInput } from '#features/gate/web/index.ts';
import type { RemovalReason, RemovalRequest } from '../../../contract.ts';
import type { DecisionReason } from '../../../reasons/contract.ts';
import type { DecideInput } from '../api.ts';
import type { Item } from '../links.ts';

export type Choice = 'remove' | 'keep';
/** What somebody may say of what stays; *not the same* is said of the fingerprint instead. */
export type KeepReason = Extract<DecisionReason, 'no-breach' | 'needed' | 'by-mistake' | 'other'>;
/** What somebody is about to decide; nothing is chosen for them. */
export interface Draft {
  choices: Readonly<Record<string, Choice>>;
  /** Of each message, those with the same bytes that are to go along. */
  also: Readonly<Record<string, readonly string[]>>;
  /** Why it goes; null: as it was asked for. */
  removeReason: RemovalReason | null;
  /** Why it stays; somebody must say so. */
  keepReason: KeepReason | null;
  answer: string;
  wantsBlock: boolean;
  /** Null while something of it is missing. */
  block: BlockInput | null;
}

export const emptyDraft: Draft = {
  choices: {},
  also: {},
  removeReason: null,
  keepReason: null,
  answer: '',
  wantsBlock: false,
  block: null,
};

/** Those with the same bytes that go along: as somebody ticked here, or else as the first of two did. Pure. */
export const alsoOf = ({ also }: Draft, { messageId, proposedAlso }: Item): readonly string[] =>
  also[messageId] ?? proposedAlso;

/** Those that are still open and have been decided on: somebody else may have decided the others meanwhile. Pure. */
export const chosenItems = (items: readonly Item[], draft: Draft): readonly Item[] =>
  items.filter(({ messageId, state }) => state === 'open' && draft.choices[messageId]);

/** What of a draft goes at once, and what waits for a second person. Pure. */
export function weigh(request: RemovalRequest, draft: Draft, memberId: string | null) {
  const chosen = chosenItems(request.items, draft);
  const going = chosen.filter(({ messageId }) => draft.choices[messageId] === 'remove');
  const isSecond = ({ proposedBy }: Item): boolean =>
    proposedBy !== null && proposedBy.id !== memberId;
  const final = request.needsTwo ? going.filter(isSecond) : going;
  const along = going.reduce((sum, item) => sum + item.copies + alsoOf(draft, item).length, 0);
  return {
    removed: final.length,
    proposed: going.length - final.length,
    kept: chosen.length - going.length,
    open: request.items.filter(({ state }) => state === 'open').length,
    /** Copies and messages with the same file. */
    along,
  };
}

/** Somebody else has blocked meanwhile: their block stays as it is. Pure. */
export const withoutBlock = (draft: Draft): Draft => ({ ...draft, wantsBlock: false, block: null });

/** The block is wanted and not filled in. Pure. */
export const isBlockIncomplete = ({ wantsBlock, block }: Draft): boolean =>
  wantsBlock && block === null;

/** Why it goes: as whoever asked first said, until somebody says otherwise. What is shown is what is sent. Pure. */
export const removeReasonOf = (
  { askers }: RemovalRequest,
  { removeReason }: Draft,
): RemovalReason | null => removeReason ?? askers[0]?.reason ?? null;

/** Why, as the API wants it. Pure. */
export function reasonFor(
  choice: Choice,
  request: RemovalRequest,
  draft: Draft,
): { reason?: RemovalReason | KeepReason } {
  const reason = choice === 'keep' ? draft.keepReason : removeReasonOf(request, draft);
  return reason === null ? {} : { reason };
}

/** What goes along with a decision, as the API wants it: the word to those who asked, the block. Pure. */
export function saidBeside({
  answer,
  wantsBlock,
  block,
}: Draft): Pick<DecideInput, 'answer' | 'block'> {
  const said = answer.trim();
  return { ...(said !== '' && { answer: said }), ...(wantsBlock && block && { block }) };
}

/** As the API wants it. Pure. */
export function decisionOf(request: RemovalRequest, draft: Draft): DecideInput {
  const items = chosenItems(request.items, draft).map((item) => {
    const { messageId } = item;
    const decision = draft.choices[messageId] ?? 'keep';
    const also = alsoOf(draft, item);
    return {
      messageId,
      decision,
      ...reasonFor(decision, request, draft),
      ...(decision === 'remove' && also.length > 0 && { alsoMessageIds: [...also] }),
    };
  });
  return { items, ...saidBeside(draft) };
}

/** The draft of one request, for as long as it is open at this screen. */
export function useDecision() {
  const [draft, setDraft] = useState<Draft>(emptyDraft);
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  return {
    draft,
    change,
    choose: (messageId: string, choice: Choice) =>
      setDraft((before) => ({ ...before, choices: { ...before.choices, [messageId]: choice } })),
    chooseAll: (messageIds: readonly string[], choice: Choice) =>
      change({ choices: Object.fromEntries(messageIds.map((id) => [id, choice])) }),
    tick: (messageId: string, ids: readonly string[]) =>
      setDraft((before) => ({ ...before, also: { ...before.also, [messageId]: ids } })),
    clear: () => setDraft(emptyDraft),
  };
}

export type Decision = ReturnType<typeof useDecision>;
