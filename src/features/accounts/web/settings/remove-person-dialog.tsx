import { useTranslation } from 'react-i18next';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { Member } from '../../contract.ts';
import { useRemoveMember } from '../api.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import type { DialogControl } from './use-one-dialog.ts';

export function RemovePersonDialog({ member, ...control }: DialogControl & { member: Member }) {
  const { t } = useTranslation('accounts');
  const remove = useRemoveMember();
  const confirm = () => {
    if (remove.isPending) return;
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
      isBusy={remove.isPending}
      error={remove.error}
      onConfirm={confirm}
    />
  );
}
