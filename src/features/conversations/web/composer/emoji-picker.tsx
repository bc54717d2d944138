import {
  EmojiPicker as Base,
  type EmojiPickerListCategoryHeaderProps,
  type EmojiPickerListEmojiProps,
  type EmojiPickerListRowProps,
} from 'frimousse';
import { useTranslation } from 'react-i18next';
import { cx } from '#platform/web/ui/class-names.ts';
import { resolveEmojiData } from './emoji-data.ts';

/** Loaded when it is first opened, with its names in the language of the screen. */
export function EmojiPicker({ onPick }: { onPick: (emoji: string) => void }) {
  const { t, i18n } = useTranslation('conversations');
  return (
    <Base.Root
      locale={i18n.language.slice(0, 2)}
      resolveEmojiData={resolveEmojiData}
      columns={8}
      onEmojiSelect={({ emoji }) => onPick(emoji)}
      className="flex h-80 w-[19rem] flex-col"
    >
      <Base.Search
        aria-label={t('composer.emoji-search')}
        placeholder={t('composer.emoji-search')}
        className="m-2 h-9 rounded-control bg-sunken px-3 text-body"
      />
      {/* A stop of its own, because what scrolls must be reachable; the arrows choose from there too. */}
      <Base.Viewport tabIndex={0} className="relative min-h-0 flex-1 -outline-offset-2">
        <Base.Loading className="absolute inset-0 grid place-items-center text-preview text-ink-faint">
          …
        </Base.Loading>
        <Base.Empty className="absolute inset-0 grid place-items-center text-preview text-ink-faint">
          {t('composer.emoji-empty')}
        </Base.Empty>
        <Base.List className="pb-2 select-none" components={{ CategoryHeader, Row, Emoji }} />
      </Base.Viewport>
    </Base.Root>
  );
}

const CategoryHeader = ({ category, className, ...props }: EmojiPickerListCategoryHeaderProps) => (
  <div
    {...props}
    className={cx(
      'bg-raised px-3 py-1.5 text-meta font-medium text-ink-faint first-letter:uppercase',
      className,
    )}
  >
    {category.label}
  </div>
);

/** The library counts from 0; rows and columns of a grid are counted from 1. */
const fromOne = (index: number | undefined): number | undefined =>
  index === undefined ? undefined : index + 1;

const Row = ({ className, ...props }: EmojiPickerListRowProps) => {
  const numbered = { ...props, 'aria-rowindex': fromOne(props['aria-rowindex']) };
  return <div {...numbered} className={cx('px-2', className)} />;
};

const Emoji = ({ emoji, className, ...props }: EmojiPickerListEmojiProps) => {
  const numbered = { ...props, 'aria-colindex': fromOne(props['aria-colindex']) };
  return (
    <button
      {...numbered}
      type="button"
      aria-label={emoji.label}
      className={cx(
        'inline-flex size-9 items-center justify-center rounded-control text-[1.25rem] data-active:bg-hover',
        className,
      )}
    >
      {emoji.emoji}
    </button>
  );
};
