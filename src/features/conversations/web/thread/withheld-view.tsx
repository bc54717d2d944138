import { CircleSlash, EyeOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../contract.ts';
import { useRemovalWay } from './removal-way.ts';

/** In the place of what may not be read: that it is withheld and why, and no hint of what it was. */
export function WithheldView({ message, meta }: { message: Message; meta: ReactNode }) {
  return message.withheld === 'removed' ? (
    <Tombstone number={message.removalNumber} meta={meta} />
  ) : (
    <Covered meta={meta} reason={message.repeatReason} />
  );
}

/** The compiler compares them with the words; a reason that this version does not know is another one. */
const knownReasons = {
  ...{ sexual: true, offense: true, discrimination: true },
  ...{ 'personal-data': true, fraud: true, other: true },
} as const;
const isKnown = (reason: string): reason is keyof typeof knownReasons =>
  Object.hasOwn(knownReasons, reason);

/** @param reason of what the repeat guard covered: why the same was removed before */
function Covered({ meta, reason }: { meta: ReactNode; reason: string | undefined }) {
  const { t } = useTranslation('withheld');
  const why =
    reason === undefined
      ? t('covered-why')
      : t('covered-repeat', { reason: t(`reasons.${isKnown(reason) ? reason : 'other'}`) });
  return (
    <span data-withheld="covered" className="flex items-start gap-2.5">
      <EyeOff aria-hidden="true" className="mt-0.5 shrink-0 text-ink-faint" />
      <span className="min-w-0 flex-1">
        <span className="block text-body font-medium text-ink">{t('covered')}</span>
        <span className="flow-root text-preview text-ink-soft">
          {why}
          {meta}
        </span>
      </span>
    </span>
  );
}

function Tombstone({ number, meta }: { number: number | null; meta: ReactNode }) {
  const { t } = useTranslation('withheld');
  const way = useRemovalWay();
  return (
    <span data-withheld="removed" className="flex items-start gap-1.5 text-ink-faint italic">
      <CircleSlash aria-hidden="true" className="mt-[3px] size-4 shrink-0" />
      <span className="flow-root min-w-0 flex-1">
        {t('removed')}
        {number !== null && way?.toRequest && <> · {way.toRequest(number)}</>}
        <span className="not-italic">{meta}</span>
      </span>
    </span>
  );
}
