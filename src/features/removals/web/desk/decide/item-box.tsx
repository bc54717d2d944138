import { CircleSlash, Copy, ShieldCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '#features/conversations/contract.ts';
import { QuietMessages } from '#features/conversations/web/index.ts';
import { useFormat } from '#platform/web/format.tsx';
import { cx } from '#platform/web/ui/class-names.ts';
import type { RemovalRequest } from '../../../contract.ts';
import { revealItem } from '../api.ts';
import type { Item } from '../links.ts';
import { contactTitle } from '../request-facts.tsx';
import { CoveredBox, HideButton } from './covered-box.tsx';
import { ItemChoice } from './item-choice.tsx';
import { RevealedMedia } from './revealed-media.tsx';
import type { Decision } from './use-decision.ts';
import { useReveal } from './use-reveal.ts';
import { Why } from './why-part.tsx';

interface ItemBoxProps {
  request: RemovalRequest;
  item: Item;
  /** Null for whoever does not decide. */
  decision: Decision | null;
}

/** One message that is asked to go, in its place in the conversation: covered, looked at, decided. */
export function ItemBox({ request, item, decision }: ItemBoxProps) {
  const isOurs = item.direction === 'out';
  return (
    <div className={cx('flex pt-3', isOurs ? 'justify-end' : 'justify-start')}>
      <article
        data-testid="removal-item"
        data-state={item.state}
        aria-label={useItemTitle()(item)}
        className={cx(
          'w-full max-w-[600px] rounded-card border border-control-line bg-raised',
          isOurs ? 'ml-6 max-md:ml-0' : 'mr-6 max-md:mr-0',
        )}
      >
        <ItemHead item={item} />
        {item.state !== 'open' ? (
          <Decided item={item} />
        ) : (
          <>
            <Content request={request} item={item} />
            <Facts item={item} />
            {decision && <ItemChoice request={request} item={item} decision={decision} />}
          </>
        )}
      </article>
    </div>
  );
}

/** "Imagem recebida, 14:02". */
function useItemTitle(): (item: Item) => string {
  const { t } = useTranslation('removals-desk');
  const { t: conversations } = useTranslation('conversations');
  const format = useFormat();
  return ({ type, direction, at }) =>
    `${conversations(`kind.${type}`)} · ${t(`direction.${direction}`)} · ${format.dateTime(at)}`;
}

function ItemHead({ item }: { item: Item }) {
  const title = useItemTitle();
  return (
    <p className="flex items-center gap-2 border-b border-hairline px-3 py-2 text-meta text-ink-soft tabular-nums">
      {title(item)}
    </p>
  );
}

function Content({ request, item }: { request: RemovalRequest; item: Item }) {
  const { t } = useTranslation('removals-desk');
  const reveal = useReveal(() => revealItem(request.id, item.messageId));
  return reveal.shown ? (
    <Shown
      message={reveal.shown}
      contactName={contactTitle(request.contactName)}
      onHide={reveal.hide}
    />
  ) : (
    <CoveredBox
      title={t('item.covered')}
      reveal={reveal}
      className="bg-[radial-gradient(120%_140%_at_25%_15%,var(--pressed),transparent_70%)] py-5"
    />
  );
}

function Shown({
  message,
  contactName,
  onHide,
}: {
  message: Message;
  contactName: string;
  onHide: () => void;
}) {
  // Its file is shown by itself, grey first; nothing of it goes through the thread's own way of showing files.
  const words = { ...message, media: null, withheld: null };
  const hide = <HideButton onHide={onHide} />;
  return (
    <div className="flex flex-col gap-2 px-3 pb-3" data-testid="revealed">
      <QuietMessages messages={[words]} contactName={contactName} isWithoutDays />
      {message.media ? <RevealedMedia message={message} media={message.media} hide={hide} /> : hide}
    </div>
  );
}

const Line = ({ icon, children }: { icon: ReactNode; children: ReactNode }) => (
  <p className="flex items-start gap-2 [&_svg]:mt-0.5 [&_svg]:size-4">
    <span aria-hidden="true" className="inline-flex shrink-0 text-ink-faint">
      {icon}
    </span>
    <span className="min-w-0">{children}</span>
  </p>
);

/** What goes along with it, whoever decides. */
function Facts({ item: { copies } }: { item: Item }) {
  const { t } = useTranslation('removals-desk');
  if (copies === 0) return null;
  return (
    <div className="border-t border-hairline px-3 py-2 text-preview text-ink-soft">
      <Line icon={<Copy />}>{t('item.copies', { count: copies })}</Line>
    </div>
  );
}

/** What became of it, by whom, and the word of whoever decided. */
export function Decided({
  item,
  of = 'item',
}: {
  item: Pick<Item, 'state' | 'decidedAt' | 'decidedBy' | 'decidedFor' | 'answer'>;
  /** A message, or the name of the contact. */
  of?: 'item' | 'name';
}) {
  const { t } = useTranslation('removals-desk');
  const format = useFormat();
  const at = item.decidedAt === null ? '' : format.dateTime(item.decidedAt);
  const isRemoved = item.state === 'removed';
  return (
    <div className="flex flex-col gap-1 px-3 py-2.5 text-preview text-ink-soft">
      <Line icon={isRemoved ? <CircleSlash /> : <ShieldCheck />}>
        <span className="font-medium text-ink">{t(`${of}.${isRemoved ? 'removed' : 'kept'}`)}</span>
        <span className="tabular-nums">
          {' · '}
          {item.decidedBy ? t('item.by', { name: item.decidedBy.name, at }) : at}
        </span>
      </Line>
      <Why item={item} />
      {item.answer && <p className="break-words whitespace-pre-wrap text-ink">{item.answer}</p>}
    </div>
  );
}
