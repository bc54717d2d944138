import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import { Button } from '#platform/web/ui/button.tsx';
import type { ContactFacts, IdentityConflict } from '../../people/contract.ts';
import { useArrangesPeople } from './api.ts';
import { ConflictSides } from './conflict-sides.tsx';

/** One conflict: what happened in one sentence, both sides side by side, and the way to decide it. */
export function ConflictCard({
  conflict,
  contactLink,
  onDecide,
}: {
  conflict: IdentityConflict;
  contactLink: (facts: ContactFacts) => ReactNode;
  onDecide: () => void;
}) {
  const { t } = useTranslation('people');
  const format = useFormat();
  const arranges = useArrangesPeople();
  const titleId = useId();
  const { kind, maskedIdentity, openedAt, outcome } = conflict;
  return (
    <article aria-labelledby={titleId} className="rounded-card border border-hairline p-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h3 id={titleId} className="font-semibold">
          {t(`conflicts.kind.${kind}`)}
        </h3>
        <time dateTime={openedAt} className="text-meta text-ink-faint">
          {format.dateTime(openedAt)}
        </time>
      </div>
      <p className="mt-1 max-w-[70ch] text-ink-soft">
        {t(`conflicts.why.${kind}`, { identity: maskedIdentity })}
      </p>
      <ConflictSides conflict={conflict} contactLink={contactLink} />
      <div className="mt-3 flex min-h-9 items-center justify-end gap-3">
        {outcome !== null ? (
          <Decided conflict={conflict} />
        ) : arranges ? (
          <Button onClick={onDecide}>{t('conflicts.decide')}</Button>
        ) : (
          <p className="text-meta text-ink-faint">{t('conflicts.only-administration')}</p>
        )}
      </div>
    </article>
  );
}

function Decided({ conflict }: { conflict: IdentityConflict }) {
  const { t } = useTranslation('people');
  const format = useFormat();
  const { outcome, decidedBy, decidedAt } = conflict;
  if (outcome === null || decidedAt === null) return null;
  const words = { outcome: t(`conflicts.outcome.${outcome}`), at: format.dateTime(decidedAt) };
  return (
    <p className="text-preview text-ink-soft">
      {decidedBy === null
        ? t('conflicts.decided-by-nobody', words)
        : t('conflicts.decided-by', { ...words, name: decidedBy })}
    </p>
  );
}
