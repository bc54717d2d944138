import type { KeyboardEvent, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { TextArea, TextField } from '#platform/web/ui/field.tsx';
import type { Fault } from '../data/compose-drafts.ts';

interface LimitedFieldProps {
  label: string;
  value: string;
  most: number;
  onChange: (value: string) => void;
  /** Said once somebody has tried to send. */
  fault?: Fault | undefined;
  onEnter?: () => void;
  inputRef?: Ref<HTMLInputElement>;
}

/** Nothing typed or pasted is cut off in silence: what is too long says by how much. */
function useLimit({ value, most, fault }: LimitedFieldProps) {
  const { t } = useTranslation('compose');
  const { length } = value.trim();
  const over = length - most;
  const error =
    over > 0 ? t('over', { max: most, count: over }) : fault ? t(`fault.${fault}`) : undefined;
  return { error, length, isOver: over > 0 };
}

function Counter({ length, most, isOver }: { length: number; most: number; isOver: boolean }) {
  return (
    <span
      aria-hidden="true"
      className={`absolute top-0.5 right-0 text-meta tabular-nums ${isOver ? 'text-problem' : 'text-ink-faint'}`}
    >
      {length}/{most}
    </span>
  );
}

/** One line with a count of what fits. */
export function LimitedField(props: LimitedFieldProps) {
  const { label, value, most, onChange, onEnter, inputRef } = props;
  const { error, ...count } = useLimit(props);
  const onKeyDown = (event: KeyboardEvent) => {
    if (!onEnter || event.key !== 'Enter' || event.ctrlKey || event.metaKey) return;
    // Half a list is not sent by the key that ends a line.
    event.preventDefault();
    if (!event.nativeEvent.isComposing) onEnter();
  };
  return (
    <div className="relative min-w-0 flex-1">
      <TextField
        {...(inputRef && { ref: inputRef })}
        label={label}
        autoComplete="off"
        value={value}
        error={error}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <Counter {...count} most={most} />
    </div>
  );
}

/** Several lines; Ctrl+Enter sends. */
export function LimitedArea(props: LimitedFieldProps & { areaRef: Ref<HTMLTextAreaElement> }) {
  const { label, value, most, onChange, areaRef } = props;
  const { error, ...count } = useLimit(props);
  return (
    <div className="relative">
      <TextArea
        ref={areaRef}
        label={label}
        value={value}
        error={error}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey))
            event.currentTarget.form?.requestSubmit();
        }}
      />
      <Counter {...count} most={most} />
    </div>
  );
}
