import { useTranslation } from 'react-i18next';
import {
  countRows,
  emptySection,
  type Faults,
  faultsOfList,
  type ListDraft,
  limits,
  readList,
} from '../data/compose-drafts.ts';
import { AddButton, ComposeDialog, type ComposeDialogProps, FullLine } from './compose-dialog.tsx';
import { LimitedField } from './limited-field.tsx';
import { ListSection } from './list-section.tsx';
import { useAddedFocus } from './use-added-focus.ts';

const empty = (): ListDraft => ({
  text: '',
  header: '',
  footer: '',
  word: '',
  sections: [emptySection()],
});

/** A text with a button that opens up to ten options, in sections. */
export const SendListDialog = (props: ComposeDialogProps) => (
  <ComposeDialog {...props} kind="list" empty={empty} faultsOf={faultsOfList} read={readList}>
    {(draft, faults, onDraft) => <Choices draft={draft} faults={faults} onDraft={onDraft} />}
  </ComposeDialog>
);

interface ChoicesProps {
  draft: ListDraft;
  faults: Faults;
  onDraft: (draft: ListDraft) => void;
}

function Choices({ draft, faults, onDraft }: ChoicesProps) {
  const { t } = useTranslation('compose');
  const focus = useAddedFocus();
  const { sections } = draft;
  const isFull = countRows(draft) >= limits.rows;
  const put = (changed: ListDraft['sections']) => onDraft({ ...draft, sections: changed });
  const add = () => {
    const added = emptySection();
    focus.want(added.key);
    put([...sections, added]);
  };
  return (
    <>
      <LimitedField
        label={t('list.word')}
        value={draft.word}
        most={limits.button}
        fault={faults.get('word')}
        onChange={(word) => onDraft({ ...draft, word })}
      />
      {sections.map((section, index) => (
        <ListSection
          key={section.key}
          section={section}
          number={index + 1}
          firstRow={countRows({ ...draft, sections: sections.slice(0, index) }) + 1}
          isAlone={sections.length === 1}
          isFull={isFull}
          faults={faults}
          titleRef={focus.take(section.key)}
          onChange={(changed) =>
            put(sections.map((one) => (one.key === section.key ? changed : one)))
          }
          onRemove={() => {
            put(sections.filter(({ key }) => key !== section.key));
            focus.wantButton();
          }}
        />
      ))}
      {isFull ? (
        <FullLine>{t('list.full')}</FullLine>
      ) : (
        <AddButton ref={focus.button} onClick={add}>
          {t('list.add-section')}
        </AddButton>
      )}
    </>
  );
}
