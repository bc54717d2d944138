import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { MessageSquarePlus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '#platform/web/http.ts';
import { useProblemText } from '#platform/web/i18n/problem-text.ts';
import { formatPhone } from '#platform/web/phone.ts';
import { Avatar } from '#platform/web/ui/avatar.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { ContactCard, ContentOf, Conversation } from '../../../contract.ts';
import { applyConversation, refreshCounts } from '../../data/apply-changes.ts';
import { queryKeys } from '../../data/query-keys.ts';
import { Inset, linkClass, OutLink } from './parts.tsx';

const shownAtFirst = 3;

/** Typed by people in every way there is; what is a number is written as ours are. */
const shownPhone = (phone: string): string => {
  const dialled = phone.replace(/[\s().-]/g, '');
  return /^\+\d{8,15}$/.test(dialled) ? formatPhone(dialled) : phone;
};

/** Address cards, each with its numbers and a way to write to that person. */
export function ContactCards({ content }: { content: ContentOf<'contacts'> }) {
  const { t } = useTranslation('content');
  const [isWhole, setWhole] = useState(false);
  const cards = isWhole ? content.cards : content.cards.slice(0, shownAtFirst);
  const hidden = content.cards.length - cards.length;
  return (
    <Inset>
      <ul className="min-w-56 divide-y divide-hairline">
        {cards.map((card, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: cards never move, and may be equal
          <Card key={at} card={card} />
        ))}
      </ul>
      {hidden > 0 && (
        <button
          type="button"
          onClick={() => setWhole(true)}
          className="min-h-9 w-full border-t border-hairline px-3 text-preview font-medium text-accent-ink hover:bg-hover"
        >
          {t('card.more', { count: hidden })}
        </button>
      )}
    </Inset>
  );
}

/** Written as a day where it is one. */
const shownBirthday = (birthday: string, language: string): string => {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(birthday) ? new Date(`${birthday}T00:00:00Z`) : undefined;
  return day === undefined || Number.isNaN(day.getTime())
    ? birthday
    : day.toLocaleDateString(language, { timeZone: 'UTC' });
};

function Card({ card }: { card: ContactCard }) {
  const { t, i18n } = useTranslation('content');
  const { t: kinds } = useTranslation('kinds');
  const work = [card.jobTitle, card.organisation].filter((part) => part !== null).join(' · ');
  const name = card.name ?? t('card.unnamed');
  const [first] = card.phones;
  return (
    <li className="flex items-start gap-3 p-3">
      <Avatar name={name} />
      <div className="min-w-0 flex-1">
        <p className="text-body font-medium">{name}</p>
        {card.isOwnNumber && <p className="text-meta text-ink-faint">{kinds('card.own-number')}</p>}
        {work && <p className="text-preview text-ink-soft">{work}</p>}
        {card.phones.map(({ phone, label }) => (
          <p key={phone} className="text-preview text-ink-soft tabular-nums">
            {shownPhone(phone)}
            {label && <span className="text-ink-faint"> · {label}</span>}
          </p>
        ))}
        {card.emails.map((email) => (
          <p key={email} className="text-preview text-ink-soft">
            {email}
          </p>
        ))}
        {card.addresses.map((address) => (
          <p key={address} className="text-preview text-ink-soft">
            {address}
          </p>
        ))}
        {card.birthday && (
          <p className="text-preview text-ink-soft">
            {kinds('card.born', { date: shownBirthday(card.birthday, i18n.language) })}
          </p>
        )}
        {card.urls.map((url) => (
          <p key={url} className="truncate">
            <OutLink href={url}>{url.replace(/^https?:\/\/|\/$/g, '')}</OutLink>
          </p>
        ))}
        {first && <StartButton name={card.name} phone={first.whatsAppPhone ?? first.phone} />}
      </div>
    </li>
  );
}

function StartButton({ name, phone }: { name: string | null; phone: string }) {
  const { t } = useTranslation('content');
  const client = useQueryClient();
  const navigate = useNavigate();
  const problemText = useProblemText();
  const start = useMutation({
    mutationFn: () =>
      api.post<Conversation>('/api/v1/conversations', {
        phone: /^\d{8,}$/.test(phone) ? `+${phone}` : phone,
        ...(name && { name: name.slice(0, 200) }),
      }),
    onSuccess: (conversation) => {
      client.setQueryData(queryKeys.one(conversation.id), conversation);
      applyConversation(client, conversation);
      refreshCounts(client);
      void navigate({
        to: '/conversas/$conversationId',
        params: { conversationId: conversation.id },
        search: (before) => before,
      });
    },
    onError: (error) => showToast(problemText(error).text),
  });
  return (
    <button
      type="button"
      disabled={start.isPending}
      onClick={() => start.mutate()}
      className={linkClass}
    >
      <MessageSquarePlus aria-hidden="true" />
      {t('card.start')}
    </button>
  );
}
