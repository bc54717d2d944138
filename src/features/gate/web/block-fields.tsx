import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '#features/accounts/web/index.ts';
import { TextArea } from '#platform/web/ui/field.tsx';
import type { BlockReason } from '../contract.ts';
import type { BlockInput } from './api.ts';
import { blockEnd, type Duration } from './block-end.ts';
import { DurationChoice } from './duration-choice.tsx';
import { ReasonChoice } from './reason-choice.tsx';
import { UpstreamChoice } from './upstream-choice.tsx';

export interface BlockFieldsProps {
  /** Told at each change: the block as it would be made, null while something of it is missing. */
  onChange: (block: BlockInput | null) => void;
  /** After a first attempt to send the form: what is missing is said. */
  isChecked: boolean;
  /** What to begin with. */
  reason?: BlockReason;
}

/** The fields of *Bloquear contato*, for a form that blocks along with something else. */
export function BlockFields({ onChange, isChecked, reason: first }: BlockFieldsProps) {
  const { t } = useTranslation('gate');
  const zone = useMe().workspace.timeZone;
  const [reason, setReason] = useState<BlockReason | null>(first ?? null);
  const [duration, setDuration] = useState<Duration>('endless');
  const [lastDay, setLastDay] = useState('');
  const [note, setNote] = useState('');
  const [upstream, setUpstream] = useState(true);
  const tell = useRef(onChange);
  tell.current = onChange;
  useEffect(() => {
    const end = blockEnd(duration, lastDay, zone, Date.now());
    if (!reason || end === undefined) return tell.current(null);
    tell.current({
      reason,
      upstream,
      ...(note.trim() && { note: note.trim() }),
      ...(end && { expiresAt: end.toISOString() }),
    });
  }, [reason, duration, lastDay, note, upstream, zone]);
  return (
    <div className="flex flex-col gap-5">
      <ReasonChoice value={reason} onChange={setReason} isChecked={isChecked} />
      <DurationChoice
        duration={duration}
        onDuration={setDuration}
        lastDay={lastDay}
        onLastDay={setLastDay}
        isChecked={isChecked}
      />
      <TextArea
        label={
          <>
            {t('note.label')}{' '}
            <span className="font-normal text-ink-soft">{t('note.optional')}</span>
          </>
        }
        hint={t('note.hint')}
        rows={2}
        maxLength={2000}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <UpstreamChoice value={upstream} onChange={setUpstream} />
    </div>
  );
}
