import { useTranslation } from 'react-i18next';
import { cx } from '#platform/web/ui/class-names.ts';
import type { Message } from '../../contract.ts';
import { useReact } from '../data/react.ts';

/** Theirs and ours at the foot of the bubble; ours is taken back by a press. */
export function Reactions({ message, canReact }: { message: Message; canReact: boolean }) {
  const { t } = useTranslation('conversations');
  const { t: words } = useTranslation('content');
  const react = useReact(message);
  if (message.reactions.length === 0) return null;
  const list = message.reactions
    .map(({ direction, emoji }) => t(`message.reaction-${direction}`, { emoji }))
    .join(', ');
  return (
    <div className={cx('-mt-1.5 flex', message.direction === 'out' && 'justify-end')}>
      <span className="relative mx-2 inline-flex gap-0.5 rounded-full border border-hairline bg-raised px-1.5 py-0.5 text-preview">
        <span className="sr-only">{t('message.reactions', { list })}</span>
        {message.reactions.map(({ direction, emoji }) =>
          direction === 'out' && canReact ? (
            <button
              key={direction}
              type="button"
              title={words('reaction.remove', { emoji })}
              aria-label={words('reaction.remove', { emoji })}
              onClick={() => react(null)}
              className="-mx-1 rounded-full bg-accent-tint px-1 hover:bg-hover"
            >
              {emoji}
            </button>
          ) : (
            <span key={direction} aria-hidden="true">
              {emoji}
            </span>
          ),
        )}
      </span>
    </div>
  );
}
