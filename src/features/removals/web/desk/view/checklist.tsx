import { CircleAlert, CircleCheck, Clock3, RotateCw } from 'lucide-react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import { Button } from '#platform/web/ui/button.tsx';
import { cx } from '#platform/web/ui/class-names.ts';
import { HelpLink } from '#platform/web/ui/help-link.tsx';
import { Card } from '#platform/web/ui/page.tsx';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import type { RemovalRequest } from '../../../contract.ts';
import { useRetryRemoval, useReviewsRemovals } from '../api.ts';

type Check = RemovalRequest['checklist'][number];

const icons: Record<Check['state'], ReactElement> = {
  pending: <Clock3 />,
  done: <CircleCheck />,
  failed: <CircleAlert />,
};

/** What had to go and how far it is: the request reads as removed only when every line does. */
export function Checklist({ request }: { request: RemovalRequest }) {
  const { t } = useTranslation('removals-desk');
  const { checklist } = request;
  if (checklist.length === 0) return null;
  const failed = checklist.filter(({ state }) => state === 'failed').length;
  const done = checklist.filter(({ state }) => state === 'done').length;
  return (
    <Card
      title={t('check.title')}
      description={
        <span role="status">
          {done === checklist.length
            ? t('check.whole')
            : t('check.progress', { count: checklist.length, done })}
        </span>
      }
      {...(failed > 0 && { actions: <Retry requestId={request.id} /> })}
    >
      <ul aria-label={t('check.title')} className="-my-1 divide-y divide-hairline">
        {checklist.map((check) => (
          <CheckLine key={check.step} check={check} isName={request.name !== null} />
        ))}
      </ul>
      <HelpLink to="remocao#como-o-espaco-e-liberado-de-verdade" className="mt-3" />
    </Card>
  );
}

const nameSteps = { content: true, search: true, queues: true } as const;

function CheckLine({ check, isName }: { check: Check; isName: boolean }) {
  const { t } = useTranslation('removals-desk');
  const format = useFormat();
  const { step, state, count, tries, at } = check;
  const isFailed = state === 'failed';
  return (
    <li className="flex items-start gap-2.5 py-2" data-check={step} data-state={state}>
      <span
        aria-hidden="true"
        className={cx(
          'mt-px inline-flex',
          isFailed ? 'text-amber' : state === 'done' ? 'text-accent-ink' : 'text-ink-faint',
        )}
      >
        {icons[state]}
      </span>
      <span className="min-w-0 flex-1">
        {isName && step in nameSteps
          ? t(`name.steps.${step as keyof typeof nameSteps}`)
          : t(`check.steps.${step}`)}
        {isFailed && (
          <span className="block text-preview text-amber">
            {t('check.failed', { count: tries })}
            {check.errorCode &&
              `: ${t(`check.why.${check.errorCode}`, { defaultValue: check.errorCode })}`}
            {at && ` · ${t('check.next', { at: format.time(at) })}`}
          </span>
        )}
      </span>
      <span className="shrink-0 text-right text-meta text-ink-soft tabular-nums">
        {t(`check.state.${state}`)}
        {state === 'done' && count > 0 && ` · ${format.number(count)}`}
        {state === 'pending' && at && (
          <span className="block text-ink-faint">
            {t('check.planned', { at: format.time(at) })}
          </span>
        )}
        {state === 'done' && at && (
          <time dateTime={at} title={format.dateTime(at)} className="block text-ink-faint">
            {format.time(at)}
          </time>
        )}
      </span>
    </li>
  );
}

/** It is tried again by itself too; this is for whoever has mended what was broken. */
function Retry({ requestId }: { requestId: string }) {
  const { t } = useTranslation('removals-desk');
  const reviews = useReviewsRemovals();
  const retry = useRetryRemoval(requestId);
  if (!reviews) return null;
  return (
    <div className="flex flex-col items-end gap-1">
      <Button
        size="sm"
        icon={<RotateCw className="size-4" />}
        isBusy={retry.isPending}
        onClick={() => retry.mutate(undefined)}
      >
        {t('check.retry')}
      </Button>
      <ProblemLine error={retry.error} />
    </div>
  );
}
