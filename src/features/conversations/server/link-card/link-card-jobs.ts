import { z } from 'zod';
import type { Tx } from '#platform/server/deps.ts';
import { enqueueAll } from '#platform/server/jobs.ts';
import type { MessageKind } from '../../contract.ts';

export const linkCardPayload = z.object({ workspaceId: z.uuid(), messageId: z.uuid() });
export type LinkCardPayload = z.infer<typeof linkCardPayload>;

/** Reads what the first link of a text leads to. */
export const linkCardJob = { name: 'conversations.make-link-card' } as const;

const longestLink = 2_048;

/** The first web address in a text, as screens make it a link; undefined when there is none. */
export const firstLinkOf = (text: string | null): string | undefined => {
  const whole = /https?:\/\/[^\s<>"']+/i.exec(text ?? '')?.[0];
  // Before anything else: what follows takes the square of the length, and strangers write 65,536 characters.
  if (whole === undefined || whole.length > longestLink) {
    return undefined;
  }
  const found = whole.replace(/[.,;:!?)\]}]+$/, '');
  return URL.canParse(found) ? found : undefined;
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
