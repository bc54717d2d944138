import { useTranslation } from 'react-i18next';
import { ConfirmDialog, type DialogControl } from '#platform/web/ui/confirm-dialog.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { Member } from '../../contract.ts';
import { useRemoveMember } from '../api.ts';

export function RemovePersonDialog({ member, ...control }: DialogControl & { member: Member }) {
  const { t } = useTranslation('accounts');
  const remove = useRemoveMember();
  const confirm = () => {
    remove.mutate(member.id, {
      onSuccess: () => {
        control.onOpenChange(false);
        showToast(t('people.removed', { name: member.name }));
      },
    });
  };
  return (
    <ConfirmDialog
      {...control}
      title={t('people.remove-title', { name: member.name })}
      body={t('people.remove-body')}
      submit={t('people.remove-submit')}
      isDangerous
      isBusy={remove.isPending}
      error={remove.error}
      onConfirm={confirm}
    />
  );
}
