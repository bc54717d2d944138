import { ChevronDown, Copy, CornerUpLeft, Download, Forward, ListChecks } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { copyText } from '#platform/web/clipboard.ts';
import { cx } from '#platform/web/ui/class-names.ts';
import { Menu, MenuItem, MenuSeparator } from '#platform/web/ui/menu.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { Message } from '../../contract.ts';
import { canBeForwarded } from '../data/can-be-forwarded.ts';
import { canBeAskedFor } from '../data/can-go.ts';
import { canBeReactedTo } from '../data/react.ts';
import { useFileActions } from './media/use-file-actions.ts';
import { ReactionRow } from './reaction-row.tsx';
import { type RemovalWay, useRemovalWay } from './removal-way.ts';

export interface MessageActions {
  onReply: (message: Message) => void;
  onForward: (message: Message) => void;
  canReply: boolean;
  /** Begins to choose messages, with this one. */
  onSelect?: (message: Message) => void;
}

/** The things one does with a message. Its place beside the bubble is always kept. */
export function MessageMenu({ message, actions }: { message: Message; actions: MessageActions }) {
  const { t } = useTranslation('conversations');
  const isOurs = message.direction === 'out';
  const { text } = message;
  const isAlive = !message.revokedAt && !message.withheld;
  // What never left cannot be quoted: the person has not seen it.
  const canReply = actions.canReply && isAlive && message.status !== 'failed';
  const file = useFileActions(message);
  const canForward = isAlive && canBeForwarded(message, file.isHere);
  const copy = async () => {
    await copyText(text ?? '');
    showToast(t('message.copied'), { milliseconds: 2500 });
  };
  const way = useRemovalWay();
  const goes = way !== null && canBeAskedFor(message);
  if (goes && message.withheld) {
    return (
      <BesideBubble isOurs={isOurs}>
        <AskItem message={message} way={way} />
      </BesideBubble>
    );
  }
  if (!isAlive || (!text && !canReply && !canForward && !file.isHere && !goes)) return null;
  return (
    <BesideBubble isOurs={isOurs}>
      <MenuItem
        icon={<CornerUpLeft />}
        label={t('message.reply')}
        disabled={!canReply}
        onSelect={() => actions.onReply(message)}
      />
      <MenuItem
        icon={<Forward />}
        label={t('message.forward')}
        disabled={!canForward}
        onSelect={() => actions.onForward(message)}
      />
      <MenuItem
        icon={<Copy />}
        label={t('message.copy')}
        disabled={!text}
        onSelect={() => void copy()}
      />
      {file.isHere && <MenuItem icon={<Download />} label={file.words} onSelect={file.download} />}
      {actions.canReply && canBeReactedTo(message) && <ReactionRow message={message} />}
      {goes && <GoingItems message={message} way={way} onSelect={actions.onSelect} />}
    </BesideBubble>
  );
}

/** The menu itself, at the outer edge of its bubble. */
function BesideBubble({ isOurs, children }: { isOurs: boolean; children: ReactNode }) {
  const { t } = useTranslation('conversations');
  return (
    <Menu
      align={isOurs ? 'end' : 'start'}
      trigger={
        <button
          type="button"
          aria-label={t('message.menu')}
          className={cx(
            'absolute top-0.5 inline-flex size-7 items-center justify-center rounded-full text-ink-faint opacity-0 transition-opacity duration-100',
            'group-focus-within/message:opacity-100 group-hover/message:opacity-100 hover:bg-hover hover:text-ink focus-visible:opacity-100 data-popup-open:bg-pressed data-popup-open:opacity-100 pointer-coarse:opacity-100',
            isOurs ? '-left-8' : '-right-8',
          )}
        >
          <ChevronDown className="size-4" />
        </button>
      }
    >
      {children}
    </Menu>
  );
}

const AskItem = ({ message, way }: { message: Message; way: RemovalWay }) => (
  <MenuItem icon={way.icon} label={way.label} onSelect={() => way.ask([message])} />
);

/** Rare, so apart from the rest. */
function GoingItems({
  message,
  way,
  onSelect,
}: {
  message: Message;
  way: RemovalWay;
  onSelect: MessageActions['onSelect'];
}) {
  const { t } = useTranslation('withheld');
  return (
    <>
      <MenuSeparator />
      {onSelect && (
        <MenuItem
          icon={<ListChecks />}
          label={t('select.start')}
          onSelect={() => onSelect(message)}
        />
      )}
      <AskItem message={message} way={way} />
    </>
  );
}
