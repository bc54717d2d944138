import { type KeyboardEvent, type RefObject, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cx } from '#platform/web/ui/class-names.ts';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { type Command, useCommands } from './commands.tsx';

/** ⌘K / Ctrl+K: find a conversation or do something with the open one, by typing. */
export function CommandBar({
  onClose,
  finalFocus,
}: {
  onClose: () => void;
  finalFocus: RefObject<HTMLElement | null>;
}) {
  const { t } = useTranslation('shell');
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const listId = useId();
  const commands = useCommands(typed);
  const chosen = commands[Math.min(at, commands.length - 1)];
  const run = (command: Command | undefined) => {
    if (!command || command.isDisabled) return;
    onClose();
    // The next dialog takes the focus only after this one has given it back.
    setTimeout(command.run, 0);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      setAt(
        (before) =>
          (Math.min(before, commands.length - 1) + step + commands.length) % commands.length,
      );
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      run(chosen);
    }
  };
  return (
    <Dialog
      open
      size="md"
      title={t('commands.title')}
      onOpenChange={(open) => !open && onClose()}
      finalFocus={finalFocus}
    >
      <input
        role="combobox"
        autoFocus
        aria-label={t('commands.placeholder')}
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={chosen ? `${listId}-${chosen.id}` : undefined}
        aria-autocomplete="list"
        autoComplete="off"
        spellCheck={false}
        placeholder={t('commands.placeholder')}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        className="h-11 w-full rounded-control border border-control-line bg-raised px-3 text-message"
      />
      <CommandList id={listId} commands={commands} chosen={chosen} onRun={run} />
      <p className="border-t border-hairline py-3 text-meta text-ink-faint">{t('commands.hint')}</p>
    </Dialog>
  );
}

function CommandList({
  id,
  commands,
  chosen,
  onRun,
}: {
  id: string;
  commands: readonly Command[];
  chosen: Command | undefined;
  onRun: (command: Command) => void;
}) {
  const { t } = useTranslation('shell');
  return (
    <div
      id={id}
      role="listbox"
      aria-label={t('commands.title')}
      className="my-2 h-80 overflow-y-auto"
    >
      {commands.length === 0 && (
        <p className="px-3 py-8 text-center text-ink-faint">{t('commands.empty')}</p>
      )}
      {commands.map((command, index) => (
        <div key={command.id}>
          {command.group !== commands[index - 1]?.group && (
            <p aria-hidden="true" className="px-3 pt-3 pb-1 text-meta font-medium text-ink-faint">
              {command.group}
            </p>
          )}
          <CommandRow
            id={`${id}-${command.id}`}
            command={command}
            isChosen={command === chosen}
            onRun={onRun}
          />
        </div>
      ))}
    </div>
  );
}

function CommandRow({
  id,
  command,
  isChosen,
  onRun,
}: {
  id: string;
  command: Command;
  isChosen: boolean;
  onRun: (command: Command) => void;
}) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the combobox's
    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the combobox
    <div
      id={id}
      role="option"
      aria-selected={isChosen}
      aria-disabled={command.isDisabled || undefined}
      ref={(element) => {
        if (isChosen) element?.scrollIntoView({ block: 'nearest' });
      }}
      onClick={() => onRun(command)}
      className={cx(
        'flex min-h-10 items-center gap-3 rounded-control px-3 py-1.5',
        isChosen ? 'bg-pressed' : 'hover:bg-hover',
        command.isDisabled ? 'text-ink-faint' : 'cursor-pointer',
      )}
    >
      <span aria-hidden="true" className="inline-flex text-ink-soft">
        {command.icon}
      </span>
      <span className="min-w-0 flex-1">
        <span className="block truncate">{command.label}</span>
        {command.hint && <span className="block text-meta text-ink-soft">{command.hint}</span>}
      </span>
      {command.keys && <kbd className="font-sans text-meta text-ink-soft">{command.keys}</kbd>}
    </div>
  );
}
