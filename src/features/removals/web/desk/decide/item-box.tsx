import { CircleSlash, Copy, Eye, EyeOff, ShieldCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '#features/conversations/contract.ts';
import { QuietMessages } from '#features/conversations/web/index.ts';
import { useFormat } from '#platform/web/format.tsx';
import { Button } from '#platform/web/ui/button.tsx';
import { cx } from '#platform/web/ui/class-names.ts';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import type { RemovalRequest } from '../../../contract.ts';
import type { Item } from '../links.ts';
import { contactTitle } from '../request-facts.tsx';
import { ItemChoice } from './item-choice.tsx';
import { RevealedMedia } from './revealed-media.tsx';
import type { Decision } from './use-decision.ts';
import { type Reveal, useReveal } from './use-reveal.ts';

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
  const reveal = useReveal(request.id, item.messageId);
  return reveal.message ? (
    <Shown
      message={reveal.message}
      contactName={contactTitle(request.contactName)}
      onHide={reveal.hide}
    />
  ) : (
    <Covered reveal={reveal} />
  );
}

/** Nothing of it is on this computer until *Mostrar* is pressed, and the press says that it is recorded. */
function Covered({ reveal }: { reveal: Reveal }) {
  const { t } = useTranslation('removals-desk');
  return (
    <div className="flex flex-col items-center gap-2 bg-[radial-gradient(120%_140%_at_25%_15%,var(--pressed),transparent_70%)] px-4 py-5 text-center">
      <EyeOff aria-hidden="true" className="text-ink-faint" />
      <p className="font-medium">{t('item.covered')}</p>
      <Button
        size="sm"
        className="bg-raised"
        icon={<Eye className="size-4" />}
        isBusy={reveal.isAsking}
        onClick={reveal.show}
      >
        {t('item.show')}
      </Button>
      <p className="text-meta text-ink-soft">{t('item.recorded')}</p>
      <ProblemLine error={reveal.error} />
    </div>
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
  const { t } = useTranslation('removals-desk');
  // Its file is shown by itself, grey first; nothing of it goes through the thread's own way of showing files.
  const words = { ...message, media: null, withheld: null };
  const hide = (
    <Button size="sm" className="self-start" icon={<EyeOff className="size-4" />} onClick={onHide}>
      {t('item.hide')}
    </Button>
  );
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
  item: Pick<Item, 'state' | 'decidedAt' | 'decidedBy' | 'answer'>;
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
      {item.answer && <p className="break-words whitespace-pre-wrap text-ink">{item.answer}</p>}
    </div>
  );
}
