import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import {
  ContactIdentity,
  ContactLinks,
  NameRemovalButton,
  PastConversations,
} from '#features/contacts/web/index.ts';
import { BlockImpact, SafetyZone } from '#features/gate/web/index.ts';
import { ContactMedia } from '#features/media/web/index.ts';
import { useNow } from '#platform/web/now.ts';
import { formatPhone } from '#platform/web/phone.ts';
import type { Conversation } from '../../contract.ts';
import { AssignMenu } from '../assign-menu.tsx';
import { contactTitle } from '../contact-title.ts';
import { useDurationWords } from '../duration-words.ts';
import { useNameRemovalWay } from '../thread/removal-way.ts';
import { useWindowLeft } from '../window-countdown.tsx';
import { ConversationMedia } from './media/conversation-media.tsx';

/** The fourth zone: the person, the state of the work, and at the foot the safety zone. */
export function ContactPanel({
  conversation,
  onGo,
}: {
  conversation: Conversation;
  /** The thread shows a message that was chosen here. */
  onGo: () => void;
}) {
  const { contactId, isBlocked } = conversation;
  const nameWay = useNameRemovalWay();
  return (
    <div className="flex min-h-full flex-col" data-testid="contact-panel">
      <ContactIdentity contactId={contactId} />
      <ContactLinks contactId={contactId} blockImpact={(id) => <BlockImpact contactId={id} />} />
      <Work conversation={conversation} />
      <PastConversations key={contactId} contactId={contactId} exceptId={conversation.id} />
      <ConversationMedia key={conversation.id} conversation={conversation} onGo={onGo} />
      <ContactMedia contactId={contactId} />
      <div className="mt-auto border-t border-hairline px-4 py-4">
        <SafetyZone
          contactId={contactId}
          contactName={contactTitle(conversation)}
          isBlocked={isBlocked}
        />
        <NameRemovalButton contactId={contactId} way={nameWay} />
      </div>
    </div>
  );
}

function Work({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('conversations');
  const durationWords = useDurationWords();
  const now = useNow();
  const left = useWindowLeft(conversation);
  const { channel, status, isBlocked, waitingSince } = conversation;
  return (
    <section aria-label={t('panel.conversation')} className="border-t border-hairline px-4 py-4">
      {!isBlocked && (
        <div className="mb-4">
          <h3 className="mb-1.5 text-preview text-ink-faint">{t('panel.assignee')}</h3>
          <AssignMenu conversation={conversation} isWide />
        </div>
      )}
      <dl className="space-y-2.5 text-body">
        <Fact term={t('panel.status')}>
          {t(status === 'open' ? 'panel.status-open' : 'panel.status-resolved')}
        </Fact>
        {!isBlocked && waitingSince && (
          <Fact term={t('panel.waiting')}>
            {t('panel.waiting-for', { time: durationWords(now - Date.parse(waitingSince)) })}
          </Fact>
        )}
        {!isBlocked && (
          <Fact term={t('panel.window')}>
            {left > 0
              ? t('panel.window-open', { time: durationWords(left) })
              : t('panel.window-closed')}
          </Fact>
        )}
        <Fact term={t('panel.channel')}>
          {channel.name}
          <span className="block text-preview text-ink-faint tabular-nums">
            {formatPhone(channel.displayNumber)}
          </span>
        </Fact>
      </dl>
    </section>
  );
}

const Fact = ({ term, children }: { term: string; children: ReactNode }) => (
  <div className="flex items-baseline justify-between gap-4">
    <dt className="shrink-0 text-preview text-ink-faint">{term}</dt>
    <dd className="min-w-0 text-right break-words">{children}</dd>
  </div>
);
