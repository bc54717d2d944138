import { ChevronDown, Undo2, UserRound } from 'lucide-react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useColleagues, useMe } from '#features/accounts/web/index.ts';
import { cx } from '#platform/web/ui/class-names.ts';
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuSeparator } from '#platform/web/ui/menu.tsx';
import type { Conversation } from '../contract.ts';
import { useConversationAction } from './data/actions.ts';

/** Who answers: oneself, a colleague, or nobody yet. */
export function AssignMenu({
  conversation,
  isWide = false,
}: {
  conversation: Conversation;
  /** The row of the panel instead of the button of the header. */
  isWide?: boolean;
}) {
  const { t } = useTranslation('conversations');
  const { memberId } = useMe();
  const { assignee } = conversation;
  const name =
    assignee === null
      ? t('header.in-queue')
      : assignee.id === memberId
        ? t('header.you')
        : assignee.name;
  const trigger = (
    <button
      type="button"
      aria-label={`${t('header.assign')}: ${name}`}
      className={cx(
        'inline-flex h-8 min-w-0 items-center gap-1.5 rounded-control px-2 text-body text-ink-soft hover:bg-hover hover:text-ink data-popup-open:bg-pressed',
        isWide
          ? 'w-full justify-between border border-control-line px-3'
          : 'max-w-44 max-lg:hidden',
      )}
    >
      {!isWide && <UserRound aria-hidden="true" className="size-4" />}
      <span className="truncate">{name}</span>
      <ChevronDown aria-hidden="true" className="size-4" />
    </button>
  );
  return <Choices conversation={conversation} trigger={trigger} align={isWide ? 'start' : 'end'} />;
}

function Choices({
  conversation,
  trigger,
  align,
}: {
  conversation: Conversation;
  trigger: ReactElement;
  align: 'start' | 'end';
}) {
  const { t } = useTranslation('conversations');
  const { memberId } = useMe();
  const colleagues = useColleagues();
  const action = useConversationAction(conversation.id);
  const options = [...colleagues]
    .sort((one, other) => Number(other.id === memberId) - Number(one.id === memberId))
    .map(({ id, name }) => ({
      value: id,
      label: id === memberId ? t('header.you-name', { name }) : name,
    }));
  return (
    <Menu trigger={trigger} align={align}>
      <MenuLabel>{t('header.assign-to')}</MenuLabel>
      <MenuChoice
        label={t('header.assign-to')}
        value={conversation.assignee?.id ?? ''}
        onChange={(assigneeId) => action.mutate({ kind: 'assign', assigneeId })}
        options={options}
      />
      {conversation.assignee && (
        <>
          <MenuSeparator />
          <MenuItem
            icon={<Undo2 />}
            label={t('header.return-to-queue')}
            onSelect={() => action.mutate({ kind: 'assign', assigneeId: null })}
          />
        </>
      )}
    </Menu>
  );
}
