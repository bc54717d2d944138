import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { IconButton } from '#platform/web/ui/icon-button.tsx';
import {
  type ButtonsDraft,
  emptyButton,
  type Faults,
  faultsOfButtons,
  limits,
  readButtons,
} from '../data/compose-drafts.ts';
import { ComposeFrame } from './compose-frame.tsx';
import { useComposeWords } from './compose-words.ts';
import { LimitedField } from './limited-field.tsx';
import { useAddedFocus } from './use-added-focus.ts';

interface SendButtonsDialogProps {
  conversationId: string;
  onClose: () => void;
}

/** A text with one to three buttons that answer it. */
export function SendButtonsDialog(props: SendButtonsDialogProps) {
  const words = useComposeWords();
  const [draft, setDraft] = useState<ButtonsDraft>(() => ({
    text: '',
    header: '',
    footer: '',
    buttons: [emptyButton()],
  }));
  if (words.state === 'failed') throw new Error('the words of this dialog could not be fetched');
  if (words.state === 'loading') return null;
  return (
    <ComposeFrame
      {...props}
      kind="buttons"
      draft={draft}
      onDraft={setDraft}
      faults={faultsOfButtons(draft)}
      read={() => readButtons(draft)}
    >
      {(faults) => (
        <Buttons
          all={draft.buttons}
          faults={faults}
          onChange={(buttons) => setDraft({ ...draft, buttons })}
        />
      )}
    </ComposeFrame>
  );
}

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
  return (
    <div className="flex flex-col gap-3">
      {all.map(({ key, title }, index) => (
        <div key={key} className="flex items-start gap-1">
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
          {all.length > 1 && (
            <IconButton
              className="mt-7"
              label={t('buttons.remove', { n: index + 1 })}
              icon={<X />}
              onClick={() => {
                onChange(all.filter((one) => one.key !== key));
                focus.wantButton();
              }}
            />
          )}
        </div>
      ))}
      {isFull ? (
        <p className="flex h-8 items-center text-preview text-ink-soft">{t('buttons.full')}</p>
      ) : (
        <div>
          <Button
            ref={focus.button}
            size="sm"
            variant="quiet"
            icon={<Plus className="size-4" />}
            onClick={add}
          >
            {t('buttons.add')}
          </Button>
        </div>
      )}
    </div>
  );
}
