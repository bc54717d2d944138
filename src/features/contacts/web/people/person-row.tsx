import { ShieldBan } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import { formatPhone, personTitle } from '#platform/web/phone.ts';
import { Avatar } from '#platform/web/ui/avatar.tsx';
import { Badge } from '#platform/web/ui/badge.tsx';
import { cx } from '#platform/web/ui/class-names.ts';
import type { Contact } from '../../contract.ts';
import type { Selection } from './use-selection.ts';

export interface PeopleRowProps {
  /** The page knows the way to a contact. */
  contactLink: (contact: Contact, className: string, children: ReactNode) => ReactNode;
  /** Null where nothing can be done with several at once. */
  selection: Selection | null;
}

const rowClass =
  'flex h-full min-w-0 flex-1 items-center gap-3 pr-4 -outline-offset-2 focus-visible:-outline-offset-2';

/** Name and number of one contact; the whole row leads to it. */
export function PersonRow({
  contact,
  contactLink,
  selection,
}: PeopleRowProps & { contact: Contact }) {
  const { t } = useTranslation('people');
  const { id, name, phone } = contact;
  const isSelected = selection?.names.has(id) ?? false;
  return (
    <div
      data-testid="person-row"
      className={cx(
        'flex h-16 items-center border-b border-hairline hover:bg-hover',
        isSelected && 'bg-accent-tint',
      )}
    >
      {selection && (
        <label className="flex h-full w-12 shrink-0 cursor-pointer items-center justify-center">
          <span className="sr-only">{t('list.select', { name: personTitle(name, phone) })}</span>
          <input
            type="checkbox"
            className="size-[18px]"
            checked={isSelected}
            disabled={!isSelected && selection.isFull}
            onChange={() => selection.toggle(contact)}
          />
        </label>
      )}
      {contactLink(contact, cx(rowClass, !selection && 'pl-4'), <Person contact={contact} />)}
    </div>
  );
}

function Person({ contact }: { contact: Contact }) {
  const { t } = useTranslation('people');
  const format = useFormat();
  const { name, phone, isBlocked, createdAt } = contact;
  return (
    <>
      <Avatar name={name} isDimmed={isBlocked} {...(isBlocked && { badge: <ShieldBan /> })} />
      <span className="min-w-0 flex-1">
        <span className={cx('block truncate font-medium', isBlocked && 'text-ink-faint')}>
          {personTitle(name, phone)}
        </span>
        {name !== phone && (
          <span className="block truncate text-meta text-ink-soft tabular-nums md:hidden">
            {phone === null ? t('list.number-hidden') : formatPhone(phone)}
          </span>
        )}
      </span>
      {isBlocked && <Badge>{t('list.blocked')}</Badge>}
      <span className="w-44 shrink-0 truncate text-ink-soft tabular-nums max-md:hidden">
        {phone === null ? t('list.number-hidden') : name !== phone && formatPhone(phone)}
      </span>
      <time
        dateTime={createdAt}
        className="w-32 shrink-0 text-right text-meta text-ink-faint tabular-nums max-md:hidden"
      >
        {t('list.since', { at: format.date(createdAt) })}
      </time>
    </>
  );
}
