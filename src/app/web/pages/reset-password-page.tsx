import { useSearch } from '@tanstack/react-router';
import { ResetPasswordForm } from '#features/accounts/web/index.ts';

/** `/redefinir-senha?token=…` */
export function ResetPasswordPage() {
  const { token } = useSearch({ strict: false });
  return <ResetPasswordForm token={token ?? ''} signInPath="/entrar" />;
}
