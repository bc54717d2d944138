import { useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '#platform/web/http.ts';
import { useWords } from '#platform/web/i18n/use-words.ts';
import { ErrorState } from '#platform/web/ui/states.tsx';
import { ConnectForm } from './connect-form.tsx';
import { NumberList } from './number-list.tsx';
import { NumberPage } from './number-page.tsx';
import { loadChannelWords } from './words.ts';

/** *Ajustes → Canais*: the numbers, the form that connects one, the page of each. */
export function ChannelSettings() {
  const { t } = useTranslation('platform');
  const { numero } = useSearch({ strict: false });
  const words = useWords('channels', loadChannelWords);
  if (words.state === 'loading') return null;
  if (words.state === 'failed') {
    const error = new ApiProblem(0, { code: 'network' });
    return <ErrorState title={t('part-failed')} error={error} onRetry={words.again} />;
  }
  if (numero === 'novo') return <ConnectForm />;
  return numero ? <NumberPage key={numero} id={numero} /> : <NumberList />;
}
