import { useState } from 'react';
import { useMe } from '#features/accounts/web/index.ts';
import { serverNow } from '#platform/web/server-clock.ts';
import { focusFirstError } from '#platform/web/ui/focus-first-error.ts';
import type { BlockReason } from '../contract.ts';
import type { BlockInput } from './api.ts';
import { blockEnd, type Duration } from './block-end.ts';

/** What has been said so far of a block that is being made or changed. */
export interface BlockDraft {
  reason: BlockReason | null;
  duration: Duration;
  /** Of a block until a date. */
  lastDay: string;
  note: string;
  /** Whether WhatsApp's own list is asked as well. */
  upstream: boolean;
}

const empty: BlockDraft = {
  reason: null,
  duration: 'endless',
  lastDay: '',
  note: '',
  upstream: true,
};

export interface BlockForm {
  draft: BlockDraft;
  change: (some: Partial<BlockDraft>) => void;
  /** After a first attempt to send the form: what is missing is said. */
  isChecked: boolean;
  /** The block as it would be made now; null when something is missing, which is then said and has the focus. */
  check: () => BlockInput | null;
}

/** The block that a draft says, with its end counted from now, by the server's clock; null while something of it is missing. */
export const blockOf = (draft: BlockDraft, zone: string): BlockInput | null => {
  const { reason, duration, lastDay, upstream } = draft;
  const note = draft.note.trim();
  const end = blockEnd(duration, lastDay, zone, serverNow());
  if (!reason || end === undefined) return null;
  return { reason, upstream, ...(note && { note }), ...(end && { expiresAt: end.toISOString() }) };
};

/** Of a dialog that blocks, or changes a block. */
export function useBlockForm(first: Partial<BlockDraft> = {}): BlockForm {
  const zone = useMe().workspace.timeZone;
  const [draft, setDraft] = useState<BlockDraft>({ ...empty, ...first });
  const [isChecked, setChecked] = useState(false);
  const check = () => {
    setChecked(true);
    const block = blockOf(draft, zone);
    if (block === null) focusFirstError(':is([role=alertdialog], [role=dialog])');
    return block;
  };
  return {
    draft,
    change: (some) => setDraft((before) => ({ ...before, ...some })),
    isChecked,
    check,
  };
}
