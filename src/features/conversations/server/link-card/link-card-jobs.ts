import { z } from 'zod';
import type { Tx } from '#platform/server/deps.ts';
import { enqueueAll } from '#platform/server/jobs.ts';
import { type Inline, readFormatted } from '#platform/shared/formatted-text.ts';
import type { MessageKind } from '../../contract.ts';

export const linkCardPayload = z.object({ workspaceId: z.uuid(), messageId: z.uuid() });
export type LinkCardPayload = z.infer<typeof linkCardPayload>;

/** Reads what the first link of a text leads to. */
export const linkCardJob = { name: 'conversations.make-link-card' } as const;

const longestLink = 2_048;

const firstIn = (parts: readonly Inline[]): string | undefined => {
  for (const part of parts) {
    const found = 'parts' in part ? firstIn(part.parts) : part.kind === 'link' && part.text;
    if (found) {
      return found;
    }
  }
  return undefined;
};

/** The first web address in a text that screens make a link of; undefined when there is none. Texts are strangers'. */
export const firstLinkOf = (text: string | null): string | undefined => {
  if (text === null || !/https?:\/\//.test(text)) {
    return undefined;
  }
  const lines = readFormatted(text).flatMap((block) => block.lines);
  const found = firstIn(lines.flatMap(({ parts }) => parts));
  // Nobody writes a longer one, and not all that is done to one is done in no time.
  return found !== undefined && found.length <= longestLink && URL.canParse(found)
    ? found
    : undefined;
};

interface MayHaveLink {
  readonly workspaceId: string;
  readonly id: string;
  readonly kind: MessageKind;
  readonly text: string | null;
}

/** For texts that the gate has let pass, in the transaction that stores them. */
export const enqueueLinkCards = (tx: Tx, rows: readonly MayHaveLink[]): Promise<void> =>
  enqueueAll(
    tx,
    linkCardJob,
    rows.flatMap(({ workspaceId, id, kind, text }) =>
      kind === 'text' && firstLinkOf(text) !== undefined
        ? [{ payload: { workspaceId, messageId: id }, key: `link-card:${id}` }]
        : [],
    ),
  );

export const enqueueLinkCard = (tx: Tx, row: MayHaveLink): Promise<void> =>
  enqueueLinkCards(tx, [row]);
