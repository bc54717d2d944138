import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { cx } from '#platform/web/ui/class-names.ts';
import type { Message } from '../../../contract.ts';
import { usePreviewText } from '../message-words.ts';

/** The box in the place of a message's menu, while messages are chosen. A press anywhere on the bubble ticks it. */
export function SelectMark({
  message,
  isSelected,
  isFirst,
  onToggle,
}: {
  message: Message;
  isSelected: boolean;
  /** Here the choosing began. */
  isFirst: boolean;
  onToggle: (id: string) => void;
}) {
  const { t } = useTranslation('withheld');
  const previewText = usePreviewText();
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!isFirst) return;
    // The menu that began it gives its focus back first.
    const frame = requestAnimationFrame(() => box.current?.focus({ preventScroll: true }));
    return () => cancelAnimationFrame(frame);
  }, [isFirst]);
  const isOurs = message.direction === 'out';
  return (
    <label
      className={cx(
        'absolute inset-y-0 cursor-pointer',
        isOurs ? '-left-9 right-0' : '-right-9 left-0',
      )}
    >
      <input
        ref={box}
        type="checkbox"
        data-select-message
        checked={isSelected}
        aria-label={t('select.message', { text: previewText(message) })}
        onChange={() => onToggle(message.id)}
        onKeyDown={goOn}
        className={cx(
          'absolute top-2 size-[18px] cursor-pointer accent-accent',
          isOurs ? 'left-1' : 'right-1',
        )}
      />
    </label>
  );
}

/** Up and down go from box to box. */
function goOn(event: KeyboardEvent<HTMLInputElement>): void {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const boxes = [...document.querySelectorAll<HTMLElement>('[data-select-message]')];
  boxes[boxes.indexOf(event.currentTarget) + step]?.focus();
}
