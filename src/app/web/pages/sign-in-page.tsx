import { useQueryClient } from '@tanstack/react-query';
import { Navigate, useRouter, useSearch } from '@tanstack/react-router';
import { SignInForm, useSetupState } from '#features/accounts/web/index.ts';

/** Only paths of this house: a link must not lead a person who just signed in elsewhere. */
const pathInside = (path: unknown): string =>
  typeof path === 'string' && /^\/(?![/\\])/.test(path) ? path : '/conversas';

/** `/entrar?next=/conversas/…` */
export function SignInPage() {
  const client = useQueryClient();
  const { history } = useRouter();
  const setup = useSetupState();
  const { next } = useSearch({ strict: false });
  const enter = () => {
    client.clear();
    history.replace(pathInside(next));
  };
  if (setup.data?.needsSetup) return <Navigate to="/configurar" replace />;
  return <SignInForm onSignedIn={enter} />;
}
