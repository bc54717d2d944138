import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import type { Block } from '../contract.ts';

/** Who opened the block, in words: a person, or the product itself and why. */
export function useBlockAuthor(): (block: Block) => string {
  const { t } = useTranslation('gate');
  return (block) => {
    if (block.startedBy) return t('facts.by', { name: block.startedBy.name });
    return block.cause === 'manual' ? t('facts.by-system') : t(`facts.cause-${block.cause}`);
  };
}

/** Por quem, motivo, desde, até, tentativas: one line of small facts that wraps between them. */
export function BlockFacts({ block }: { block: Block }) {
  const { t } = useTranslation('gate');
  const format = useFormat();
  const author = useBlockAuthor();
  const since = format.dateTime(block.startedAt);
  return (
    <div className="text-meta text-ink-soft tabular-nums">
      <p className="flex flex-wrap gap-x-1.5">
        <Fact>{t(`reasons.${block.reason}`)}</Fact>
        <Fact>{author(block)}</Fact>
        <Fact>{t('facts.since', { at: since })}</Fact>
        <span>
          {block.expiresAt
            ? t('facts.until', { at: format.dateTime(block.expiresAt) })
            : t('facts.endless')}
        </span>
      </p>
      <p className="mt-0.5">{t('facts.attempts', { count: block.attempts.total })}</p>
    </div>
  );
}

const Fact = ({ children }: { children: ReactNode }) => (
  <span>
    {children}
    <span aria-hidden="true" className="ml-1.5 text-ink-faint">
      ·
    </span>
  </span>
);
