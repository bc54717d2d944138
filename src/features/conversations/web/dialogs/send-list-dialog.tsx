import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import {
  countRows,
  emptySection,
  type Faults,
  faultsOfList,
  type ListDraft,
  limits,
  readList,
} from '../data/compose-drafts.ts';
import { ComposeFrame } from './compose-frame.tsx';
import { useComposeWords } from './compose-words.ts';
import { LimitedField } from './limited-field.tsx';
import { ListSection } from './list-section.tsx';
import { useAddedFocus } from './use-added-focus.ts';

interface SendListDialogProps {
  conversationId: string;
  onClose: () => void;
}

/** A text with a button that opens up to ten options, in sections. */
export function SendListDialog(props: SendListDialogProps) {
  const words = useComposeWords();
  const [draft, setDraft] = useState<ListDraft>(() => ({
    text: '',
    header: '',
    footer: '',
    word: '',
    sections: [emptySection()],
  }));
  if (words.state === 'failed') throw new Error('the words of this dialog could not be fetched');
  if (words.state === 'loading') return null;
  return (
    <ComposeFrame
      {...props}
      kind="list"
      draft={draft}
      onDraft={setDraft}
      faults={faultsOfList(draft)}
      read={() => readList(draft)}
    >
      {(faults) => <Choices draft={draft} faults={faults} onDraft={setDraft} />}
    </ComposeFrame>
  );
}

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
        <p className="flex h-8 items-center text-preview text-ink-soft">{t('list.full')}</p>
      ) : (
        <div>
          <Button
            ref={focus.button}
            size="sm"
            variant="quiet"
            icon={<Plus className="size-4" />}
            onClick={add}
          >
            {t('list.add-section')}
          </Button>
        </div>
      )}
    </>
  );
}
