import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { TextField } from '#platform/web/ui/field.tsx';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { Contact } from '../contract.ts';
import { useRenameContact } from './api.ts';

export function RenameDialog({
  contact,
  open,
  onOpenChange,
}: {
  contact: Contact;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const { t } = useTranslation('contacts');
  const { t: common } = useTranslation('platform');
  const [name, setName] = useState(contact.givenName ?? '');
  const rename = useRenameContact(contact.id);
  const submit = async () => {
    await rename.mutateAsync(name);
    onOpenChange(false);
    showToast(t('renamed'));
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('rename-title')}
      description={t('rename-description')}
      onSubmit={() => void submit().catch(() => undefined)}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{common('cancel')}</Button>
          <Button type="submit" variant="primary" isBusy={rename.isPending}>
            {t('save')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('name')}
        value={name}
        maxLength={200}
        placeholder={contact.addressBookName ?? contact.profileName ?? ''}
        autoComplete="off"
        onChange={(event) => setName(event.target.value)}
      />
      <div className="mt-2">
        <ProblemLine error={rename.error} />
      </div>
    </Dialog>
  );
}
