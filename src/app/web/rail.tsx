import { Link } from '@tanstack/react-router';
import {
  ChartColumn,
  CircleQuestionMark,
  Command,
  ContactRound,
  Flag,
  Keyboard,
  MessagesSquare,
  Settings,
  ShieldBan,
} from 'lucide-react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useConflictCount } from '#features/contacts/web/index.ts';
import {
  useDecidesRequests,
  useRequestCounts,
  useSeesBlockDetails,
} from '#features/gate/web/index.ts';
import {
  useCanAskRemoval,
  useRemovalCounts,
  useReviewsRemovals,
  useUnreadDecisions,
} from '#features/removals/web/index.ts';
import { useReadsReports } from '#features/reports/web/index.ts';
import { commandKey } from '#platform/web/key-names.ts';
import { cx } from '#platform/web/ui/class-names.ts';
import { IconButton } from '#platform/web/ui/icon-button.tsx';
import { Mark } from '#platform/web/ui/mark.tsx';
import { Tooltip } from '#platform/web/ui/tooltip.tsx';
import { AccountButton } from './account-button.tsx';
import { openShellDialog } from './shell-dialogs.ts';

const itemClass =
  'relative flex size-10 items-center justify-center rounded-control text-ink-soft hover:bg-hover hover:text-ink max-md:h-12 max-md:w-16';

/** The slim rail; on a phone a bar at the foot. */
export function Rail({ unread, isHiddenOnPhone }: { unread: number; isHiddenOnPhone: boolean }) {
  const { t } = useTranslation('shell');
  const seesBlocks = useSeesBlockDetails();
  const { open = 0, overdue = 0 } = useRequestCounts(useDecidesRequests()).data ?? {};
  const { t: words } = useTranslation('requests');
  const conflicts = useConflictCount();
  const readsReports = useReadsReports();
  return (
    <nav
      aria-label={t('nav.label')}
      className={cx(
        'flex w-14 shrink-0 flex-col items-center gap-1 bg-rail py-2 max-md:order-last max-md:h-14 max-md:w-full max-md:flex-row max-md:justify-around max-md:border-t max-md:border-hairline max-md:py-0',
        isHiddenOnPhone && 'max-md:hidden',
      )}
    >
      <span className="flex size-10 items-center justify-center max-md:hidden">
        <Mark className="size-6 text-ink" />
      </span>
      <RailLink
        to="/conversas"
        label={t('nav.conversations')}
        icon={<MessagesSquare />}
        count={unread}
        countWords={t('nav.unread', { count: unread })}
      />
      <RailLink
        to="/contatos"
        label={t('nav.contacts')}
        icon={<ContactRound />}
        count={conflicts}
        countWords={t('nav.conflicts', { count: conflicts })}
      />
      {seesBlocks && (
        <RailLink
          to="/bloqueios"
          label={t('nav.blocks')}
          icon={<ShieldBan />}
          count={open}
          countWords={
            overdue > 0 ? words('overdue', { count: overdue }) : words('count', { count: open })
          }
          isLate={overdue > 0}
        />
      )}
      <RemovalsLink />
      {readsReports && (
        <RailLink to="/relatorios/protecao" label={t('nav.reports')} icon={<ChartColumn />} />
      )}
      <span className="flex-1 max-md:hidden" />
      <IconButton
        label={t('nav.commands-button')}
        shortcut={commandKey}
        icon={<Command />}
        tooltipSide="right"
        onClick={() => openShellDialog('commands')}
        className="size-10 max-md:hidden"
      />
      <IconButton
        label={t('nav.help')}
        shortcut="?"
        icon={<Keyboard />}
        tooltipSide="right"
        onClick={() => openShellDialog('keys')}
        className="size-10 max-md:hidden"
      />
      <RailLink to="/ajuda" label={t('nav.help-centre')} icon={<CircleQuestionMark />} />
      <RailLink to="/ajustes" label={t('nav.settings')} icon={<Settings />} />
      <AccountButton />
    </nav>
  );
}

/** What waits for whoever decides; for whoever only asks, what was decided and not read yet. */
function RemovalsLink() {
  const { t } = useTranslation('removals-notice');
  const reviews = useReviewsRemovals();
  const asks = useCanAskRemoval();
  const { waiting = 0, overdue = 0 } = useRemovalCounts(reviews).data ?? {};
  const decided = useUnreadDecisions().size;
  if (!reviews && !asks) return null;
  const words = () => {
    if (!reviews) return t('decided', { count: decided });
    return overdue > 0 ? t('overdue', { count: overdue }) : t('count', { count: waiting });
  };
  return (
    <RailLink
      to="/solicitacoes"
      label={t('nav')}
      icon={<Flag />}
      count={reviews ? waiting : decided}
      countWords={words()}
      isLate={reviews && overdue > 0}
    />
  );
}

function RailLink({
  to,
  label,
  icon,
  count = 0,
  countWords,
  isLate = false,
}: {
  to:
    | '/conversas'
    | '/contatos'
    | '/bloqueios'
    | '/solicitacoes'
    | '/relatorios/protecao'
    | '/ajuda'
    | '/ajustes';
  label: string;
  icon: ReactElement;
  /** What waits there, and the same in words. */
  count?: number;
  countWords?: string;
  /** It has waited too long: the number turns amber. */
  isLate?: boolean;
}) {
  const words = count > 0 ? `${label}, ${countWords}` : label;
  return (
    <Tooltip label={words} side="right">
      <Link
        to={to}
        aria-label={words}
        className={itemClass}
        activeProps={{
          className:
            'bg-pressed text-ink before:absolute before:inset-y-2 before:-left-2 before:w-[3px] before:rounded-full before:bg-accent max-md:before:inset-x-4 max-md:before:inset-y-auto max-md:before:top-0 max-md:before:h-[3px] max-md:before:w-auto',
        }}
      >
        {icon}
        {count > 0 && (
          <span
            aria-hidden="true"
            className={cx(
              'absolute -top-0.5 -right-1 min-w-[18px] rounded-full px-1 text-center text-[0.75rem] leading-[18px] ring-2 ring-rail max-md:top-1 max-md:right-2 font-semibold tabular-nums',
              isLate ? 'bg-amber-tint text-amber' : 'bg-accent text-on-accent',
            )}
          >
            {count > 99 ? '99+' : count}
          </span>
        )}
      </Link>
    </Tooltip>
  );
}
