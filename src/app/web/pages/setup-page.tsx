import { useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { SetupForm } from '#features/accounts/web/index.ts';

/** `/configurar?code=…` */
export function SetupPage() {
  const client = useQueryClient();
  const { history } = useRouter();
  const { code } = useSearch({ strict: false });
  const enter = () => {
    client.clear();
    history.replace('/conversas');
  };
  return <SetupForm code={code ?? ''} signInPath="/entrar" onDone={enter} />;
}
