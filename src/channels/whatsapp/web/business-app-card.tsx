import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import { Button } from '#platform/web/ui/button.tsx';
import { Card } from '#platform/web/ui/page.tsx';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import type { AppSyncPart, WhatsAppNumber } from '../contract.ts';
import { useAskAppSync, useInspection } from './api.ts';
import { appStateOf } from './app-state.ts';

/** Of a number that is also on the Business app: its history and address book, asked for and coming in. */
export function BusinessAppCard({ number }: { number: WhatsAppNumber }) {
  const { t } = useTranslation('channels');
  const inspection = useInspection(number.id, number.hasReadableSecrets);
  const state = appStateOf(number);
  const isOnApp = inspection.data?.check.facts?.isOnBusinessApp === true;
  if (!isOnApp && state.history === 'never' && state.contacts === 'never') return null;
  const isWaiting = state.history === 'asked' || state.contacts === 'asked';
  return (
    <Card title={t('business-app.title')} description={t('business-app.lead')}>
      <div className="flex flex-col gap-4">
        <Part number={number} part="history" isOffered={isOnApp && state.history === 'never'}>
          <HistoryState number={number} />
        </Part>
        <Part number={number} part="contacts" isOffered={isOnApp && state.contacts === 'never'}>
          <ContactsState number={number} />
        </Part>
        {isWaiting && <p className="text-meta text-ink-soft">{t('business-app.fields')}</p>}
      </div>
    </Card>
  );
}

interface PartProps {
  number: WhatsAppNumber;
  part: AppSyncPart;
  isOffered: boolean;
  children: ReactNode;
}

function Part({ number, part, isOffered, children }: PartProps) {
  const { t } = useTranslation('channels');
  const ask = useAskAppSync(number.id);
  return (
    <section aria-labelledby={`business-app-${part}`}>
      <h4 id={`business-app-${part}`} className="font-medium">
        {t(`business-app.${part}`)}
      </h4>
      <div role="status" className="mt-0.5 text-preview text-ink-soft">
        {children}
      </div>
      {isOffered && (
        <Button size="sm" className="mt-2" isBusy={ask.isPending} onClick={() => ask.mutate(part)}>
          {t(`business-app.ask-${part}`)}
        </Button>
      )}
      <ProblemLine error={ask.error} />
    </section>
  );
}

function HistoryState({ number }: { number: WhatsAppNumber }) {
  const { t } = useTranslation('channels');
  const format = useFormat();
  const { history } = appStateOf(number);
  const news = number.historyImport;
  const at = history === 'asked' ? number.appSync.historyAskedAt : (news?.at ?? null);
  const percent = news?.progress ?? 0;
  return (
    <>
      {t(`business-app.${history}`, {
        percent: format.number(percent),
        at: at === null ? '' : format.dateTime(at),
      })}
      {history === 'running' && (
        <progress
          aria-label={t('business-app.progress')}
          max={100}
          value={percent}
          className="mt-1.5 block h-1.5 w-full max-w-80 appearance-none overflow-hidden rounded-full bg-pressed [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-pressed [&::-webkit-progress-value]:bg-accent"
        />
      )}
    </>
  );
}

function ContactsState({ number }: { number: WhatsAppNumber }) {
  const { t } = useTranslation('channels');
  const format = useFormat();
  const { contactsAskedAt, contactsAt } = number.appSync;
  const { contacts } = appStateOf(number);
  const at = contacts === 'asked' ? contactsAskedAt : contactsAt;
  return <>{t(`business-app.${contacts}`, { at: at === null ? '' : format.dateTime(at) })}</>;
}
