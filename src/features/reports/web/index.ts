import { useRight } from '#features/accounts/web/index.ts';
import { lazyPart } from '#platform/web/ui/lazy-part.tsx';

export { type ProtectionSearch, readProtectionSearch } from './protection-search.ts';
export type { reportWords } from './report-words.ts';

/** Sees figures of the whole team: administrators. For drawing: the server asks again. */
export const useReadsReports = (): boolean => useRight('report.read');

/** The page Relatórios → Proteção, fetched when it is opened. */
export const ProtectionScreen = lazyPart(
  () => import('./protection-screen.tsx'),
  (file) => file.ProtectionScreen,
);
