import { Fragment, type ReactNode } from 'react';
import { useMe } from '#features/accounts/web/index.ts';
import { useFormat } from '#platform/web/format.tsx';
import type { Message } from '../../contract.ts';
import { ViewerHost } from '../thread/media/viewer-host.tsx';
import { MessageBubble } from '../thread/message-bubble.tsx';
import { ActivityLine, DayLine } from '../thread/thread-lines.tsx';
import { threadRows } from '../thread/thread-rows.ts';

const nothing = () => undefined;
const noActions = { canReply: false, onReply: nothing, onForward: nothing };

export interface QuietMessagesProps {
  /** In reading order. */
  messages: readonly Message[];
  contactName: string;
  /** What stands in the place of a message; null leaves it as it is. */
  instead?: (message: Message) => ReactNode;
  /** The day is told elsewhere. */
  isWithoutDays?: boolean;
}

/** A stretch of a conversation to read, as it stands in the thread: nothing is done with a message from here. */
export function QuietMessages({
  messages,
  contactName,
  instead,
  isWithoutDays = false,
}: QuietMessagesProps) {
  const format = useFormat();
  const myName = useMe().name;
  const rows = threadRows({
    messages,
    outgoing: [],
    firstUnreadId: null,
    myName,
    dayKey: format.dayKey,
  });
  return (
    <>
      {rows.map((row) => {
        if (row.kind === 'day') {
          return isWithoutDays ? null : <DayLine key={row.key} at={row.at} />;
        }
        if (row.kind === 'activity') return <ActivityLine key={row.key} message={row.message} />;
        if (row.kind === 'unread') return null;
        const other = instead?.(row.message) ?? null;
        return other !== null ? (
          <Fragment key={row.key}>{other}</Fragment>
        ) : (
          <MessageBubble
            key={row.key}
            message={row.message}
            contactName={contactName}
            myName={myName}
            isJoined={row.isJoined}
            isPending
            isWaiting={false}
            refused={null}
            isMarked={false}
            actions={noActions}
            onJump={nothing}
          />
        );
      })}
      <ViewerHost messages={messages} contactName={contactName} />
    </>
  );
}
