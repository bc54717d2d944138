import { useMutation } from '@tanstack/react-query';
import { LogOut } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { Card } from '#platform/web/ui/page.tsx';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import { useMe } from '../me.ts';
import { signOut } from '../session.ts';

export function SessionCard() {
  const { t } = useTranslation('accounts');
  const me = useMe();
  const leave = useMutation({ mutationFn: signOut });
  return (
    <Card title={t('profile.session')}>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="min-w-0 break-words text-ink-soft">
          {t('profile.signed-in-as', { email: me.email ?? me.name })}
        </p>
        <Button icon={<LogOut />} isBusy={leave.isPending} onClick={() => leave.mutate()}>
          {t('actions.sign-out')}
        </Button>
      </div>
      <ProblemLine error={leave.error} />
    </Card>
  );
}
