import { useSearch } from '@tanstack/react-router';
import { Suspense } from 'react';
import { ResetPasswordForm } from '#features/accounts/web/index.ts';

/** `/redefinir-senha?token=…` */
export function ResetPasswordPage() {
  const { token } = useSearch({ strict: false });
  return (
    <Suspense>
      <ResetPasswordForm token={token ?? ''} signInPath="/entrar" />
    </Suspense>
  );
}
