import { ShieldBan } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import { useProblemText } from '#platform/web/i18n/problem-text.ts';
import { formatPhone, personTitle } from '#platform/web/phone.ts';
import { Avatar } from '#platform/web/ui/avatar.tsx';
import { Button } from '#platform/web/ui/button.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { Block } from '../contract.ts';
import { useCanBlock } from './can-block.ts';
import { useOpenUnblockDialog } from './gate-dialogs-provider.tsx';
import { useReviewBlock } from './list/api.ts';

/** The page knows the way to a contact, the gate does not: it is handed in. */
export type ContactLink = (contactId: string, name: string) => ReactNode;

/** Who it is; the name leads to the contact, or opens the block. */
export function ContactCell({ block, link }: { block: Block; link: ContactLink }) {
  const { t } = useTranslation('gate');
  return (
    <div className="flex min-w-0 items-center gap-3">
      <Avatar
        name={block.contactName}
        isDimmed={block.isActive}
        {...(block.isActive && { badge: <ShieldBan /> })}
      />
      <div className="min-w-0">
        <p className="truncate font-medium">
          {link(block.contactId, personTitle(block.contactName, block.contactPhone))}
        </p>
        <p className="truncate text-meta text-ink-soft tabular-nums">
          {block.contactPhone
            ? formatPhone(block.contactPhone)
            : t(block.isContactErased ? 'list.erased-number' : 'list.number-hidden')}
        </p>
      </div>
    </div>
  );
}

/** The name of a row: it opens the drawer, as a press anywhere in the row does. */
export function OpenBlock({ block, onOpen }: { block: Block; onOpen: (block: Block) => void }) {
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      className="max-w-full truncate rounded-small text-left hover:underline"
      onClick={() => onOpen(block)}
    >
      {personTitle(block.contactName, block.contactPhone)}
    </button>
  );
}

/** A note longer than `limit` shows its beginning; the rest on request. */
export function BlockNote({ text, limit }: { text: string; limit: number }) {
  const { t } = useTranslation('gate');
  const [isWhole, setWhole] = useState(false);
  const isLong = text.length > limit;
  return (
    <>
      <span className={isLong && !isWhole ? 'line-clamp-3 break-words' : 'break-words'}>
        {text}
      </span>
      {isLong && (
        <button
          type="button"
          aria-expanded={isWhole}
          className="mt-0.5 rounded-small text-meta text-accent-ink underline underline-offset-2"
          onClick={() => setWhole(!isWhole)}
        >
          {t(isWhole ? 'list.note-less' : 'list.note-more')}
        </button>
      )}
    </>
  );
}

/** The day, and below it the hour. */
export function Moment({ at }: { at: string }) {
  const format = useFormat();
  return (
    <time dateTime={at} className="block">
      {format.date(at)}
      <span className="block text-meta text-ink-soft">{format.time(at)}</span>
    </time>
  );
}

/** When it ends, or when and through whom it ended. */
export function UntilCell({ block }: { block: Block }) {
  const { t } = useTranslation('gate');
  if (block.isActive) {
    return block.expiresAt ? (
      <Moment at={block.expiresAt} />
    ) : (
      <span className="text-ink-soft">{t('list.endless')}</span>
    );
  }
  const end = block.endedAt ?? block.expiresAt;
  return (
    <>
      {end && <Moment at={end} />}
      <span className="block text-meta text-ink-soft">
        {block.liftedBy
          ? t('list.lifted-by', { name: block.liftedBy.name })
          : t('list.ended-by-time')}
      </span>
    </>
  );
}

export function AttemptsCell({ block }: { block: Block }) {
  const { t } = useTranslation('gate');
  const format = useFormat();
  const { total, lastAt } = block.attempts;
  if (total === 0) return <span className="text-ink-soft">{t('list.no-attempts')}</span>;
  return (
    <>
      <span className="font-medium">{format.number(total)}</span>
      {lastAt && (
        <span className="block text-meta text-ink-soft">
          {t('list.last-attempt', { at: format.short(lastAt) })}
        </span>
      )}
    </>
  );
}

/** Looked at, and kept: for administrators, in the tab *A revisar*. */
export function KeepCell({ block }: { block: Block }) {
  const { t } = useTranslation('blocks-desk');
  const canBlock = useCanBlock();
  const review = useReviewBlock();
  const problemText = useProblemText();
  if (!canBlock || !block.isActive) return null;
  const name = personTitle(block.contactName, block.contactPhone);
  return (
    <Button
      size="sm"
      aria-label={t('review.keep-name', { name })}
      isBusy={review.isPending}
      onClick={() =>
        review.mutate(block.contactId, {
          onSuccess: () => showToast(t('review.kept', { name })),
          onError: (error) => showToast(problemText(error).text),
        })
      }
    >
      {t('review.keep')}
    </Button>
  );
}

/** Administrators unblock from here; the button's full name tells a reader whom. */
export function UnblockCell({ block }: { block: Block }) {
  const { t } = useTranslation('gate');
  const canBlock = useCanBlock();
  const openUnblock = useOpenUnblockDialog();
  if (!canBlock || !block.isActive) return null;
  const name = personTitle(block.contactName, block.contactPhone);
  return (
    <Button
      size="sm"
      aria-label={t('list.unblock-name', { name })}
      onClick={() => openUnblock({ id: block.contactId, name, isErased: block.isContactErased })}
    >
      {t('action.unblock-short')}
    </Button>
  );
}
