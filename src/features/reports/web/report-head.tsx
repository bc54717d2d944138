import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import type { ProtectionReport } from '../contract.ts';
import { dayWords } from './spans.ts';

/** What stands at the head of the paper: what it is, of whom, of when. The screen has its own. */
export function PrintedHead({ report }: { report: ProtectionReport }) {
  const { t, i18n } = useTranslation('reports');
  const format = useFormat();
  const { whole } = dayWords(i18n.language);
  const facts = [
    [t('head.workspace'), report.workspace.name],
    [t('head.period'), t('head.between', { from: whole(report.from), to: whole(report.to) })],
    [t('head.channel'), report.channel?.name ?? t('channel.all')],
    [t('head.made'), format.dateTime(report.madeAt)],
    [t('head.zone'), report.workspace.timeZone],
  ] as const;
  return (
    <header className="mb-6 hidden print:block">
      <h1 className="text-page font-semibold">{t('head.title')}</h1>
      <dl className="mt-3 grid grid-cols-[max-content_1fr] gap-x-4 gap-y-1 text-preview">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-soft">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </header>
  );
}

/** Why a company wants this, and what it is not. */
export function Purpose() {
  const { t } = useTranslation('reports');
  return (
    <section
      aria-labelledby="purpose"
      className="mb-8 break-inside-avoid rounded-card border border-hairline p-4 text-preview"
    >
      <h2 id="purpose" className="font-semibold">
        {t('purpose.title')}
      </h2>
      <p className="mt-1 max-w-[80ch] text-ink-soft">{t('purpose.body')}</p>
    </section>
  );
}

const hows = ['days', 'reason', 'channel', 'cover', 'exposure', 'few', 'kept'] as const;

/** What each figure is made of, so that nobody has to believe it. */
export function HowCounted() {
  const { t } = useTranslation('reports');
  return (
    <section aria-labelledby="how" className="mb-8 text-preview">
      <h2 id="how" className="font-semibold">
        {t('how.title')}
      </h2>
      <ul className="mt-1 flex max-w-[80ch] list-disc flex-col gap-1 pl-5 text-ink-soft">
        {hows.map((how) => (
          <li key={how}>{t(`how.${how}`)}</li>
        ))}
      </ul>
    </section>
  );
}
