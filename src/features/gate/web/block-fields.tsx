import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '#features/accounts/web/index.ts';
import type { BlockInput } from './api.ts';
import { type BlockForm, blockOf, useBlockForm } from './block-form.ts';
import { DurationChoice } from './duration-choice.tsx';
import { ReasonChoice } from './reason-choice.tsx';
import { NoteField } from './requests/note-field.tsx';
import { UpstreamChoice } from './upstream-choice.tsx';

/** Reason, end and note of a block, and whether WhatsApp is asked as well where that can be said. */
export function BlockFormFields({
  form: { draft, change, isChecked },
  hasUpstream = true,
}: {
  form: BlockForm;
  hasUpstream?: boolean;
}) {
  const { t } = useTranslation('gate');
  return (
    <>
      <ReasonChoice
        value={draft.reason}
        onChange={(reason) => change({ reason })}
        isChecked={isChecked}
      />
      <DurationChoice
        duration={draft.duration}
        onDuration={(duration) => change({ duration })}
        lastDay={draft.lastDay}
        onLastDay={(lastDay) => change({ lastDay })}
        isChecked={isChecked}
      />
      <NoteField value={draft.note} onChange={(note) => change({ note })} hint={t('note.hint')} />
      {hasUpstream && (
        <UpstreamChoice value={draft.upstream} onChange={(upstream) => change({ upstream })} />
      )}
    </>
  );
}

/** The same for a form that blocks along with something else. */
export function BlockFields({
  onChange,
  isChecked,
}: {
  /** Told at each change: the block as it would be made, null while something of it is missing. */
  onChange: (block: BlockInput | null) => void;
  /** After a first attempt to send the form: what is missing is said. */
  isChecked: boolean;
}) {
  const zone = useMe().workspace.timeZone;
  const form = useBlockForm();
  const { draft } = form;
  const tell = useRef(onChange);
  tell.current = onChange;
  useEffect(() => tell.current(blockOf(draft, zone)), [draft, zone]);
  return (
    <div className="flex flex-col gap-5">
      <BlockFormFields form={{ ...form, isChecked }} />
    </div>
  );
}
