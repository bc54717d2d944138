import {
  ArrowLeft,
  CheckCheck,
  EllipsisVertical,
  Hand,
  PanelRight,
  RotateCcw,
  Undo2,
  UserRound,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useMe } from '#features/accounts/web/index.ts';
import { NameRemovalItem } from '#features/contacts/web/index.ts';
import { BlockedBadge, BlockMenuItem } from '#features/gate/web/index.ts';
import { altKey } from '#platform/web/key-names.ts';
import { maskPhone } from '#platform/web/phone.ts';
import { Avatar } from '#platform/web/ui/avatar.tsx';
import { Button } from '#platform/web/ui/button.tsx';
import { IconButton } from '#platform/web/ui/icon-button.tsx';
import { Menu, MenuItem, MenuSeparator } from '#platform/web/ui/menu.tsx';
import type { Conversation } from '../contract.ts';
import { AssignMenu } from './assign-menu.tsx';
import { contactTitle } from './contact-title.ts';
import { useConversationAction } from './data/actions.ts';
import { nameOfNumber, useNumbers } from './data/numbers.ts';
import { useNameRemovalWay } from './thread/removal-way.ts';
import { useOnePress } from './use-one-press.ts';
import { WindowCountdown } from './window-countdown.tsx';

export interface ThreadHeaderProps {
  conversation: Conversation;
  isPanelOpen: boolean;
  onTogglePanel: () => void;
  /** One column: the way back to the list. */
  onBack: () => void;
}

/** Who this is, how long free text may be sent, and what can be done with the whole conversation. */
export function ThreadHeader(props: ThreadHeaderProps) {
  const { conversation, onBack, onTogglePanel, isPanelOpen } = props;
  const { t } = useTranslation('conversations');
  return (
    <header className="@container flex h-14 shrink-0 items-center gap-2 border-b border-hairline bg-list pr-2 pl-4 max-lg:pl-1.5">
      <IconButton
        label={t('header.back')}
        icon={<ArrowLeft />}
        onClick={onBack}
        className="lg:hidden"
      />
      <Identity conversation={conversation} onOpen={onTogglePanel} />
      {!conversation.isBlocked && <Work conversation={conversation} />}
      <IconButton
        label={t(isPanelOpen ? 'header.hide-details' : 'header.details')}
        shortcut={altKey('P')}
        icon={<PanelRight />}
        aria-pressed={isPanelOpen}
        onClick={onTogglePanel}
        className="max-md:hidden"
      />
      <More {...props} />
    </header>
  );
}

/** The whole of it can be pressed; only the name is its heading. */
function Identity({ conversation, onOpen }: { conversation: Conversation; onOpen: () => void }) {
  const { contactName: name, contactPhone: phone, isBlocked } = conversation;
  // Masked, where the name is withheld: that is the number too.
  const { numbers } = useNumbers();
  const isNumberOnly = name === phone || /^\+[\d ]+••••-\d{4}$/.test(name);
  return (
    <div className="relative flex min-w-0 flex-1 items-center gap-3 py-1 pr-2">
      <span className="flex max-md:hidden">
        <Avatar name={name} isDimmed={isBlocked} />
      </span>
      <div className="min-w-0">
        <div className="flex items-center gap-2">
          <h2 className="flex min-w-0 text-body font-semibold">
            <button
              type="button"
              onClick={onOpen}
              className="min-w-0 truncate text-left outline-none after:absolute after:inset-0 after:rounded-control focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent"
            >
              {contactTitle(conversation)}
            </button>
          </h2>
          {isBlocked && <BlockedBadge />}
        </div>
        <p className="flex gap-1 truncate text-preview text-ink-faint">
          {phone && !isNumberOnly && (
            <>
              <span className="tabular-nums @max-[640px]:hidden">{maskPhone(phone)}</span>
              <span className="@max-[640px]:hidden">·</span>
            </>
          )}
          <span className="truncate">
            {nameOfNumber(numbers, conversation.channel.id) ?? conversation.channel.name}
          </span>
          {!isBlocked && (
            <>
              <span>·</span>
              <span className="shrink-0">
                <WindowCountdown conversation={conversation} />
              </span>
            </>
          )}
        </p>
      </div>
    </div>
  );
}

function Work({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('conversations');
  const action = useConversationAction(conversation.id);
  const isOpen = conversation.status === 'open';
  const isQueued = isOpen && conversation.assignee === null;
  const turn = isOpen ? 'resolve' : 'reopen';
  const resolving = useConversationAction(conversation.id);
  const press = useOnePress(turn, () => resolving.mutate({ kind: turn }));
  return (
    <div className="flex shrink-0 items-center gap-1.5">
      {isQueued ? (
        <Button
          size="sm"
          icon={<Hand className="size-4" />}
          onClick={() => action.mutate({ kind: 'take' })}
        >
          {t('header.take')}
        </Button>
      ) : (
        <AssignMenu conversation={conversation} />
      )}
      <Button
        size="sm"
        icon={isOpen ? <CheckCheck className="size-4" /> : <RotateCcw className="size-4" />}
        isBusy={resolving.isPending}
        onClick={press}
        className={isQueued ? 'max-md:hidden' : ''}
      >
        {t(`header.${turn}`)}
      </Button>
    </div>
  );
}

function More({ conversation, onTogglePanel }: ThreadHeaderProps) {
  const { t } = useTranslation('conversations');
  const { memberId } = useMe();
  const action = useConversationAction(conversation.id);
  const nameWay = useNameRemovalWay();
  const { assignee, contactId, isBlocked, status } = conversation;
  const isOpen = status === 'open';
  return (
    <Menu trigger={<IconButton label={t('header.more')} icon={<EllipsisVertical />} />}>
      <MenuItem icon={<UserRound />} label={t('header.details')} onSelect={onTogglePanel} />
      {!isBlocked && assignee?.id !== memberId && (
        <MenuItem
          icon={<Hand />}
          label={t('header.take')}
          onSelect={() => action.mutate({ kind: 'take' })}
        />
      )}
      {!isBlocked && assignee && (
        <MenuItem
          icon={<Undo2 />}
          label={t('header.return-to-queue')}
          onSelect={() => action.mutate({ kind: 'assign', assigneeId: null })}
        />
      )}
      {!isBlocked && (
        <MenuItem
          icon={isOpen ? <CheckCheck /> : <RotateCcw />}
          label={t(isOpen ? 'header.resolve' : 'header.reopen')}
          onSelect={() => action.mutate({ kind: isOpen ? 'resolve' : 'reopen' })}
        />
      )}
      <MenuSeparator />
      <NameRemovalItem contactId={contactId} way={nameWay} />
      <BlockMenuItem contact={{ id: contactId, name: contactTitle(conversation), isBlocked }} />
    </Menu>
  );
}
