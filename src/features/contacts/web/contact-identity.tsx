import { Copy, PencilLine } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { copyText } from '#platform/web/clipboard.ts';
import { useFormat } from '#platform/web/format.tsx';
import { formatPhone, personTitle } from '#platform/web/phone.ts';
import { Avatar } from '#platform/web/ui/avatar.tsx';
import { IconButton } from '#platform/web/ui/icon-button.tsx';
import { Delayed, Skeleton } from '#platform/web/ui/skeleton.tsx';
import { ErrorState } from '#platform/web/ui/states.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { Contact } from '../contract.ts';
import { useContact } from './api.ts';
import { RenameDialog } from './rename-dialog.tsx';

/** Who the person is: name (with rename), number, what they call themselves. */
export function ContactIdentity({ contactId }: { contactId: string }) {
  const { t } = useTranslation('contacts');
  const { data: contact, error, refetch } = useContact(contactId);
  if (error && !contact) {
    return <ErrorState title={t('failed')} error={error} onRetry={() => void refetch()} />;
  }
  if (!contact) {
    return (
      <div className="flex h-[172px] flex-col items-center gap-3 px-4 pt-6 pb-5">
        <Delayed>
          <Skeleton className="size-16 rounded-full" />
          <Skeleton className="h-4 w-32" />
          <Skeleton className="h-3 w-40" />
        </Delayed>
      </div>
    );
  }
  return <Loaded contact={contact} />;
}

function Loaded({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contacts');
  const [isRenaming, setRenaming] = useState(false);
  const { name, phone } = contact;
  const isNumberOnly = name === phone;
  return (
    <div className="flex flex-col items-center px-4 pt-6 pb-5 text-center">
      <Avatar name={name} size="lg" isDimmed={contact.isBlocked} />
      <div className="mt-3 flex max-w-full items-center gap-1 pl-7">
        <h2 className="min-w-0 text-section font-semibold break-words">
          {personTitle(name, phone)}
        </h2>
        {/* Its room stays: nothing moves when the name is covered. */}
        {contact.nameWithheld === 'covered' ? (
          <span className="size-7" />
        ) : (
          <IconButton
            size="sm"
            label={t('rename')}
            icon={<PencilLine className="size-4" />}
            onClick={() => setRenaming(true)}
          />
        )}
      </div>
      <PhoneLine phone={phone} isShown={!isNumberOnly} />
      <MoreNames contact={contact} />
      {isRenaming && <RenameDialog contact={contact} open onOpenChange={setRenaming} />}
    </div>
  );
}

function PhoneLine({ phone, isShown }: { phone: string | null; isShown: boolean }) {
  const { t } = useTranslation('contacts');
  if (phone === null) return <p className="mt-0.5 text-ink-faint">{t('phone-hidden')}</p>;
  if (!isShown) return null;
  const copy = async () => {
    await copyText(phone);
    showToast(t('phone-copied'), { milliseconds: 2500 });
  };
  return (
    <p className="mt-0.5 flex items-center gap-1 pl-7 text-ink-soft tabular-nums">
      {formatPhone(phone)}
      <IconButton
        size="sm"
        label={t('copy-phone')}
        icon={<Copy className="size-4" />}
        onClick={() => void copy()}
      />
    </p>
  );
}

function MoreNames({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contacts');
  const format = useFormat();
  const { name, addressBookName, profileName, username } = contact;
  return (
    <div className="mt-2 space-y-0.5 text-preview text-ink-faint">
      {contact.nameWithheld && <p>{t(`name-${contact.nameWithheld}`)}</p>}
      {addressBookName && addressBookName !== name && (
        <p>
          {t('address-book-name')}: <span className="text-ink-soft">{addressBookName}</span>
        </p>
      )}
      {profileName && profileName !== name && (
        <p>
          {t('profile-name')}: <span className="text-ink-soft">{profileName}</span>
        </p>
      )}
      {username && name !== `@${username}` && (
        <p>
          {t('username')}: <span className="text-ink-soft">@{username}</span>
        </p>
      )}
      <p>
        {t('since')} <time dateTime={contact.createdAt}>{format.date(contact.createdAt)}</time>
      </p>
    </div>
  );
}
