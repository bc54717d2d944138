import { Menu as Base } from '@base-ui/react/menu';
import { useTranslation } from 'react-i18next';
import { cx } from '#platform/web/ui/class-names.ts';
import type { Message } from '../../contract.ts';
import { useReact } from '../data/react.ts';

/** Those that people use; the same six as in WhatsApp. */
const emojis = ['👍', '❤️', '😂', '😮', '😢', '🙏'];

/** A row of emoji at the foot of a message's menu, where no hasty Enter meets it; a second press on ours takes it back. */
export function ReactionRow({ message }: { message: Message }) {
  const { t } = useTranslation('content');
  const react = useReact(message);
  const ours = message.reactions.find(({ direction }) => direction === 'out')?.emoji;
  return (
    <Base.Group
      aria-label={t('reaction.label')}
      className="mt-1 flex gap-0.5 border-t border-hairline px-1 pt-1"
    >
      {emojis.map((emoji) => (
        <Base.Item
          key={emoji}
          aria-label={t(emoji === ours ? 'reaction.remove' : 'reaction.choose', { emoji })}
          onClick={() => react(emoji === ours ? null : emoji)}
          className={cx(
            'grid size-9 cursor-default place-items-center rounded-full text-section outline-none data-highlighted:bg-hover',
            emoji === ours && 'bg-accent-tint',
          )}
        >
          {emoji}
        </Base.Item>
      ))}
    </Base.Group>
  );
}
