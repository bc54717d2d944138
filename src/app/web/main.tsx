import '#platform/web/styles/app.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { isLanguage, type Language } from '#platform/web/i18n/languages.ts';
import { startI18n } from '#platform/web/i18n/start-i18n.ts';
import { getPreference } from '#platform/web/preferences.ts';
import { queryClient } from '#platform/web/query-client.ts';
import { router } from './router.tsx';

const loaders = {
  'pt-BR': () => import('./words/pt-br.ts'),
  en: () => import('./words/en.ts'),
  es: () => import('./words/es.ts'),
};

const loadWords = async (language: Language) => (await loaders[language]()).words;

const remembered = getPreference('language');
await startI18n(isLanguage(remembered) ? remembered : 'pt-BR', loadWords);

const root = document.getElementById('root');
if (!root) throw new Error('the page has no #root');
createRoot(root).render(
  <QueryClientProvider client={queryClient}>
    <RouterProvider router={router} />
  </QueryClientProvider>,
);
