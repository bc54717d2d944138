import { useTranslation } from 'react-i18next';
import {
  type ButtonsDraft,
  emptyButton,
  type Faults,
  faultsOfButtons,
  limits,
  readButtons,
} from '../data/compose-drafts.ts';
import {
  AddButton,
  ComposeDialog,
  type ComposeDialogProps,
  FullLine,
  Removable,
} from './compose-dialog.tsx';
import { LimitedField } from './limited-field.tsx';
import { useAddedFocus } from './use-added-focus.ts';

const empty = (): ButtonsDraft => ({ text: '', header: '', footer: '', buttons: [emptyButton()] });

/** A text with one to three buttons that answer it. */
export const SendButtonsDialog = (props: ComposeDialogProps) => (
  <ComposeDialog
    {...props}
    kind="buttons"
    empty={empty}
    faultsOf={faultsOfButtons}
    read={readButtons}
  >
    {(draft, faults, onDraft) => (
      <Buttons
        all={draft.buttons}
        faults={faults}
        onChange={(buttons) => onDraft({ ...draft, buttons })}
      />
    )}
  </ComposeDialog>
);

interface ButtonsProps {
  all: ButtonsDraft['buttons'];
  faults: Faults;
  onChange: (all: ButtonsDraft['buttons']) => void;
}

function Buttons({ all, faults, onChange }: ButtonsProps) {
  const { t } = useTranslation('compose');
  const focus = useAddedFocus();
  const isFull = all.length >= limits.buttons;
  const add = () => {
    if (isFull) return;
    const added = emptyButton();
    focus.want(added.key);
    onChange([...all, added]);
  };
  const remove = (key: string) => {
    onChange(all.filter((one) => one.key !== key));
    focus.wantButton();
  };
  return (
    <div className="flex flex-col gap-3">
      {all.map(({ key, title }, index) => (
        <Removable
          key={key}
          label={t('buttons.remove', { n: index + 1 })}
          onRemove={all.length > 1 ? () => remove(key) : undefined}
        >
          <LimitedField
            label={t('buttons.button', { n: index + 1 })}
            value={title}
            most={limits.button}
            fault={faults.get(key)}
            inputRef={focus.take(key)}
            onEnter={add}
            onChange={(value) =>
              onChange(all.map((one) => (one.key === key ? { ...one, title: value } : one)))
            }
          />
        </Removable>
      ))}
      {isFull ? (
        <FullLine>{t('buttons.full')}</FullLine>
      ) : (
        <AddButton ref={focus.button} onClick={add}>
          {t('buttons.add')}
        </AddButton>
      )}
    </div>
  );
}
