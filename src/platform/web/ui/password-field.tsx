import { Eye, EyeOff } from 'lucide-react';
import { type ComponentProps, useId, useState } from 'react';
import { cx } from './class-names.ts';
import { controlClass, described, type FieldFrame, Frame } from './field.tsx';
import { iconButtonClass } from './icon-button.tsx';

/** A password that can be looked at. `words` name the button in both states. */
export function PasswordField({
  label,
  hint,
  error,
  isLabelHidden,
  words,
  className,
  ...input
}: FieldFrame &
  Omit<ComponentProps<'input'>, 'id' | 'type'> & { words: { show: string; hide: string } }) {
  const id = useId();
  const [isShown, setShown] = useState(false);
  return (
    <Frame {...{ id, label, hint, error }} isLabelHidden={isLabelHidden ?? false}>
      <span className="relative block">
        <input
          spellCheck={false}
          autoCapitalize="none"
          autoCorrect="off"
          {...input}
          {...described(id, hint, error)}
          type={isShown ? 'text' : 'password'}
          className={cx(controlClass, 'h-10 pr-11', className)}
        />
        <button
          type="button"
          aria-label={isShown ? words.hide : words.show}
          aria-controls={id}
          onClick={() => setShown(!isShown)}
          className={cx(iconButtonClass('sm'), 'absolute top-1.5 right-1.5')}
        >
          {isShown ? <EyeOff /> : <Eye />}
        </button>
      </span>
    </Frame>
  );
}
