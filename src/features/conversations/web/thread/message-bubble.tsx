import {
  AudioLines,
  CircleSlash,
  Contact,
  FileText,
  Forward,
  Image,
  MapPin,
  MessageSquareDashed,
  Mic,
  Phone,
  Video,
} from 'lucide-react';
import { memo, type ReactElement, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import { FormattedText } from '#platform/web/formatted-text.tsx';
import { cx } from '#platform/web/ui/class-names.ts';
import type { Message, MessageKind } from '../../contract.ts';
import { canGo } from '../data/can-go.ts';
import { isFresh } from '../data/fresh.ts';
import type { Outgoing } from '../data/outgoing.ts';
import { useAsAskedFor } from '../data/revealed.ts';
import { ContentView } from './content/content-view.tsx';
import { LinkCardView, ReferralCard } from './content/origin-cards.tsx';
import { ProductMark } from './content/product-mark.tsx';
import { Failure } from './failure.tsx';
import { isBare, MediaBody } from './media/media-body.tsx';
import { isMediaMessage } from './media/media-kinds.ts';
import { TemplateBody } from './media/template-body.tsx';
import { type MessageActions, MessageMenu } from './message-menu.tsx';
import { useAuthorText } from './message-words.ts';
import { QuotedMessage } from './quoted.tsx';
import { Reactions } from './reactions.tsx';
import { RefusedText } from './refused-text.tsx';
import { SelectMark } from './selection/select-mark.tsx';
import { StatusTick } from './status-tick.tsx';
import { Unsure } from './unsure.tsx';
import { WithheldView } from './withheld-view.tsx';

export interface MessageBubbleProps {
  message: Message;
  contactName: string;
  myName: string;
  isJoined: boolean;
  isPending: boolean;
  isWaiting: boolean;
  refused: Outgoing | null;
  /** Just jumped to: held for a moment on a tint. */
  isMarked: boolean;
  /** Null while no messages are chosen. */
  selection?: SelectionOfOne | null;
  actions: MessageActions;
  onJump: (id: string) => void;
}

/** Choosing messages, as one message sees it. */
export interface SelectionOfOne {
  isSelected: boolean;
  isFirst: boolean;
  onToggle: (id: string) => void;
}

const bubbleLook = (message: Message): string => {
  const isOurs = message.direction === 'out';
  const shape = 'rounded-bubble text-message break-words [overflow-wrap:anywhere]';
  if (isBare(message)) return cx(shape, 'py-1');
  const corner = isOurs ? 'rounded-tr-small' : 'rounded-tl-small';
  if (message.withheld) return cx(shape, corner, 'border border-hairline bg-sunken px-3 py-1.5');
  return cx(
    shape,
    'px-3 py-2',
    corner,
    message.status === 'failed'
      ? 'border border-dashed border-control-line text-ink-soft'
      : isOurs
        ? 'on-ours bg-bubble-ours'
        : 'bg-bubble-theirs shadow-[0_0_0_1px_var(--hairline)]',
  );
};

export const MessageBubble = memo(function MessageBubble({
  message: told,
  ...given
}: MessageBubbleProps) {
  const message = useAsAskedFor(told);
  const props = { ...given, message };
  const { isJoined, isMarked, isPending, selection } = props;
  const [isArriving] = useState(() => isFresh(message.id));
  const isOurs = message.direction === 'out';
  const isFailed = message.status === 'failed' && !message.withheld;
  const isUnsure = message.status === 'unknown' && !message.withheld;
  return (
    <article
      data-testid="message"
      data-message-id={message.id}
      data-direction={message.direction}
      data-status={message.status}
      className={cx(
        'group/message flex rounded-card transition-colors duration-300',
        isOurs ? 'justify-end' : 'justify-start',
        isJoined ? 'pt-0.5' : 'pt-3',
        isMarked && 'bg-accent-tint',
        isArriving && 'animate-arrive',
      )}
    >
      <div className={cx('relative max-w-[min(560px,84%)]', isOurs ? 'ml-9' : 'mr-9')}>
        <div
          className={cx(bubbleLook(message), selection?.isSelected && 'outline-2 outline-accent')}
          inert={selection !== null && selection !== undefined}
        >
          <BubbleContent {...props} />
          {props.refused && <RefusedText item={props.refused} canEdit={props.actions.canReply} />}
          {isFailed && !props.refused && <Failure message={message} />}
          {isUnsure && <Unsure message={message} />}
        </div>
        <Reactions message={message} canReact={props.actions.canReply} />
        {!isPending && !selection && <MessageMenu message={message} actions={props.actions} />}
        {!isPending && selection && canGo(message) && (
          <SelectMark message={message} {...selection} />
        )}
      </div>
    </article>
  );
});

function BubbleContent({
  message,
  contactName,
  myName,
  isJoined,
  isWaiting,
  onJump,
}: MessageBubbleProps) {
  const { t } = useTranslation('conversations');
  const authorText = useAuthorText();
  const author = message.direction === 'out' && !isJoined ? authorText(message, myName) : null;
  return (
    <>
      <span className="sr-only">
        {message.direction === 'in'
          ? t('message.from', { name: contactName })
          : author === null && t('message.from', { name: t('message.you') })}
      </span>
      {author && (
        <span className="mb-0.5 block text-meta font-medium text-accent-ink">{author}</span>
      )}
      {!message.withheld && (message.isForwarded || message.isFrequentlyForwarded) && (
        <span className="mb-0.5 flex items-center gap-1 text-meta text-ink-faint italic">
          <Forward aria-hidden="true" className="size-3.5" />
          {t(message.isFrequentlyForwarded ? 'message.frequently-forwarded' : 'message.forwarded')}
        </span>
      )}
      {message.replyTo && (
        <QuotedMessage quoted={message.replyTo} contactName={contactName} onJump={onJump} />
      )}
      <Body message={message} meta={<Meta message={message} isWaiting={isWaiting} />} />
    </>
  );
}

const kindIcons: Partial<Record<MessageKind, ReactElement>> = {
  image: <Image />,
  sticker: <Image />,
  video: <Video />,
  audio: <AudioLines />,
  voice: <Mic />,
  document: <FileText />,
  location: <MapPin />,
  contacts: <Contact />,
  call: <Phone />,
};

/** What it is; kinds without a view of their own are one plain line, with whatever text came along below. */
function Body({ message, meta }: { message: Message; meta: ReactNode }) {
  const { t } = useTranslation('conversations');
  if (message.withheld) return <WithheldView message={message} meta={meta} />;
  if (message.revokedAt) {
    return (
      <span className="flex flex-wrap items-center gap-1.5 text-ink-faint italic">
        <CircleSlash aria-hidden="true" className="size-4" />
        {t(message.direction === 'in' ? 'message.revoked' : 'message.revoked-by-us')}
        <span className="ml-auto">{meta}</span>
      </span>
    );
  }
  if (isMediaMessage(message) || message.type === 'text' || message.content || message.template)
    return <FullBody message={message} meta={meta} />;
  return (
    <>
      <span className="flex items-center gap-2 text-body text-ink-soft">
        <span aria-hidden="true" className="inline-flex">
          {kindIcons[message.type] ?? <MessageSquareDashed />}
        </span>
        <span className="min-w-0">
          {t(`kind.${message.type}`)}
          {message.summary && <span className="text-ink-faint"> · {message.summary}</span>}
        </span>
        {!message.text && meta}
      </span>
      {message.text && (
        <span className="mt-1 block">
          <TextWithMeta text={message.text} meta={meta} />
        </span>
      )}
    </>
  );
}

/** What is shown as what it is, with the advertisement before it and the card of its link after it. */
function FullBody({ message, meta }: { message: Message; meta: ReactNode }) {
  const words = message.text ? <TextWithMeta text={message.text} meta={meta} /> : undefined;
  const isFile = isMediaMessage(message);
  const product = message.content?.kind === 'about-product' ? message.content : null;
  return (
    <>
      {message.referral && <ReferralCard referral={message.referral} />}
      {isFile && product && <ProductMark content={product} />}
      {isFile && <MediaBody message={message} meta={meta} />}
      {message.template && <TemplateBody message={message}>{words}</TemplateBody>}
      {message.content && !isFile && (
        <ContentView content={message.content} direction={message.direction} at={message.at}>
          {words ?? <span className="flow-root">{meta}</span>}
        </ContentView>
      )}
      {message.type === 'text' &&
        !message.content &&
        (words ?? <TextWithMeta text="" meta={meta} />)}
      {message.linkCard && <LinkCardView card={message.linkCard} />}
    </>
  );
}

/** Time and ticks float into the last line of the text, and take a line of their own only when there is no room. */
const TextWithMeta = ({ text, meta }: { text: string; meta: ReactNode }) => (
  <span className="flow-root whitespace-pre-wrap" data-testid="message-text">
    <FormattedText text={text} />
    {meta}
  </span>
);

function Meta({ message, isWaiting }: { message: Message; isWaiting: boolean }) {
  const { t } = useTranslation('conversations');
  const format = useFormat();
  return (
    <span className="relative top-1 float-right ml-3 inline-flex h-5 items-center gap-1 text-meta text-ink-faint whitespace-nowrap">
      {message.editedAt && !message.withheld && <span>{t('message.edited')}</span>}
      <time dateTime={message.at} title={format.dateTime(message.at)}>
        {format.time(message.at)}
      </time>
      {message.direction === 'out' && <StatusTick status={message.status} isWaiting={isWaiting} />}
    </span>
  );
}
