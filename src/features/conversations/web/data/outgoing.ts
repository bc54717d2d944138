import type { MediaKind } from '#features/media/contract.ts';
import type { Message } from '../../contract.ts';
import { keptInTab } from './kept-in-tab.ts';
import { kindOnly, quoteWithout, type WithheldIds } from './withheld.ts';

/** The file that goes with it. Its bytes are in memory only (`local-files.ts`). */
export interface OutgoingFile {
  kind: MediaKind;
  fileName: string | null;
  mimeType: string;
  sizeBytes: number;
  width: number | null;
  height: number | null;
  durationSeconds: number | null;
  /** Known once the server has it; good for a day. */
  uploadId: string | null;
}

/** A message that was sent from this tab and is not yet confirmed by the server; it outlives a reload with its key. */
export interface Outgoing {
  key: string;
  conversationId: string;
  /** Of a file its caption. */
  text: string;
  file?: OutgoingFile;
  replyTo: Message['replyTo'];
  at: string;
  /** Known once the server has answered. */
  messageId: string | null;
  /** The server could not be asked, or did not say what became of it: asked again with the same key. */
  isWaiting: boolean;
  /** Why nothing was stored of it: the text stays here until the person takes it back. */
  refusal: string | null;
}

/** What it answers is read from its thread, if it may be read then. */
const withoutQuoted = (item: Outgoing): Outgoing => ({
  ...item,
  replyTo: item.replyTo && kindOnly(item.replyTo),
});

const kept = keptInTab<readonly Outgoing[]>('outgoing', [], Array.isArray, (all) =>
  all.map(withoutQuoted),
);

export const addOutgoing = (item: Outgoing): void => kept.set([...kept.get(), item]);

export const updateOutgoing = (key: string, change: Partial<Outgoing>): void =>
  kept.set(kept.get().map((item) => (item.key === key ? { ...item, ...change } : item)));

export const removeOutgoing = (key: string): void =>
  kept.set(kept.get().filter((item) => item.key !== key));

export const getOutgoing = kept.get;

export const forgetOutgoing = kept.forget;

export const useOutgoing = (): readonly Outgoing[] => kept.use((all) => all);

/** What came back from the server unsent, for the row of the list. */
export const useRefusedText = (conversationId: string): string | null =>
  kept.use((all) => {
    const last = all.findLast(
      (item) => item.conversationId === conversationId && item.refusal !== null,
    );
    return last ? last.text || last.file?.fileName || '' : null;
  });

/** Not called off meanwhile. */
export const isOutgoing = (key: string): boolean => kept.get().some((item) => item.key === key);

/** What is on its way quotes nothing of what is withheld. */
export function withholdOutgoing(ids: WithheldIds): void {
  const isMeant = ({ replyTo }: Outgoing): boolean =>
    replyTo !== null && replyTo.id !== null && ids.has(replyTo.id);
  if (!kept.get().some(isMeant)) return;
  kept.set(
    kept.get().map((item) => {
      const why = item.replyTo?.id ? ids.get(item.replyTo.id) : undefined;
      if (!item.replyTo || !why) return item;
      return { ...item, replyTo: quoteWithout(item.replyTo, why) };
    }),
  );
}

/** Something of what is quoted may have been withheld while nobody told. */
export function forgetQuotedOutgoing(): void {
  if (kept.get().some(({ replyTo }) => replyTo !== null)) kept.set(kept.get().map(withoutQuoted));
}
