import { CircleQuestionMark } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { cx } from './class-names.ts';

interface HelpLinkProps {
  /** An article by its Portuguese name, with the part: `remocao#o-que-ela-faz`. */
  to: string;
  /** Where there are two beside each other; else it says that this is how it works. */
  children?: ReactNode;
  /** Where there is no room for words: they are for readers, and shown under the pointer. */
  isIcon?: boolean;
  className?: string;
}

/**
 * To the article that explains what stands here, or to a part of it. It opens beside the page: nothing that was typed is
 * lost. That each of them leads somewhere is asked by scripts/help/help-links.test.ts.
 */
export function HelpLink({ to, children, isIcon = false, className }: HelpLinkProps) {
  const { t } = useTranslation('platform');
  const words = children ?? t('learn-more');
  return (
    <a
      href={`/ajuda/${to}`}
      target="_blank"
      rel="noopener"
      {...(isIcon && typeof words === 'string' && { title: words })}
      className={cx(
        'inline-flex min-h-6 min-w-6 items-center gap-1 self-start rounded-small text-preview text-ink-soft underline-offset-2 hover:text-ink hover:underline',
        className,
      )}
    >
      <CircleQuestionMark aria-hidden="true" className="size-3.5" />
      <span className={cx(isIcon && 'sr-only')}>{words}</span>
      <span className="sr-only"> {t('new-tab')}</span>
    </a>
  );
}
