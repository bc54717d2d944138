import { CircleAlert, ListChecks, MousePointerClick, NotebookPen, Phone } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Content, ContentOf, Message } from '../../../contract.ts';
import { CallLine } from './call-line.tsx';
import { Around, ButtonRows, ListRows } from './choices.tsx';
import { ContactCards } from './contact-cards.tsx';
import { FlowAnswers } from './flow-answers.tsx';
import { LocationCard } from './location-card.tsx';
import { useMissingText } from './missing.ts';
import { OrderTable } from './order-table.tsx';
import { Line, Mark } from './parts.tsx';
import { ProductMark } from './product-mark.tsx';

interface ContentViewProps {
  content: Content;
  direction: Message['direction'];
  at: string;
  /** The text with time and ticks in its last line; these alone where there is no text. */
  children: ReactNode;
}

/** What a message says beside its text, as WhatsApp shows it. */
export function ContentView({ content, direction, at, children }: ContentViewProps) {
  const { t } = useTranslation('content');
  switch (content.kind) {
    case 'location':
      return <Above card={<LocationCard content={content} />}>{children}</Above>;
    case 'contacts':
      return <Above card={<ContactCards content={content} />}>{children}</Above>;
    case 'order':
      return <Above card={<OrderTable content={content} />}>{children}</Above>;
    case 'buttons':
    case 'template':
      return (
        <>
          {content.kind === 'template' && (
            <Mark icon={<NotebookPen />}>{t('template', { name: content.name })}</Mark>
          )}
          <Around header={content.header} footer={content.footer}>
            {children}
          </Around>
          <ButtonRows buttons={content.buttons} />
        </>
      );
    case 'list':
      return (
        <>
          <Around header={content.header} footer={content.footer}>
            {children}
          </Around>
          <ListRows content={content} />
        </>
      );
    case 'button-reply':
      return (
        <Above card={<Mark icon={<MousePointerClick />}>{t('reply.button')}</Mark>}>
          {children}
        </Above>
      );
    case 'list-reply':
      return (
        <>
          <Mark icon={<ListChecks />}>{t('reply.list')}</Mark>
          {children}
          {content.description && (
            <p className="text-preview text-ink-soft">{content.description}</p>
          )}
        </>
      );
    case 'flow-reply':
      return <FlowAnswers content={content}>{children}</FlowAnswers>;
    case 'call-permission':
      return (
        <Line icon={<Phone />} words={t(`reply.permission.${content.answer ?? 'unknown'}`)}>
          {children}
        </Line>
      );
    case 'call':
      return (
        <CallLine content={content} direction={direction} at={at}>
          {children}
        </CallLine>
      );
    case 'about-product':
      return <Above card={<ProductMark content={content} />}>{children}</Above>;
    case 'unsupported':
      return <Unsupported content={content}>{children}</Unsupported>;
  }
}

const Above = ({ card, children }: { card: ReactNode; children: ReactNode }) => (
  <>
    {card}
    {children}
  </>
);

/** Names of WhatsApp's own that tell a person nothing. */
const saysNothing = new Set(['unknown', 'unsupported']);

function Unsupported({
  content,
  children,
}: {
  content: ContentOf<'unsupported'>;
  children: ReactNode;
}) {
  const { t } = useTranslation('content');
  const missing = useMissingText()(content);
  const { reason, type } = content;
  return (
    <div className="text-ink-soft">
      <p className="flex items-start gap-2 text-body">
        <CircleAlert aria-hidden="true" className="mt-0.5 size-4.5 shrink-0" />
        {missing?.what ?? t(`unsupported.${reason ?? 'unknown-type'}`)}
      </p>
      <p className="mt-0.5 text-preview text-ink-faint">
        {missing?.hint ?? t('unsupported.hint')}
        {!missing && type && !saysNothing.has(type) && ` ${t('unsupported.type', { type })}`}
      </p>
      {children}
    </div>
  );
}
